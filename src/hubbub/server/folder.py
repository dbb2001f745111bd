"""The data folder: made where there is none, and used by one server at a time."""

import errno
import fcntl
import os
import time
from pathlib import Path
from typing import Final

from hubbub.server.errors import StartError

LOCK_FILE: Final = "hubbub.lock"
"""Holds the number of the process that uses the folder, and is locked by it; the lock ends with the process."""

ASKING_SECONDS: Final = 0.05
"""How long to wait for somebody who only asks whether the folder is used, and holds the lock while he does."""

STAGING: Final = "restoring"
"""Here is what a restore has not finished."""


def lock_folder(folder: Path) -> int:
    """Make the folder where there is none, and keep every other server out of it until this process ends.

    Two servers on one folder would take each other's guests for ghosts. Returns the descriptor that holds the lock.
    Raises `StartError`.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not (_try_lock(descriptor) or _try_again(descriptor)):
            owner = _owner(descriptor)
            os.close(descriptor)
            raise _in_use(folder, owner)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
    except FileExistsError as error:
        raise StartError(
            f"{folder} is a file, not a folder. Choose another place for the data: --data FOLDER"
        ) from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StartError(
                f"The disk of the data folder {folder} is full. Make room on it and start again."
            ) from error
        raise StartError(
            f"The data folder {folder} cannot be written: {error.strerror}. Choose another one: --data FOLDER"
        ) from error
    return descriptor


def require_restored(folder: Path) -> None:
    """Raise `StartError` where a restore was cut off: what is there is not all that there should be."""
    if (folder / STAGING).exists():
        raise StartError(
            f"A restore into {folder} was not finished. Empty the folder and repeat it with hubbub restore, or choose "
            "another one: --data FOLDER"
        )


def require_unused(folder: Path) -> None:
    """Raise `StartError` where a server uses the folder; nothing is made or changed."""
    if owner := find_owner(folder):
        raise _in_use(folder, owner)


def find_owner(folder: Path) -> str:
    """Return the number of the process that uses the folder; empty where none does, or it cannot be known."""
    try:
        descriptor = os.open(folder / LOCK_FILE, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        # A shared lock is refused just as well, and is not in the way of another that only asks.
        return "" if _try_lock(descriptor, fcntl.LOCK_SH) else _owner(descriptor) or "unknown"
    finally:
        os.close(descriptor)


def _owner(descriptor: int) -> str:
    return os.read(descriptor, 32).decode(errors="replace").strip()


def _in_use(folder: Path, owner: str) -> StartError:
    return StartError(
        f"The data folder {folder} is in use by another hubbub (process {owner}). Stop that one, or choose "
        "another folder: --data FOLDER"
    )


def _try_again(descriptor: int) -> bool:
    time.sleep(ASKING_SECONDS)
    return _try_lock(descriptor)


def _try_lock(descriptor: int, kind: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
