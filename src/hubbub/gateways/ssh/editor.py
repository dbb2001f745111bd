"""The editor: one line that is being written, and the row of a terminal that shows it."""

from collections.abc import Callable
from typing import Final, assert_never

from hubbub.gateways.ssh.keystrokes import Key
from hubbub.gateways.ssh.widths import char_width, cut_to_width, text_width

LINE_LIMIT: Final = 4_096
"""Longest line that can be written, in characters: in UTF-8 no more than the 16 KiB of `limits.line_bytes`."""

HISTORY_LIMIT: Final = 100
"""How many lines can be called back. It is a bound of memory: 100 lines of chat are some 10 kB."""

LEAST_CELLS: Final = 8
"""So many cells are left for the line, however narrow the terminal and long the prompt."""

MOST_MARKS: Final = 32
"""How many marks are taken for those of one character: whoever writes thousands has to go through them in steps."""

Complete = Callable[[str, int], tuple[str, int]]
"""Returns a line and the place in it, completed, or both as they were."""

_SECRET_COMMANDS: Final = ("/login", "/register", "/password", "/unregister")
"""What is not called back: a password may stand behind it."""


class LineEditor:
    """What somebody is writing. Every key is pressed here; what it comes to is shown by `draw`."""

    __slots__ = ("_complete", "_cut", "_history", "_line", "_place", "_recalled", "_start", "hidden", "prompt", "width")

    def __init__(self, complete: Complete) -> None:
        self._complete = complete
        self.prompt = ""
        """What stands before the line."""
        self.hidden = False
        """Whether the line is a secret: it is not shown, and not remembered."""
        self.width = 80
        """Cells of a row of the terminal."""
        self._line = ""
        self._place = 0
        """Before which character the cursor stands."""
        self._start = 0
        """Which character is the first that is shown."""
        self._cut = ""
        self._history: list[str] = []
        self._recalled = 0
        """Which line of the history is shown; its length for none of them."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not self._line

    def write(self, text: str) -> None:
        """Put text where the cursor is, as much of it as there is room for."""
        text = text[: LINE_LIMIT - len(self._line)]
        self._replace(self._line[: self._place] + text + self._line[self._place :], self._place + len(text))

    def take(self) -> str:
        """Return the line, which is done, and begin another one."""
        line = self._line
        if line and not self.hidden and not line.startswith(_SECRET_COMMANDS) and line not in self._history[-1:]:
            self._history = [*self._history, line][-HISTORY_LIMIT:]
        self._recalled = len(self._history)
        self._replace("", 0)
        return line

    def press(self, key: Key) -> None:  # noqa: C901 - a table
        """Do what a key does inside a line; one that does nothing there changes nothing."""
        match key:
            case Key.TAB:
                self._finish_word()
            case Key.BACKSPACE:
                self._remove(self._before(), self._place)
            case Key.DELETE | Key.END_OF_INPUT:
                self._remove(self._place, self._behind())
            case Key.LEFT:
                self._place = self._before()
            case Key.RIGHT:
                self._place = self._behind()
            case Key.WORD_LEFT:
                self._place = self._word_before()
            case Key.WORD_RIGHT:
                self._place = self._word_behind()
            case Key.HOME:
                self._place = 0
            case Key.END:
                self._place = len(self._line)
            case Key.UP:
                self._recall(self._recalled - 1)
            case Key.DOWN:
                self._recall(self._recalled + 1)
            case Key.CUT_TO_END:
                self._cut_out(self._place, len(self._line))
            case Key.CUT_TO_START:
                self._cut_out(0, self._place)
            case Key.CUT_WORD:
                self._cut_out(self._word_before(), self._place)
            case Key.PASTE:
                self.write(self._cut)
            case Key.ENTER | Key.INTERRUPT | Key.REDRAW:
                # What ends a line, or shows it again, is up to whoever shows it.
                return
            case _:
                assert_never(key)

    def draw(self) -> tuple[str, int]:
        """Return what the row shows, and by how many cells the cursor is left of its end."""
        prompt = cut_to_width(self.prompt, max(self.width - 1 - LEAST_CELLS, 0))
        if self.hidden:
            return prompt, 0
        cells = max(self.width - 1 - text_width(prompt), 1)
        before = self._shown_before(cells)
        after = cut_to_width(self._line[self._place :], cells - text_width(before))
        return prompt + before + after, text_width(after)

    def _shown_before(self, cells: int) -> str:
        """Return what is shown left of the cursor; when it leaves the row, the line moves on by half of it."""
        if self._place < self._start or text_width(self._line[self._start : self._place]) > cells:
            self._start, left = self._place, cells // 2
            while self._start and (left := left - char_width(self._line[self._start - 1])) >= 0:
                self._start -= 1
        return self._line[self._start : self._place]

    def _replace(self, line: str, place: int) -> None:
        self._line, self._place = line, place
        self._start = min(self._start, place)

    def _before(self) -> int:
        """Return the place before the character left of the cursor, with the marks that stand on it."""
        place = self._place
        for _ in range(MOST_MARKS):
            place = max(place - 1, 0)
            if not place or char_width(self._line[place]):
                break
        return place

    def _behind(self) -> int:
        """Return the place behind the character right of the cursor, with the marks that stand on it."""
        place = self._place + 1
        for _ in range(MOST_MARKS):
            if place >= len(self._line) or char_width(self._line[place]):
                break
            place += 1
        return min(place, len(self._line))

    def _word_before(self) -> int:
        return self._line[: self._place].rstrip(" ").rfind(" ") + 1

    def _word_behind(self) -> int:
        behind = self._line[self._place :]
        end = behind.find(" ", len(behind) - len(behind.lstrip(" ")))
        return len(self._line) if end < 0 else self._place + end

    def _remove(self, start: int, end: int) -> str:
        removed = self._line[start:end]
        self._replace(self._line[:start] + self._line[end:], start)
        return removed

    def _recall(self, place: int) -> None:
        if 0 <= place <= len(self._history) and not self.hidden:
            self._recalled = place
            line = self._history[place] if place < len(self._history) else ""
            self._replace(line, len(line))

    def _cut_out(self, start: int, end: int) -> None:
        self._cut = self._remove(start, end) or self._cut

    def _finish_word(self) -> None:
        if not self.hidden:
            line, place = self._complete(self._line, self._place)
            self._replace(line[:LINE_LIMIT], min(place, LINE_LIMIT))
