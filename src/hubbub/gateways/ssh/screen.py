"""The screen: a terminal whose last row is the line that is being written, and above it what is heard."""

from collections.abc import Iterator
from typing import Final, Protocol

from hubbub.gateways.ssh.editor import LineEditor
from hubbub.gateways.ssh.keystrokes import Key, Keystrokes

LEAST_WIDTH: Final = 5
MOST_WIDTH: Final = 1_000
"""Between which widths of a terminal are believed, in cells; a client may name any."""

DEFAULT_WIDTH: Final = 80
"""What a terminal has whose client names no width."""

MOST_TYPED_BYTES: Final = 64
"""What somebody may have typed that comes at once, on a slow line; more, or with several tabs in it, is pasted."""

LEAVE: Final = b"\x04\n"
"""What a gesture of leaving comes to, Ctrl+C or Ctrl+D in an empty line: no other line can hold that character."""


class Subject(Protocol):
    """What the line is written for."""

    @property
    def prompt(self) -> str:
        """Return what stands before the line."""

    @property
    def hides_input(self) -> bool:
        """Return whether the line is a secret."""

    @property
    def hears_itself(self) -> bool:
        """Return whether a line that is no command is going to be heard, and need not stay where it was written."""

    def complete(self, line: str, place: int) -> tuple[str, int]:
        """Return a line and the place in it, completed, or both as they were."""


class Screen:
    """What is typed comes to lines, and what is to be shown to bytes for the terminal."""

    __slots__ = ("_drawn", "_editor", "_has_escapes", "_is_stale", "_keystrokes", "_subject")

    def __init__(self, subject: Subject, width: int, *, has_escapes: bool) -> None:
        """Show a terminal of that many cells in a row; one without escape sequences is written over with spaces."""
        self._subject = subject
        self._editor = LineEditor(subject.complete)
        self._keystrokes = Keystrokes()
        self._has_escapes = has_escapes
        self._drawn = 0
        """How many characters of the row are in use."""
        self._is_stale = True
        """Whether the row shows something else than it should."""
        self.resize(width)

    @property
    def is_stale(self) -> bool:
        """Whether something is to be shown though nothing is heard."""
        return self._is_stale

    def resize(self, width: int) -> None:
        """Take note that the terminal has another width; 0 where it has not told."""
        self._editor.width = min(max(width, LEAST_WIDTH), MOST_WIDTH) if width else DEFAULT_WIDTH
        self._is_stale = True

    def receive(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Take what was typed; yield each line that is done, and what is to stay of it above the row."""
        keys = self._keystrokes.receive(data)
        is_typed = len(data) <= MOST_TYPED_BYTES and keys.count(Key.TAB) == 1
        for pressed in keys:
            self._look()
            self._is_stale = True
            if isinstance(pressed, str):
                self._editor.write(pressed)
            elif pressed is Key.TAB and not is_typed:
                # It stands in a text that is pasted.
                self._editor.write(" ")
            elif pressed is Key.ENTER:
                yield self._take_line()
            elif pressed is Key.INTERRUPT or (pressed is Key.END_OF_INPUT and self._editor.is_empty):
                yield from self._interrupt()
            elif pressed is Key.REDRAW and self._has_escapes:
                yield b"", b"\x1b[H\x1b[2J"
            else:
                self._editor.press(pressed)

    def interrupt(self) -> Iterator[tuple[bytes, bytes]]:
        """Take note of an interruption that was not typed."""
        self._is_stale = True
        yield from self._interrupt()

    def show(self, heard: bytes) -> bytes:
        """Return what puts this above the row, and the row below it."""
        self._is_stale = False
        self._look()
        text, left = self._editor.draw()
        above = heard.replace(b"\n", b"\r\n") if heard else b""
        row = text.encode() + self._move_left(left)
        erased = self._erase()
        self._drawn = len(text.encode())
        return erased + above + row

    def clear(self) -> bytes:
        """Return what leaves the row empty: the last words come."""
        return self._erase()

    def _look(self) -> None:
        """See what the line is written for at present."""
        self._editor.prompt, self._editor.hidden = self._subject.prompt, self._subject.hides_input

    def _interrupt(self) -> Iterator[tuple[bytes, bytes]]:
        if self._editor.is_empty:
            yield LEAVE, b""
        else:
            self._editor.press(Key.END)
            self._editor.press(Key.CUT_TO_START)

    def _take_line(self) -> tuple[bytes, bytes]:
        hidden, prompt = self._editor.hidden, self._editor.prompt
        line = self._editor.take()
        is_shown = not hidden and line and (line.startswith("/") or not self._subject.hears_itself)
        return line.encode() + b"\n", f"{prompt}{line}\n".encode() if is_shown else b""

    def _erase(self) -> bytes:
        return b"\r\x1b[K" if self._has_escapes else b"\r" + b" " * self._drawn + b"\r"

    def _move_left(self, cells: int) -> bytes:
        if not cells:
            return b""
        return b"\x1b[%dD" % cells if self._has_escapes else b"\b" * cells
