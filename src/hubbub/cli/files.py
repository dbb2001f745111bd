"""Files that are sent from the shell."""

import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hubbub.cli.progress import showing_progress
from hubbub.cli.texts import STDIN
from hubbub.core.files import FileView

if TYPE_CHECKING:
    from hubbub.client import Hub

PIECE_BYTES: Final = 262_144
"""How much of standard input is in memory at a time."""

PIPED: Final = "stdin.txt"
"""What is called that comes through a pipe: most often something that a program has printed."""


def require_files(files: Sequence[str]) -> None:
    """End the process, before anything is sent, where one of the files cannot be read."""
    for file in files:
        try:
            if file != STDIN:
                Path(file).open("rb").close()
        except OSError as error:
            raise click.UsageError(f"{file} cannot be read: {error.strerror}.") from error


async def attach(hub: "Hub", file: str) -> FileView:
    """Send a file, or standard input, with a bar on a terminal. Raises `Refused`."""
    name = PIPED if file == STDIN else Path(file).name
    with showing_progress(name) as progress:
        return await hub.upload(_read_stdin() if file == STDIN else file, name=name, progress=progress)


async def _read_stdin() -> AsyncIterator[bytes]:
    import asyncio

    while piece := await asyncio.to_thread(sys.stdin.buffer.read, PIECE_BYTES):
        yield piece
