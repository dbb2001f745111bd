"""Taking a backup: the database as it is at one moment, then the files that it names."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

import msgspec
import sqlalchemy as sa

from hubbub.server.backups import contents
from hubbub.server.backups.blobs import BlobNames, blob_path, names_in, naming_places
from hubbub.server.backups.checking import Order, TableCheck
from hubbub.server.backups.contents import About, LinesDigest, Manifest, TableTally
from hubbub.server.backups.members import MemberWriter
from hubbub.server.backups.stand_ins import count_stand_ins
from hubbub.server.config import Settings
from hubbub.server.errors import StartError
from hubbub.server.exports import Progress
from hubbub.service.ports import StoreUnusable
from hubbub.stores.moving import Row, find_version, read_counter, read_rows
from hubbub.stores.shapes import FIRST, Shape, shapes_of
from hubbub.stores.sql import DATABASE_FILE
from hubbub.stores.visiting import read_file, read_server

_COUNT_RECORDS = sa.text("SELECT coalesce(sum(seq), 0) FROM rooms")


async def take_backup(settings: Settings, shown_settings: str, file: IO[bytes], progress: Progress) -> Manifest:
    """Write a backup of all that the settings name, while a server may be running. Raises `StartError` and `OSError`.

    `shown_settings` are the settings as a file, without secrets; they go with it for whoever restores.
    """
    folder = Path(settings.data)
    with closing(BlobNames()) as names:
        taking = _Taking(file, folder, names, progress)
        try:
            if settings.database:
                await read_server(settings.database, taking.take_tables)
            else:
                read_file(_require_database(folder), taking.take_tables)
        except StoreUnusable as error:
            raise StartError(str(error)) from error
        # Only now, and without the database: a transaction left open would let its log grow for as long as this takes.
        taking.take_folder(shown_settings)
        taking.take_files()
        return taking.finish()


def _require_database(folder: Path) -> Path:
    path = folder / DATABASE_FILE
    if not path.is_file():
        raise StartError(f"There is no data in {folder}. Start a server once, or name its folder: --data FOLDER")
    return path


class _Taking:
    """A backup that is being written."""

    def __init__(self, file: IO[bytes], folder: Path, names: BlobNames, progress: Progress) -> None:
        self._made = datetime.now(UTC).replace(microsecond=0)
        self._writer = MemberWriter(file, int(self._made.timestamp()))
        self._folder = folder
        self._names = names
        self._progress = progress
        self._manifest = Manifest()

    def take_tables(self, connection: sa.Connection) -> None:
        """Write what the database is, and all its rows."""
        found = find_version(connection)
        shapes = shapes_of(found)
        counters = {shape.name: read_counter(connection, shape) for shape in shapes if shape.counts}
        about = About(contents.FORMAT, version("hubbub"), found, connection.dialect.name, self._made, counters=counters)
        self._writer.write(contents.ABOUT, msgspec.json.format(msgspec.json.encode(about), indent=1) + b"\n")
        records = int(connection.execute(_COUNT_RECORDS).scalar_one())
        order = Order(self._manifest.faults)
        for shape in shapes:
            self._take_table(connection, shape, order, records)

    def _take_table(self, connection: sa.Connection, shape: Shape, order: Order, records: int) -> None:
        tally = self._manifest.tables[shape.name] = TableTally()
        digest, check, places = LinesDigest(tally), TableCheck(shape, order), naming_places(shape)
        for rows, lines in _chunks(read_rows(connection, shape)):
            check.look_at(rows)
            self._names.add(names_in(rows, places))
            digest.add(lines, len(rows))
            self._manifest.stand_ins += count_stand_ins(shape, rows)
            self._writer.write(contents.rows_name(shape.name, tally.members), contents.pack(lines))
            if shape.name != FIRST:
                self._progress(min(tally.rows, records), records)
        check.end()

    def take_folder(self, shown_settings: str) -> None:
        """Write the small things of the data folder."""
        things = {contents.SETTINGS: shown_settings.encode()}
        for name in contents.KEPT_FILES:
            path = self._folder / name
            if path.is_file():
                things[name] = _read(path)
        for name, content in sorted(things.items()):
            self._writer.write(contents.folder_name(name), content)
            self._manifest.folder[name] = hashlib.sha256(content).hexdigest()

    def take_files(self) -> None:
        """Write the files that the rows name, and note those that are not there any more: they were deleted since."""
        tally, total = self._manifest.files, len(self._names)
        for done, name in enumerate(self._names, 1):
            try:
                opened = blob_path(self._folder, name).open("rb")
            except FileNotFoundError:
                tally.missing.append(name)
                continue
            except OSError as error:
                raise StartError(f"{error.filename} cannot be read: {error.strerror}.") from error
            with opened:
                self._take_file(name, opened)
            self._progress(done, total)

    def _take_file(self, name: str, opened: IO[bytes]) -> None:
        tally = self._manifest.files
        size = opened.seek(0, os.SEEK_END)
        opened.seek(0)
        try:
            digest = self._writer.copy(contents.file_name(name), size, opened)
        except EOFError as error:
            raise StartError(
                f"The file {name} became shorter while it was read: something else writes there."
            ) from error
        if digest != name:
            tally.damaged.append(name)
        tally.count += 1
        tally.size_bytes += size

    def finish(self) -> Manifest:
        """Write what has been counted, and the end."""
        manifest = self._manifest
        manifest.size_bytes, manifest.sha256 = self._writer.size, self._writer.sha256
        self._writer.write(contents.MANIFEST, manifest.encode())
        self._writer.end()
        return manifest


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StartError(f"{path} cannot be read: {error.strerror}.") from error


def _chunks(rows: Iterator[Row]) -> Iterator[tuple[list[Row], bytes]]:
    """Yield rows in heaps that are packed in one go, with their lines."""
    heap, lines = list[Row](), bytearray()
    encoder = msgspec.json.Encoder()
    for row in rows:
        line = encoder.encode(row)
        if len(line) > contents.ROW_LIMIT:
            raise StartError(
                f"A row of {len(line)} bytes does not fit into a backup; {contents.ROW_LIMIT} are the most."
            )
        heap.append(row)
        lines += line
        lines += b"\n"
        if len(lines) >= contents.CHUNK_BYTES:
            yield heap, bytes(lines)
            heap, lines = [], bytearray()
    if heap:
        yield heap, bytes(lines)
