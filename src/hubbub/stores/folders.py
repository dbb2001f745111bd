"""Folders of files: what the spool and the blobs of a data folder have in common. Everything here is for a thread."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hubbub.service.blobs import NoSpace
from hubbub.service.ports import StoreUnavailable, StoreUnusable

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
"""Only the user who runs the server reads what people send."""

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Raise `NoSpace` for a full disk, and `StoreUnavailable` for what else a disk may refuse."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoSpace from error
        raise StoreUnavailable(f"the folder of files cannot be used: {error.strerror}") from error


def make_folder(folder: Path) -> None:
    """Make a folder and those above it. Raises `StoreUnusable`."""
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnusable(
            f"The folder {folder} cannot be made: {error.strerror}. Choose another place for the data: --data FOLDER"
        ) from error


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk: a file that was synced may still have lost its own."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def changed_ms(entry: os.DirEntry[str]) -> int | None:
    """Return when a file was last written, in milliseconds since 1970 UTC; None where it is gone."""
    try:
        return entry.stat(follow_symlinks=False).st_mtime_ns // 1_000_000
    except FileNotFoundError:
        return None
