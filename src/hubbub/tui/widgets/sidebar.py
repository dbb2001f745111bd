"""The sidebar: servers, and the rooms and conversations on each, with what is new in them."""

from collections.abc import Hashable, Sequence
from typing import Literal

import msgspec
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from hubbub.tui.flowing import shorten
from hubbub.tui.visible import make_line_visible
from hubbub.tui.widgets.painted import Painted

Health = Literal["online", "coming", "gone"]
"""Whether a server is there, is being reached, or will not be by itself."""


class ServerRow(msgspec.Struct, frozen=True):
    """A server."""

    key: Hashable
    name: str
    health: Health


class PlaceRow(msgspec.Struct, frozen=True):
    """A room or a conversation."""

    key: Hashable
    name: str
    number: int = 0
    """By which it is reached from the keyboard; 0 where it is not."""
    unread: int = 0
    calls: int = 0
    is_muted: bool = False
    is_draft: bool = False
    """Whether something begun stands in it."""
    has_refused: bool = False
    """Whether something stands in it that was not sent."""


Row = ServerRow | PlaceRow

MOST_SHOWN = 99


class Sidebar(Painted):
    """See the module."""

    class Chosen(Message):
        """Somebody wants to go there."""

        def __init__(self, key: Hashable) -> None:
            super().__init__()
            self.key = key

    rows: reactive[Sequence[Row]] = reactive(())
    current: reactive[Hashable] = reactive(None)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as Textual calls it
        super().__init__(id=id)
        self._first = 0
        """Which row is the first that is seen."""

    def watch_rows(self) -> None:
        """See where one is."""
        self._keep_in_sight()

    def watch_current(self) -> None:
        """See where one is."""
        self._keep_in_sight()

    def on_resize(self) -> None:
        """See where one is."""
        self._keep_in_sight()

    def render_line(self, y: int) -> Strip:
        """Return a row."""
        width, place = self.size.width, self._first + y
        if place >= len(self.rows):
            return self.finish(Strip([]))
        row = self.rows[place]
        strip = self._server(row) if isinstance(row, ServerRow) else self._place(row)
        if row.key == self.current and isinstance(row, PlaceRow):
            strip = strip.adjust_cell_length(width).apply_style(self.palette.selected)
        return self.finish(strip)

    def on_click(self, event: events.Click) -> None:
        """Go to what is pointed at."""
        place = self._first + event.y
        if place < len(self.rows):
            self.post_message(self.Chosen(self.rows[place].key))

    def on_mouse_scroll_up(self) -> None:
        """See what is above."""
        self._go_to(self._first - 1)

    def on_mouse_scroll_down(self) -> None:
        """See what is below."""
        self._go_to(self._first + 1)

    def _server(self, row: ServerRow) -> Strip:
        palette = self.palette
        style = {"online": palette.success, "coming": palette.accent, "gone": palette.error}[row.health]
        sign = {"online": "●", "coming": "◌", "gone": "○"}[row.health]
        name = shorten(make_line_visible(row.name), self.size.width - 3)
        return Strip([Segment(f" {sign} ", style), Segment(name, palette.soft + Style(bold=True))])

    def _place(self, row: PlaceRow) -> Strip:
        palette, width = self.palette, self.size.width
        number = f" {row.number or ' '} "
        badge = self._badge(row)
        room = max(width - len(number) - cell_len(badge.text) - 1, 1)
        name = shorten(make_line_visible(row.name), room)
        gap = " " * (room - cell_len(name))
        segments = [Segment(number, palette.faint), Segment(name, self._name_style(row)), Segment(gap), badge]
        return Strip([*segments, Segment(" ")])

    def _name_style(self, row: PlaceRow) -> Style:
        palette = self.palette
        if row.calls:
            return palette.call
        if row.key == self.current:
            return palette.mine
        if row.is_muted:
            return palette.faint
        return palette.mine if row.unread else palette.soft

    def _badge(self, row: PlaceRow) -> Segment:
        palette = self.palette
        if row.calls:
            return Segment(f" {_count(row.calls)} ", palette.called)
        if row.unread and not row.is_muted:
            return Segment(f" {_count(row.unread)} ", palette.chip)
        if row.has_refused:
            return Segment("✗ ", palette.error)
        return Segment("✎ " if row.is_draft else "", palette.faint)

    def _keep_in_sight(self) -> None:
        place = next((place for place, row in enumerate(self.rows) if row.key == self.current), None)
        height = self.size.height
        if place is not None and height:
            self._go_to(min(max(self._first, place - height + 1), place))

    def _go_to(self, first: int) -> None:
        self._first = max(min(first, len(self.rows) - self.size.height), 0)
        self.refresh()


def _count(count: int) -> str:
    return f"{count}" if count <= MOST_SHOWN else f"{MOST_SHOWN}+"
