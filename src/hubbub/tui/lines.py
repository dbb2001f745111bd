"""Lines: what somebody types or a pipe brings, read on a thread, and where lines are written. For `plain`."""

import asyncio
import getpass
import os
import queue
import re
import sys
import termios
import threading
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import Final, Protocol, TextIO

from hubbub.tui.visible import make_visible

MOST_BYTES: Final = 262_144
"""Longest line that is taken from a pipe: sixteen of the longest messages. The rest of a longer one is left out."""

_SIGNS: Final = {"→": "->", "…": "...", "’": "'", "“": '"', "”": '"', "—": "-", "–": "-", "•": "*", "·": "-"}
_ASCII: Final = str.maketrans(_SIGNS)
"""What signs of the sentences are written as where there is no Unicode."""


Wanted = tuple[Callable[[], str | None], "asyncio.Future[str | None]"]
"""How to read a line, and where to put it."""


class Lines(Protocol):
    """Where lines come from."""

    is_typed: bool
    """Whether somebody types them, and sees what he types."""

    async def read(self) -> str | None:
        """Return the next line; None where there are no more."""

    async def read_secret(self, question: str) -> str | None:
        """Return what nobody else is to see."""

    def begun(self) -> str:
        """Return what is typed already of the next line."""


class Reading:
    """Reads one line after the other on a thread of its own, which ends with the process."""

    is_typed = False

    def __init__(self) -> None:
        self._wanted: queue.SimpleQueue[Wanted] = queue.SimpleQueue()
        self._loop = asyncio.get_running_loop()
        self._pending: asyncio.Future[str | None] | None = None
        threading.Thread(target=self._serve, name="reading lines", daemon=True).start()

    async def read(self) -> str | None:
        """Return the next line; None where there are no more. Whoever asks at the same time gets the same line."""
        return await self._ask(self._read)

    async def read_secret(self, question: str) -> str | None:
        """Return what nobody else is to see; what is typed already can be seen all the same."""
        if self._pending is not None:
            sys.stderr.write(f"{question}\n")
        return await self._ask(lambda: self._read_secret(question))

    def begun(self) -> str:
        """Return what is typed already of the next line."""
        return ""

    def close(self) -> None:
        """Leave everything as it was."""

    def _read(self) -> str | None:
        line = sys.stdin.buffer.readline(MOST_BYTES)
        if not line:
            return None
        rest = line
        while not rest.endswith(b"\n") and (rest := sys.stdin.buffer.readline(MOST_BYTES)):
            # The beginning is more than a message may have: it is refused, and the rest of it is not another line.
            pass
        return line.decode(errors="replace").rstrip("\r\n")

    def _read_secret(self, question: str) -> str | None:
        del question
        return self._read()

    async def _ask(self, read: Callable[[], str | None]) -> str | None:
        future = self._pending
        if future is None:
            future = self._pending = self._loop.create_future()
            self._wanted.put((read, future))
        line = await asyncio.shield(future)
        if self._pending is future:
            self._pending = None
        return line

    def _serve(self) -> None:
        while True:
            read, future = self._wanted.get()
            try:
                line = read()
            except (EOFError, OSError):
                line = None
            if self._loop.is_closed():
                return
            self._loop.call_soon_threadsafe(_settle, future, line)


class TypedReading(Reading):
    """What somebody types, with the editing, the history and the completion of readline where the terminal can."""

    is_typed = True

    def __init__(self, complete: Callable[[str], list[str]]) -> None:
        """Complete a word by those that `complete` gives for what is typed of it."""
        super().__init__()
        self._modes = termios.tcgetattr(sys.stdin.fileno())
        self._complete = complete
        self._choices: list[str] = []
        self._readline = _find_readline()
        if self._readline is not None:
            self._readline.set_completer(self._offer)
            self._readline.set_completer_delims(" \t\n")
            self._readline.parse_and_bind("tab: complete")

    def close(self) -> None:
        """Leave the terminal as it was, though somebody may be waited for in the middle of a line."""
        # One that is gone needs to be left in no way.
        with suppress(termios.error):
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, self._modes)

    def remember(self, lines: list[str]) -> None:
        """Have typed these before."""
        if self._readline is not None:
            for line in lines:
                self._readline.add_history(line)

    def begun(self) -> str:
        """Return what is typed already of the next line."""
        return "" if self._readline is None else self._readline.get_line_buffer()

    def _read(self) -> str | None:
        return make_text(input())

    def _read_secret(self, question: str) -> str | None:
        return make_text(getpass.getpass(f"{question} "))

    def _offer(self, begun: str, place: int) -> str | None:
        if place == 0:
            self._choices = self._complete(begun)
        return self._choices[place] if place < len(self._choices) else None


class Writing:
    """Writes lines, without anything that moves a cursor; whatever the terminal cannot show is written in ASCII."""

    def __init__(self, begun: Callable[[], str]) -> None:
        """Write again what `begun` says is typed, below what is written meanwhile."""
        self._begun = begun
        self._is_plain = (sys.stdout.encoding or "ascii").lower().replace("-", "") != "utf8"

    def line(self, text: str) -> None:
        """Write what was said, or an answer."""
        self._write(sys.stdout, text)

    def remark(self, text: str) -> None:
        """Write what the client has to say itself: to standard error, so that a pipe carries only what was said."""
        self._write(sys.stderr, text)

    def _write(self, stream: TextIO, text: str) -> None:
        # A last look at it: what was made visible already stays as it is.
        begun, text = self._begun(), make_visible(text)
        stream.write(f"\n{self._fit(text)}\n{self._fit(begun)}" if begun else f"{self._fit(text)}\n")
        stream.flush()

    def _fit(self, text: str) -> str:
        if not self._is_plain:
            return text
        encoding = sys.stdout.encoding or "ascii"
        return text.translate(_ASCII).encode(encoding, "backslashreplace").decode(encoding)


def make_text(written: str) -> str:
    """Return what the system has taken from somebody as text; of bytes that are none, the sign of that."""
    # It stands in halves of characters, which UTF-8 does not have: PEP 383.
    return re.sub("[\ud800-\udfff]", "\ufffd", written)


def is_terminal() -> bool:
    """Return whether somebody types and reads here."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def is_dumb() -> bool:
    """Return whether the terminal can do nothing but show lines."""
    return os.environ.get("TERM", "dumb") in {"", "dumb", "unknown"}


def _find_readline() -> ModuleType | None:
    if is_dumb():
        return None
    try:
        import readline  # noqa: PLC0415 - it changes what `input` does, and is not there everywhere
    except ImportError:
        return None
    return readline


def _settle(future: "asyncio.Future[str | None]", line: str | None) -> None:
    if not future.done():
        future.set_result(line)
