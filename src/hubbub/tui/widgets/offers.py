"""Offers: a list from which one is chosen, drawn like everything else."""

from collections.abc import Hashable, Sequence

import msgspec
from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from hubbub.tui.flowing import shorten
from hubbub.tui.visible import make_line_visible
from hubbub.tui.widgets.painted import Painted


class Offer(msgspec.Struct, frozen=True):
    """Something that may be chosen."""

    key: Hashable
    label: str
    about: str = ""
    """What stands behind it, fainter."""
    badge: str = ""
    """What stands at the right."""
    is_loud: bool = False


class Offers(Painted):
    """See the module."""

    class Chosen(Message):
        """One was pointed at."""

        def __init__(self, key: Hashable) -> None:
            super().__init__()
            self.key = key

    rows: reactive[Sequence[Offer]] = reactive(())
    chosen: reactive[int] = reactive(0)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as Textual calls it
        super().__init__(id=id)
        self._first = 0

    def watch_rows(self) -> None:
        """Begin at the first one."""
        self.chosen = 0
        self._first = 0
        self.refresh()

    def step(self, by: int) -> None:
        """Choose another one."""
        if self.rows:
            self.chosen = max(0, min(self.chosen + by, len(self.rows) - 1))
            height = max(self.size.height, 1)
            self._first = min(max(self._first, self.chosen - height + 1), self.chosen)
            self.refresh()

    @property
    def chosen_offer(self) -> Offer | None:
        """The one that is chosen."""
        return self.rows[self.chosen] if self.chosen < len(self.rows) else None

    def render_line(self, y: int) -> Strip:
        """Return a row."""
        place = self._first + y
        if place >= len(self.rows):
            return self.finish(Strip([]))
        row, palette = self.rows[place], self.palette
        badge = f" {row.badge} " if row.badge else ""
        room = max(self.size.width - cell_len(badge) - 2, 1)
        label = shorten(make_line_visible(row.label), room)
        about = shorten(make_line_visible(row.about), max(room - cell_len(label) - 2, 0))
        gap = " " * max(room - cell_len(label) - cell_len(about) - 2, 0)
        strip = Strip(
            [
                Segment(f" {label}", palette.call if row.is_loud else palette.ink),
                Segment(f"  {about}{gap}", palette.faint),
                Segment(badge, palette.called if row.is_loud else palette.chip),
            ]
        ).adjust_cell_length(self.size.width)
        return self.finish(strip.apply_style(palette.selected) if place == self.chosen else strip)

    def on_click(self, event: events.Click) -> None:
        """Point at one."""
        place = self._first + event.y
        if place < len(self.rows):
            self.post_message(self.Chosen(self.rows[place].key))

    def on_mouse_scroll_up(self) -> None:
        """See what is above."""
        self.step(-1)

    def on_mouse_scroll_down(self) -> None:
        """See what is below."""
        self.step(1)
