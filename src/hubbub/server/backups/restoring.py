"""Restoring a backup: into an empty place, and all of it or nothing.

Everything is put into a folder of its own inside the data folder, which may be a volume that cannot be replaced itself,
and moved to where it belongs when the backup was read to its end and found whole. A server does not start as long as
that folder is there.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import msgspec
import sqlalchemy as sa

from hubbub.server.backups import contents
from hubbub.server.backups.blobs import blob_path
from hubbub.server.backups.contents import About
from hubbub.server.backups.reading import Backup, read_backup
from hubbub.server.config import Settings
from hubbub.server.errors import StartError
from hubbub.server.exports import Progress
from hubbub.server.folder import LOCK_FILE, STAGING, lock_folder, require_unused
from hubbub.service.ports import StoreUnusable
from hubbub.stores.moving import Row, find_tables, insert_rows, make_tables, set_counters
from hubbub.stores.shapes import Shape
from hubbub.stores.sql import DATABASE_FILE
from hubbub.stores.sqlite_file import FILE_MODE
from hubbub.stores.visiting import write_file, write_server

SETTINGS_THEN: Final = "settings-of-the-backup.toml"
"""What the settings that held are called in a restored folder."""

_HARMLESS: Final = {LOCK_FILE, STAGING, "lost+found"}
"""What may be in a folder that counts as empty: what was left by a restore that was killed, and by the file system."""


class Source(msgspec.Struct, frozen=True):
    """A backup to be read, from its beginning."""

    file: IO[bytes]
    size_bytes: int
    """0 where nobody knows."""
    progress: Progress


def check_backup(source: Source) -> Backup:
    """Read a backup and find out whether it is whole, writing nothing. Raises `BrokenBackup` and `OSError`."""
    return read_backup(source.file, _Looking(), source.size_bytes, source.progress)


async def restore_backup(source: Source, settings: Settings) -> Backup:
    """Put a backup where the settings say, or change nothing. Raises `BrokenBackup`, `StartError` and `OSError`."""
    folder = Path(settings.data)
    with _staging(folder) as staging:
        return await _stage(source, settings.database, staging)


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Give a folder inside an empty one, and bring in what is put there; with an error everything is as it was."""
    is_new = not folder.exists()
    require_unused(folder)
    _require_empty(folder)
    lock = lock_folder(folder)
    staging = folder / STAGING
    try:
        _require_empty(folder)  # somebody may have been faster
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(mode=0o700)
        yield staging
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        (folder / LOCK_FILE).unlink(missing_ok=True)
        if is_new:
            folder.rmdir()
        raise
    else:
        _bring_in(staging, folder)
    finally:
        os.close(lock)


def _require_empty(folder: Path) -> None:
    """Raise `StartError` where there is something that a restore would mix up with what it brings."""
    entries = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set[str]()
    if others := sorted(entries - _HARMLESS):
        raise StartError(
            f"The data folder {folder} is not empty: there is {others[0]}. Move it away, or name another folder: "
            "--data FOLDER"
        )


async def _stage(source: Source, database: str, staging: Path) -> Backup:
    """Fill both. Raises `BrokenBackup`, `StartError` and `OSError`; then what is in the folder is worthless."""

    def fill(connection: sa.Connection) -> Backup:
        if tables := find_tables(connection):
            raise StartError(
                f"The database is not empty: there is a table {tables[0]}. Make another one, or remove what is in it."
            )
        return read_backup(source.file, _Filling(connection, staging), source.size_bytes, source.progress)

    try:
        if database:
            return await write_server(database, fill)
        path = staging / DATABASE_FILE
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE))
        return write_file(path, fill)
    except StoreUnusable as error:
        raise StartError(str(error)) from error
    except sa.exc.DBAPIError as error:
        raise StartError(
            f"The database does not take what is in the backup: {error.orig}. Nothing was restored."
        ) from error


def _bring_in(staging: Path, folder: Path) -> None:
    """Move everything to where it belongs, once it is on the disk; the folder that keeps servers out goes last."""
    # All that is not on the disk yet, of anybody: a million files, each by itself, would take an hour.
    os.sync()
    for path in staging.iterdir():
        path.rename(folder / path.name)
    _sync(folder)
    staging.rmdir()
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _Looking:
    """Takes what is read, and keeps nothing."""

    def begin(self, about: About, shapes: Sequence[Shape]) -> None:
        """Do nothing."""

    def take_rows(self, shape: Shape, rows: Sequence[Row]) -> None:
        """Do nothing."""

    def take_thing(self, name: str, content: bytes) -> None:
        """Do nothing."""

    def open_file(self, name: str) -> IO[bytes]:  # noqa: ARG002 - it goes nowhere, whatever it is called
        """Let it go nowhere."""
        return Path(os.devnull).open("wb")


class _Filling:
    """Puts what is read into a database and a folder, both of them empty."""

    def __init__(self, connection: sa.Connection, staging: Path) -> None:
        self._connection = connection
        self._staging = staging

    def begin(self, about: About, shapes: Sequence[Shape]) -> None:
        """Make the tables as they were."""
        make_tables(self._connection, about.tables)
        set_counters(self._connection, shapes, about.counters)

    def take_rows(self, shape: Shape, rows: Sequence[Row]) -> None:
        """Put rows into a table."""
        insert_rows(self._connection, shape, rows)

    def take_thing(self, name: str, content: bytes) -> None:
        """Write a small thing, which only its owner may read."""
        name = SETTINGS_THEN if name == contents.SETTINGS else name
        with _create(self._staging / name) as file:
            file.write(content)

    def open_file(self, name: str) -> IO[bytes]:
        """Give the file to be written."""
        path = blob_path(self._staging, name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _create(path)


def _create(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE), "wb")
