"""The people of a room: who is in it, and who of them is there."""

from collections.abc import Sequence

import msgspec
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from hubbub.tui.flowing import shorten
from hubbub.tui.visible import make_line_visible
from hubbub.tui.widgets.painted import Painted


class PersonRow(msgspec.Struct, frozen=True):
    """Somebody."""

    name: str
    mark: str = ""
    """What stands for his rank."""
    is_there: bool = True


class People(Painted):
    """See the module."""

    class Chosen(Message):
        """Somebody was pointed at."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    rows: reactive[Sequence[PersonRow]] = reactive(())

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as Textual calls it
        super().__init__(id=id)
        self._first = 0

    def watch_rows(self) -> None:
        """Do not stay below the last one."""
        self._go_to(self._first)

    def render_line(self, y: int) -> Strip:
        """Return a row."""
        width, place = self.size.width, self._first + y
        if place >= len(self.rows):
            return self.finish(Strip([]))
        row, palette = self.rows[place], self.palette
        style = palette.name(row.name) + Style(bold=False) if row.is_there else palette.faint
        name = shorten(make_line_visible(row.name), width - 3)
        return self.finish(Strip([Segment(f" {row.mark or ' '}", palette.accent), Segment(name, style)]))

    def on_click(self, event: events.Click) -> None:
        """Point at somebody."""
        place = self._first + event.y
        if place < len(self.rows):
            self.post_message(self.Chosen(self.rows[place].name))

    def on_mouse_scroll_up(self) -> None:
        """See who is above."""
        self._go_to(self._first - 3)

    def on_mouse_scroll_down(self) -> None:
        """See who is below."""
        self._go_to(self._first + 3)

    def _go_to(self, first: int) -> None:
        self._first = max(min(first, len(self.rows) - self.size.height), 0)
        self.refresh()
