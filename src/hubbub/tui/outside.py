"""What a commander needs of whoever shows it all: lines, or a screen."""

from collections.abc import Sequence
from typing import Protocol

from hubbub.client.attaching import Progress
from hubbub.tui.buffers import Buffer


class Outside(Protocol):
    """What shows it all: lines, or a screen."""

    @property
    def current(self) -> Buffer | None:
        """What is before one; None while there is no server."""

    def turn_to(self, buffer: Buffer) -> None:
        """Have a buffer before one."""

    def tell(self, sentences: Sequence[str], *, is_error: bool = False) -> None:
        """Show what answers a line, where it was written."""

    async def ask_secret(self, question: str) -> str | None:
        """Ask for something that nobody else is to see; None where one would rather not say."""

    def progress(self, label: str) -> Progress:
        """Return what is told how far something is that takes long."""

    def open_link(self, url: str) -> bool:
        """Show what a link leads to; False where that cannot be."""

    def quit(self, reason: str) -> None:
        """End."""


class Unmeant(Exception):  # noqa: N818 - named by what is wrong
    """A command cannot be obeyed; the text says why."""
