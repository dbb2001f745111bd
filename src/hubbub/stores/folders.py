"""Folders of files: what the spool and the blobs of a data folder have in common. Everything here is for a thread."""

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hubbub.service.blobs import NoSpace
from hubbub.service.ports import StoreUnavailable, StoreUnusable

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
"""Only the user who runs the server reads what people send."""

RELEASE_BYTES: Final = 8 * 1_024 * 1_024
"""How much of a file that is deleted is given back at a time."""

RELEASE_SECONDS: Final = 0.005
"""Pause between two of them. All at once, 1 GiB kept a commit waiting for 48 ms where it took 0.3; so, for 3 to 6."""

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


def delete_gently(path: Path) -> None:
    """Delete a file that nobody reads, if it is there, and give what it took back bit by bit."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return
    try:
        path.unlink(missing_ok=True)
        found = os.fstat(descriptor)
        if found.st_nlink:
            # It is a blob by now.
            return
        for size in range(found.st_size - RELEASE_BYTES, 0, -RELEASE_BYTES):
            os.ftruncate(descriptor, size)
            time.sleep(RELEASE_SECONDS)
    finally:
        os.close(descriptor)


def changed_ms(entry: os.DirEntry[str]) -> int | None:
    """Return when a file was last written, in milliseconds since 1970 UTC; None where it is gone."""
    try:
        return entry.stat(follow_symlinks=False).st_mtime_ns // 1_000_000
    except FileNotFoundError:
        return None
