"""The screen: a terminal whose last row is the line that is being written, and above it what is heard."""

from collections.abc import Iterator
from typing import Final, Protocol

from hubbub.gateways.ssh.editor import LineEditor
from hubbub.gateways.ssh.keystrokes import Cursor, Key, Keystrokes
from hubbub.gateways.ssh.widths import text_width

LEAST_WIDTH: Final = 5
MOST_WIDTH: Final = 1_000
"""Between which widths of a terminal are believed, in cells; a client may name any."""

DEFAULT_WIDTH: Final = 80
"""What a terminal has whose client names no width."""

MOST_TYPED_BYTES: Final = 64
"""What somebody may have typed that comes at once, on a slow line; more, or with several tabs in it, is pasted."""

ASK_CURSOR: Final = b"\x1b[6n"
"""Asks a terminal where its cursor is. "Device Status Report" in ctlseqs of xterm."""

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

    __slots__ = (
        "_asked",
        "_drawn",
        "_drawn_cells",
        "_editor",
        "_has_escapes",
        "_is_narrower",
        "_is_stale",
        "_keystrokes",
        "_left_cells",
        "_rows_above",
        "_subject",
    )

    def __init__(self, subject: Subject, width: int, *, has_escapes: bool) -> None:
        """Show a terminal of that many cells in a row; one without escape sequences is written over with spaces."""
        self._subject = subject
        self._editor = LineEditor(subject.complete)
        self._keystrokes = Keystrokes()
        self._has_escapes = has_escapes
        self._drawn = 0
        """How many characters of the row are in use."""
        self._drawn_cells = self._left_cells = 0
        """How many cells of it, and by how many of them the cursor is left of its end."""
        self._is_narrower = False
        """Whether the terminal has become too narrow for what the row shows, and was not asked yet what came of it."""
        self._asked = 0
        """How often it was asked without having answered."""
        self._rows_above = 0
        """How many rows above the cursor's hold what was one row."""
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
        self._is_narrower = self._has_escapes and self._drawn_cells > self._editor.width
        self._is_stale = True

    def receive(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Take what was typed; yield each line that is done, and what is to stay of it above the row."""
        keys = list(self._understand(data))
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
        if self._is_narrower and not heard:
            self._is_narrower = False
            self._asked += 1
            return ASK_CURSOR
        self._look()
        text, left = self._editor.draw()
        above = heard.replace(b"\n", b"\r\n") if heard else b""
        row = text.encode() + self._move_left(left)
        erased = self._erase()
        self._drawn, self._drawn_cells, self._left_cells = len(text.encode()), text_width(text), left
        self._is_narrower = False
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

    def _understand(self, data: bytes) -> Iterator[Key | str]:
        """Yield what was typed, and learn from what the terminal answers meanwhile."""
        for one in self._keystrokes.receive(data):
            if isinstance(one, Cursor):
                self._learn(one)
            else:
                yield one

    def _learn(self, cursor: Cursor) -> None:
        """Take note of what a terminal has made of a row that is longer than its rows are now.

        Some break it into several, as they do with every line; others show its beginning. Where the cursor is now tells
        which. What stands above the row is never taken away where that is not sure.
        """
        if not self._asked:
            # Some send the same for F3.
            return
        self._asked -= 1
        if self._asked:
            return
        width, before = self._editor.width, self._drawn_cells - self._left_cells
        is_broken = cursor.column == before % width + 1 < width
        self._rows_above = before // width if is_broken else 0
        self._is_stale = True

    def _erase(self) -> bytes:
        if not self._has_escapes:
            return b"\r" + b" " * self._drawn + b"\r"
        rows, self._rows_above = self._rows_above, 0
        # What is left of a row that was longer stands below as well.
        rest = b"\x1b[J" if self._drawn_cells > self._editor.width else b"\x1b[K"
        return (b"\x1b[%dA" % rows if rows else b"") + b"\r" + rest

    def _move_left(self, cells: int) -> bytes:
        if not cells:
            return b""
        return b"\x1b[%dD" % cells if self._has_escapes else b"\b" * cells
