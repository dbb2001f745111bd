"""Whole files: what stands under a name is complete, or what stood there before."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

PART: Final = ".part"
"""How a file ends that is not complete."""


@contextmanager
def writing_whole(path: Path) -> Iterator[IO[bytes]]:
    """Write a file beside the one of that name, and put it in its place once all of it is on the disk.

    Whatever is raised meanwhile, it is removed, and under the name nothing has changed. Only its owner may read it.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}{PART}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    _keep_name(path.parent)


def _keep_name(folder: Path) -> None:
    """Let the folder's list be on the disk as well, where the system can do that."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
