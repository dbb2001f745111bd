"""The data folder: made where there is none, and used by one server at a time."""

import errno
import fcntl
import os
from pathlib import Path
from typing import Final

from hubbub.server.errors import StartError

LOCK_FILE: Final = "hubbub.lock"
"""Holds the number of the process that uses the folder, and is locked by it; the lock ends with the process."""


def lock_folder(folder: Path) -> int:
    """Make the folder where there is none, and keep every other server out of it until this process ends.

    Two servers on one folder would take each other's guests for ghosts. Returns the descriptor that holds the lock.
    Raises `StartError`.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not _try_lock(descriptor):
            owner = os.read(descriptor, 32).decode(errors="replace").strip()
            os.close(descriptor)
            raise StartError(
                f"The data folder {folder} is in use by another hubbub (process {owner}). Stop that one, or choose "
                "another folder: --data FOLDER"
            )
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


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
