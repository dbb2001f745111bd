"""Files that people have sent: whether all are there, and are what they were."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
import sqlalchemy as sa

from hubbub.server.backups.blobs import BlobNames, blob_path, names_in, naming_places
from hubbub.server.doctor.findings import Finding, ok, problem
from hubbub.stores.moving import find_version, read_rows
from hubbub.stores.shapes import shapes_of

_RESTORE: Final = (
    "Restore a backup into another folder, and copy from its files/ into this one what is missing or damaged."
)


class Files(msgspec.Struct):
    """What was found of them."""

    count: int = 0
    missing: set[str] = msgspec.field(default_factory=set)
    damaged: set[str] = msgspec.field(default_factory=set)


def add_names(connection: sa.Connection, names: BlobNames) -> None:
    """Add the checksums of all files that a database names. Raises `StoreUnusable` and the driver's errors."""
    for shape in shapes_of(find_version(connection)):
        if places := naming_places(shape):
            names.add(names_in(read_rows(connection, shape), places))


def find_files(folder: Path, names: BlobNames, *, thoroughly: bool) -> Files:
    """Look which of these are in a data folder; with `thoroughly`, read them as well. Raises `OSError`."""
    files = Files()
    for name in names:
        files.count += 1
        path = blob_path(folder, name)
        if not path.is_file():
            files.missing.add(name)
        elif thoroughly and not _is_whole(path, name):
            files.damaged.add(name)
    return files


def judge_files_sent(files: Files, folder: Path, *, thoroughly: bool) -> Iterator[Finding]:
    """Say whether all are there."""
    faulty = [*sorted(files.missing), *sorted(files.damaged)]
    if faulty:
        yield problem(
            "files",
            f"Of {files.count} files that people have sent, {len(files.missing)} are missing and {len(files.damaged)} "
            f"damaged, {blob_path(folder, faulty[0])} among them.",
            _RESTORE,
        )
    elif files.count:
        there = "what they were" if thoroughly else "there"
        yield ok("files", f"Files that people have sent are {there}: {files.count}.")


def _is_whole(path: Path, name: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == name
    except FileNotFoundError:
        return True  # deleted since
    except OSError:
        return False
