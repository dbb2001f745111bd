"""The terminal: written to until its window is closed, and then by nobody; and whatever bytes are typed are a text."""

import codecs
import contextlib
from typing import IO, TYPE_CHECKING

from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App


class Terminal(LinuxDriver):
    """What Textual writes to.

    A thread of Textual's does that. It would end by the first error, and whoever writes then would wait for ever: a
    client whose window is closed would never be done.
    """

    def __init__(
        self,
        app: "App[object]",
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        if self._file is not None:
            self._file = Lasting(self._file)  # type: ignore[assignment]  # as much of a file as is used


def know_bytes() -> None:
    """Take bytes that are no UTF-8 for the sign of that from now on. Textual would end by the first one of them.

    Who has another encoding types them, and so does who pastes what is no text.
    """
    # It is made for one thing there, and nothing public reaches that.
    linux_driver.getincrementaldecoder = _lenient_decoder  # type: ignore[attr-defined,assignment]  # see above


def _lenient_decoder(encoding: str) -> "Callable[[], codecs.IncrementalDecoder]":
    return lambda: codecs.getincrementaldecoder(encoding)("replace")


class Lasting:
    """A file that takes whatever is written to it, also when it leads nowhere any more."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Write something."""
        with contextlib.suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        """Have it written."""
        with contextlib.suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        """Return its descriptor."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Return whether it is a terminal."""
        return self._file.isatty()
