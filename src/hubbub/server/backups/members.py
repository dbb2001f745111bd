"""The file of a backup: a tar archive, written in one way only and read in that way only, from beginning to end.

So it goes through a pipe in constant memory, every `tar` lists and unpacks it, and there is nothing in it to be clever
with: no links, no devices, no paths, no two ways to say the same. A header that is not, byte for byte, the one that we
would have written ends the reading.
"""

import hashlib
import re
import tarfile
from collections.abc import Iterator
from typing import IO, Final, NamedTuple

FOLDER: Final = "hubbub-backup/"
"""Stands before every name, so that whoever unpacks a backup by hand gets one folder."""

BLOCK: Final = tarfile.BLOCKSIZE
"""Bytes to whose multiple everything is filled up. POSIX.1-2017, pax, "ustar Interchange Format"."""

END: Final = bytes(2 * BLOCK)
"""What the archive ends with."""

PIECE_BYTES: Final = 256 * 1_024
"""How much is read and written at a time."""

_NAME: Final = re.compile(re.escape(FOLDER) + r"(?P<name>[a-z0-9_]+([./-][a-z0-9_]+){0,8})")


class BrokenBackup(Exception):  # noqa: N818 - what it is, as `BrokenArchive`
    """A file is no backup, or not a whole one; its message is a sentence."""


class Member(NamedTuple):
    """What stands in the archive under a name."""

    name: str
    size: int
    """Bytes."""


class MemberWriter:
    """Writes an archive into a file that need not be seekable."""

    def __init__(self, file: IO[bytes], time: int) -> None:
        """Write one in which everything is of this time, in seconds since 1970."""
        self._file = file
        self._time = time
        self._digest = hashlib.sha256()
        self.size = 0
        """Bytes written until now."""

    @property
    def sha256(self) -> str:
        """The checksum of all that was written until now."""
        return self._digest.hexdigest()

    def write(self, name: str, content: bytes) -> None:
        """Write a member that is in memory."""
        self._put(_header(Member(name, len(content)), self._time))
        self._put(content)
        self._fill_up(len(content))

    def copy(self, name: str, size: int, source: IO[bytes]) -> str:
        """Write a member of so many bytes from a file, and return its checksum.

        Raises `EOFError` if there are fewer.
        """
        self._put(_header(Member(name, size), self._time))
        digest, left = hashlib.sha256(), size
        while left:
            piece = source.read(min(left, PIECE_BYTES))
            if not piece:
                raise EOFError
            digest.update(piece)
            self._put(piece)
            left -= len(piece)
        self._fill_up(size)
        return digest.hexdigest()

    def end(self) -> None:
        """Write what an archive ends with."""
        self._put(END)

    def _fill_up(self, size: int) -> None:
        self._put(bytes(-size % BLOCK))

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self.size += len(data)


class MemberReader:
    """Reads an archive from a file that need not be seekable. Every method raises `BrokenBackup`, and `OSError`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._time: int | None = None
        self._where = "the beginning"
        self.size = 0
        """Bytes read until now, with the header of the last member."""
        self.sha256_before = ""
        """The checksum of all that stands before the last member."""
        self.size_before = 0

    def next_member(self) -> Member:
        """Read what comes next; the one before has to be read to its end."""
        self.sha256_before, self.size_before = self._digest.hexdigest(), self.size
        header = self._take(BLOCK)
        try:
            info = tarfile.TarInfo.frombuf(header, "ascii", "strict")
        except (tarfile.HeaderError, UnicodeError) as error:
            raise self._broken() from error
        found = _NAME.fullmatch(info.name)
        if found is None or info.size < 0:
            raise self._broken()
        member = Member(found["name"], info.size)
        self._time = int(info.mtime) if self._time is None else self._time
        if header != _header(member, self._time):
            raise self._broken()
        self._where = member.name
        return member

    def read(self, member: Member) -> bytes:
        """Return all of a member that is small enough for it."""
        content = self._take(member.size)
        self._skip_filling(member)
        return content

    def pieces(self, member: Member) -> Iterator[bytes]:
        """Yield a member in pieces."""
        left = member.size
        while left:
            piece = self._take(min(left, PIECE_BYTES))
            left -= len(piece)
            yield piece
        self._skip_filling(member)

    def end(self) -> None:
        """Read what an archive ends with, and that nothing comes behind."""
        self._where = "the end"
        if self._take(len(END)) != END:
            raise self._broken()
        if self._file.read(1):
            raise BrokenBackup("Behind the end of the backup there is something else: this is not the file it was.")

    def _skip_filling(self, member: Member) -> None:
        if any(self._take(-member.size % BLOCK)):
            raise self._broken()

    def _take(self, size: int) -> bytes:
        data = self._file.read(size)
        if len(data) < size:
            if not self.size and not data:
                raise BrokenBackup("The file is empty.")
            raise BrokenBackup(f"The file is cut off: it ends in the middle, at {self._where}.")
        self._digest.update(data)
        self.size += size
        return data

    def _broken(self) -> BrokenBackup:
        if self._where == "the beginning":
            return BrokenBackup("This is no backup of hubbub. hubbub backup makes one.")
        return BrokenBackup(f"The backup is damaged behind {self._where}.")


def _header(member: Member, time: int) -> bytes:
    info = tarfile.TarInfo(FOLDER + member.name)
    info.size, info.mtime, info.mode = member.size, time, 0o600
    # For more than 8 GiB, GNU's way to write a number; otherwise every `tar` ever made reads it.
    return info.tobuf(tarfile.GNU_FORMAT, "ascii", "strict")
