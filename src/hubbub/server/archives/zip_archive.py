"""Zip files from anybody: nothing is unpacked, and nothing that is read is larger than a limit."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final

from hubbub.wire.transfer.broken import BrokenArchive

MOST_FILES: Final = 500_000
"""Files in an archive: a year of days for a thousand channels. Their list is kept in memory."""

FILE_LIMIT: Final = 64 * 1_024 * 1_024
"""Most bytes of a file that is read in one piece, unpacked."""

RATIO_LIMIT: Final = 500
"""How many times its size a file may unpack to: JSON does to 5 to 50 times; what unpacks to 1 000 was made to harm."""

RATIO_FREE: Final = 1_024 * 1_024
"""Files unpacking to less than this many bytes are harmless at any ratio."""

_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)
"""What Python raises for files that are none, or were damaged, or packed in ways that it does not know."""

_ENCRYPTED: Final = 0x1
"""Bit of a file's flags: APPNOTE.TXT section 4.4.4."""


class ZipArchive:
    """A zip file that was opened; its names are as they stand in it."""

    def __init__(self, raw: zipfile.ZipFile, file: str) -> None:
        """Look at its list. Raises `BrokenArchive` for one that no honest program writes."""
        self.file = file
        self._raw = raw
        infos = raw.infolist()
        if len(infos) > MOST_FILES:
            raise BrokenArchive(f"it holds {len(infos)} files, and {MOST_FILES} are the most.", file)
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            self._require_harmless(info)
            if not info.filename.endswith("/"):
                self._infos[info.filename] = info

    @property
    def names(self) -> list[str]:
        """The files in it, in the order of their names."""
        return sorted(self._infos)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def read(self, name: str) -> bytes:
        """Return a whole file. Raises `BrokenArchive`."""
        info = self._infos[name]
        if info.file_size > FILE_LIMIT:
            raise BrokenArchive(f"it has {info.file_size} bytes, and {FILE_LIMIT} are the most.", self.label(name))
        with self._reading(name) as opened:
            return opened.read(FILE_LIMIT)

    def lines(self, name: str, limit: int) -> Iterator[bytes]:
        """Yield the lines of a file of any length, each of `limit` bytes at most, or cut off behind that."""
        with self._reading(name) as opened, io.BufferedReader(_Raw(opened)) as buffered:
            while line := buffered.readline(limit + 1):
                yield line

    def size_of(self, name: str) -> int:
        """Return how many bytes a file has, unpacked."""
        return self._infos[name].file_size

    def label(self, name: str) -> str:
        """Return what a file in the archive is called in a sentence."""
        return f"{self.file}: {name}"

    @contextmanager
    def _reading(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._raw.open(self._infos[name]) as opened:
                yield opened
        except _UNREADABLE as error:
            raise BrokenArchive(f"it cannot be unpacked: {error}.", self.label(name)) from error

    def _require_harmless(self, info: zipfile.ZipInfo) -> None:
        name = self.label(info.filename)
        if info.filename.startswith("/") or ".." in info.filename.split("/") or "\\" in info.orig_filename:
            raise BrokenArchive("that name would lead out of the archive; no honest program writes it.", name)
        if info.flag_bits & _ENCRYPTED:
            raise BrokenArchive("it is encrypted. Unpack it, and pack it without a password.", name)
        if info.file_size > RATIO_FREE and info.file_size > RATIO_LIMIT * info.compress_size:
            raise BrokenArchive(
                f"{info.compress_size} bytes would unpack to {info.file_size}; that was made to fill disks.", name
            )


class _Raw(io.RawIOBase):
    """What `BufferedReader` needs of a file in a zip file: its own `readline` is ten times slower."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._opened = opened

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # narrower: what BufferedReader gives
        data = self._opened.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def open_zip(path: str) -> Iterator[ZipArchive]:
    """Open a zip file. Raises `BrokenArchive`, and `OSError` where there is none."""
    try:
        raw = zipfile.ZipFile(path)
    except _UNREADABLE as error:
        if isinstance(error, OSError):
            raise
        raise BrokenArchive(f"that is no zip file that can be read: {error}.", path) from error
    with raw:
        yield ZipArchive(raw, path)
