"""Reading a backup from its beginning to its end, and finding out on the way whether it is whole."""

import hashlib
import re
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import IO, Final, Protocol

import msgspec

from hubbub.server.backups import contents
from hubbub.server.backups.blobs import BlobNames, names_in, naming_places
from hubbub.server.backups.checking import Order, TableCheck
from hubbub.server.backups.contents import About, LinesDigest, Manifest, TableTally
from hubbub.server.backups.differing import explain
from hubbub.server.backups.members import BrokenBackup, Member, MemberReader
from hubbub.server.backups.stand_ins import count_stand_ins
from hubbub.server.exports import Progress
from hubbub.service.ports import StoreUnusable
from hubbub.stores.moving import Row
from hubbub.stores.shapes import Shape, shapes_of

_FILE: Final = re.compile(r"files/(?P<name>[0-9a-f]{64})")


class Taker(Protocol):
    """What takes what is read; nothing of it may be used before the reading has come to its end."""

    def begin(self, about: About, shapes: Sequence[Shape]) -> None:
        """Be told what comes."""

    def take_rows(self, shape: Shape, rows: Sequence[Row]) -> None:
        """Take some rows of a table."""

    def take_thing(self, name: str, content: bytes) -> None:
        """Take a small thing of the data folder."""

    def open_file(self, name: str) -> IO[bytes]:
        """Return what a file is to be written into; it is closed when it is complete."""


class Backup(msgspec.Struct, frozen=True):
    """A backup that was read to its end, and is whole."""

    about: About
    manifest: Manifest


def read_backup(file: IO[bytes], taker: Taker, size_bytes: int, progress: Progress) -> Backup:
    """Read a backup, and hand out what is in it. Raises `BrokenBackup`, and `OSError`.

    `size_bytes` is how long the file should be, for the progress alone; 0 where nobody knows.
    """
    with closing(BlobNames()) as names:
        return _Reading(file, taker, names, lambda done: progress(min(done, size_bytes), size_bytes)).run()


class _Reading:
    """A backup that is being read: each method begins where a member's header was read, and reads the next one."""

    def __init__(self, file: IO[bytes], taker: Taker, names: BlobNames, progress: Callable[[int], None]) -> None:
        self._reader = MemberReader(file)
        self._taker = taker
        self._names = names
        self._progress = progress
        self._manifest = Manifest()
        self._member = Member("", 0)

    def run(self) -> Backup:
        self._go_on()
        about = self._read_about()
        shapes = _shapes(about)
        self._taker.begin(about, shapes)
        order = Order(self._manifest.faults)
        for shape in shapes:
            self._read_table(shape, order)
        self._read_folder()
        self._read_files()
        self._read_manifest()
        return Backup(about, self._manifest)

    def _go_on(self) -> None:
        self._member = self._reader.next_member()
        self._progress(self._reader.size)

    def _read_small(self, limit: int = contents.SMALL_LIMIT) -> bytes:
        if self._member.size > limit:
            raise BrokenBackup(
                f"{self._member.name} in the backup has {self._member.size} bytes; that was made to harm."
            )
        return self._reader.read(self._member)

    def _read_about(self) -> About:
        if self._member.name != contents.ABOUT:
            raise BrokenBackup("This is no backup of hubbub. hubbub backup makes one.")
        content = self._read_small()
        try:
            number = msgspec.json.decode(content, type=_Format).hubbub_backup
            if number > contents.FORMAT:
                raise BrokenBackup(
                    "The backup was made by a newer hubbub, in a way that this one does not know. Use that one."
                )
            about = msgspec.json.decode(content, type=About)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise BrokenBackup(f"{contents.ABOUT} in the backup makes no sense: {error}.") from error
        self._go_on()
        return about

    def _read_table(self, shape: Shape, order: Order) -> None:
        tally = self._manifest.tables[shape.name] = TableTally()
        digest, check, places = LinesDigest(tally), TableCheck(shape, order), naming_places(shape)
        while self._member.name == contents.rows_name(shape.name, tally.members + 1):
            try:
                lines = contents.unpack(self._read_small(contents.CHUNK_LIMIT))
                rows = check.read(lines)
                self._names.add(names_in(rows, places))
            except ValueError as error:
                raise BrokenBackup(f"{self._member.name} in the backup {error}.") from error
            digest.add(lines, len(rows))
            self._manifest.stand_ins += count_stand_ins(shape, rows)
            self._taker.take_rows(shape, rows)
            self._go_on()
        check.end()

    def _read_folder(self) -> None:
        for name in sorted((contents.SETTINGS, *contents.KEPT_FILES)):
            if self._member.name == contents.folder_name(name):
                content = self._read_small()
                self._manifest.folder[name] = hashlib.sha256(content).hexdigest()
                self._taker.take_thing(name, content)
                self._go_on()

    def _read_files(self) -> None:
        tally = self._manifest.files
        while found := _FILE.fullmatch(self._member.name):
            name = found["name"]
            if not self._names.take(bytes.fromhex(name)):
                raise BrokenBackup(f"The file {name} in the backup belongs to nothing, or is there twice.")
            digest = hashlib.sha256()
            with self._taker.open_file(name) as taken:
                for piece in self._reader.pieces(self._member):
                    digest.update(piece)
                    taken.write(piece)
                    self._progress(self._reader.size)
            if digest.hexdigest() != name:
                # The manifest says whether it was so before.
                tally.damaged.append(name)
            tally.count += 1
            tally.size_bytes += self._member.size
            self._go_on()
        tally.missing.extend(self._names)

    def _read_manifest(self) -> None:
        if self._member.name != contents.MANIFEST:
            raise BrokenBackup(f"{self._member.name} is where it should not be in a backup of this version.")
        manifest = self._manifest
        manifest.size_bytes, manifest.sha256 = self._reader.size_before, self._reader.sha256_before
        # It names every file that is missing, and that may be all of them.
        written = self._read_small(contents.CHUNK_LIMIT)
        self._reader.end()
        if written != manifest.encode():
            raise BrokenBackup(explain(written, manifest))
        self._progress(self._reader.size)


class _Format(msgspec.Struct):
    """What every backup says, of whatever format."""

    hubbub_backup: int


def _shapes(about: About) -> tuple[Shape, ...]:
    try:
        return shapes_of(about.tables)
    except StoreUnusable as error:
        raise BrokenBackup(
            f"The backup was made by a newer hubbub ({about.hubbub}, tables of version {about.tables}). "
            "Use that one, or a newer one still."
        ) from error
