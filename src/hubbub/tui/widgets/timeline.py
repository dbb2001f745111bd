"""The timeline: what was said in a room. It draws what is seen and keeps no heights: its length costs nothing."""

from collections.abc import Hashable
from typing import ClassVar, Final, NamedTuple

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from hubbub.tui.shown import Shown, ShownFile
from hubbub.tui.widgets.bindings import bindings_for
from hubbub.tui.widgets.blocks import Sheet, draw
from hubbub.tui.widgets.columns import columns_for
from hubbub.tui.widgets.drawer import Drawer, Pictures, Source, Spot
from hubbub.tui.widgets.painted import Painted
from hubbub.tui.widgets.painting import canvas_for

WHEEL_LINES: Final = 3
"""How far a turn of the wheel goes."""


class _Line(NamedTuple):
    place: int
    strip: Strip


class _Top(NamedTuple):
    """A line of a message, wherever that stands by now."""

    key: Hashable
    line: int


class Timeline(Painted, can_focus=True):
    """See the module.

    It stands at the end until somebody goes up; then at one message, whatever comes before and behind it, and
    however wide it becomes.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("choosing", scope="screen.")

    class Touched(Message):
        """One message was pointed at."""

        def __init__(self, key: Hashable) -> None:
            super().__init__()
            self.key = key

    class WantsOlder(Message):
        """The oldest message that is known is seen."""

    class WantsPictures(Message):
        """There is room for pictures that are not there yet."""

        def __init__(self, files: list[ShownFile]) -> None:
            super().__init__()
            self.files = files

    class Moved(Message):
        """Other lines are seen than before."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as Textual calls it
        super().__init__(id=id)
        self._drawer: Drawer | None = None
        self._top: _Top | None = None
        """The first line that is seen; None at the end."""
        self._my_name = ""
        self._seen: list[_Line] | None = None
        self._hint: list[Strip] = []
        self._last_seen: Hashable = None
        """The last message when one was at the end; None while there was none."""

    # What others see and set.

    def show(self, source: Source, my_name: str, *, top: tuple[Hashable, int] | None = None) -> None:
        """Show something else, from a line on where somebody has left it; else the end."""
        self._my_name = my_name
        self.drawer.show(source)
        self._top = None if top is None else _Top(*top)
        self._note_end()
        self.update()

    def illustrate(self, pictures: Pictures | None) -> None:
        """Draw pictures from now on, where there is room and there are the colours; or none."""
        self.drawer.pictures = pictures
        self.update()

    def update(self) -> None:
        """Take note that the source has changed."""
        if self._top is None:
            self._note_end()
        self._seen = None
        self.refresh()

    @property
    def _sheet(self) -> Sheet:
        ground = None if self.app.no_color else self.visual_style.rich_style.bgcolor
        canvas = canvas_for(self.screen.size.height, ground)
        return Sheet(columns_for(self.size.width - 1), self.palette, self._my_name, canvas)

    @property
    def drawer(self) -> Drawer:
        """What draws."""
        if self._drawer is None:
            self._drawer = Drawer(self._sheet)
        return self._drawer

    @property
    def _source(self) -> Source:
        return self.drawer.source

    def _note_end(self) -> None:
        source = self._source
        self._last_seen = source.key(len(source) - 1) if len(source) else None

    @property
    def top(self) -> tuple[Hashable, int] | None:
        """The first line that is seen, to come back to; None at the end."""
        return self._top

    @property
    def is_at_end(self) -> bool:
        """Whether what comes is seen at once."""
        return self._top is None

    @property
    def selected(self) -> Hashable | None:
        """Which message is chosen."""
        return self.drawer.selected

    def repaint(self) -> None:
        """Take the colours of another theme."""
        super().repaint()
        self.update()

    def select(self, key: Hashable | None) -> None:
        """Choose a message, and see it; or none."""
        self.drawer.selected = key
        if key is not None:
            self._reveal(self._source.find(key))
        self.update()

    def select_by(self, step: int) -> None:
        """Choose the message before or behind the chosen one; the last one that is seen if there is none."""
        lines = self._visible()
        if not lines:
            return
        source, selected = self._source, self.selected
        place = lines[-1].place if selected is None else source.find(selected) + step
        while 0 <= place < len(source) and not source.shown(place).is_choosable:
            place += step or -1
        if 0 <= place < len(source):
            self.select(source.key(place))

    def scroll_by(self, lines: int) -> None:
        """Go so many lines down, or up where it is negative."""
        visible = self._visible()
        if not visible:
            return
        first = self._first_spot(visible)
        self._stand_at(self.drawer.down(first, lines) if lines > 0 else self.drawer.up(first, -lines))
        self._visible()
        self.post_message(self.Moved())

    def scroll_to_end(self) -> None:
        """See the end, and stay there."""
        self._top = None
        self.update()
        self.post_message(self.Moved())

    def scroll_to(self, key: Hashable) -> None:  # type: ignore[override]  # lines are not what this is measured in
        """See a message in the middle."""
        self._visible()
        place = self._source.find(key)
        self._stand_at(self.drawer.up(Spot(place, 0), self.size.height // 2))
        self.post_message(self.Moved())

    def _stand_at(self, spot: Spot) -> None:
        self._top = _Top(self._source.key(spot.place), spot.line)
        self.update()

    # Drawing.

    def render_line(self, y: int) -> Strip:
        """Return a line."""
        lines = self._visible()
        offset = y - max(self._drawn_size.height - len(lines), 0)
        if offset < 0:
            return self._empty_line(y, offset)
        line = lines[offset]
        strip = line.strip
        selected = self.selected
        if selected is not None and self._source.key(line.place) == selected:
            strip = strip.apply_style(self.palette.selected)
        if self._top is not None:
            strip = self._with_position(strip, y, len(lines))
        return self.finish(strip)

    def _empty_line(self, y: int, offset: int) -> Strip:
        """Return a line above everything, `offset` lines from it: what helps stands next to it."""
        if -len(self._hint) <= offset:
            return self.finish(self._hint[offset])
        is_first = y == 0 and not self._source.is_complete
        return self.finish(Strip([Segment(" …", self.palette.faint)] if is_first else []))

    def _draw_hint(self, room: int) -> list[Strip]:
        """Return what helps where nothing was said, as far as there is room."""
        hint = self._source.hint if room > 0 else ""
        return draw(Shown("told", 0, text=hint), None, self._sheet)[:room] if hint else []

    def _with_position(self, strip: Strip, y: int, height: int) -> Strip:
        """Return a line with what shows where one is, and, in the last one, what has come below."""
        last = -1 if self._last_seen is None else self._source.find(self._last_seen)
        behind = len(self._source) - 1 - last
        width = self.size.width
        if y == self.size.height - 1 and width > 20:  # noqa: PLR2004 - too little for a message and a sign
            words = f" ↓ {behind} new " if behind > 0 else " ↓ End "
            return strip.adjust_cell_length(width - len(words)) + Strip([Segment(words, self.palette.called)])
        lines = self._visible()
        share = lines[0].place / max(len(self._source) - 1, 1)
        is_thumb = y == min(int(share * height), self.size.height - 2)
        mark = Segment("┃", self.palette.accent) if is_thumb else Segment("│", self.palette.line)
        return strip.adjust_cell_length(width - 1) + Strip([mark])

    def _visible(self) -> list[_Line]:
        """Return the lines that are seen, at most as many as there is room for."""
        if self._seen is None:
            self.drawer.begin(self._sheet)
            self._seen = self._with_name(self._from_top() if self._top is not None else self._from_end())
            self._hint = self._draw_hint(self.size.height - len(self._seen))
            sees_first = not self._seen or self._seen[0].place == 0
            if sees_first and self.size.height and not self._source.is_complete:
                self.post_message(self.WantsOlder())
            missing = self.drawer.missing(dict.fromkeys(line.place for line in self._seen))
            if missing:
                self.post_message(self.WantsPictures(missing))
        return self._seen

    def _with_name(self, lines: list[_Line]) -> list[_Line]:
        """Return lines of which the first one says whose they are, however long he has been speaking."""
        if lines:
            place = lines[0].place
            whole, headed = self.drawer.block(place), self.drawer.headed(place)
            if len(whole) == len(headed) and lines[0].strip is whole[0]:
                lines[0] = _Line(place, headed[0])
        return lines

    def _from_end(self) -> list[_Line]:
        height, lines = self.size.height, list[_Line]()
        for place in range(len(self._source) - 1, -1, -1):
            lines[:0] = [_Line(place, strip) for strip in self.drawer.block(place)]
            if len(lines) >= height:
                break
        return lines[len(lines) - height :] if len(lines) > height else lines

    def _from_top(self) -> list[_Line]:
        top = self._top
        if top is None or not len(self._source):
            return self._from_end()
        height, lines = self.size.height, list[_Line]()
        start = self._source.find(top.key)
        for place in range(start, len(self._source)):
            skip = top.line if place == start else 0
            lines += [_Line(place, strip) for strip in self.drawer.block(place)[skip:]]
            if len(lines) > height:
                return lines[:height]
        # The end is seen, so it is where one stands from now on.
        self._top = None
        self._note_end()
        return self._from_end()

    # Moving.

    def _first_spot(self, visible: list[_Line]) -> Spot:
        """Return the message and the line of it that is seen first."""
        place = visible[0].place
        if self._top is not None:
            return Spot(place, self._top.line if self._source.find(self._top.key) == place else 0)
        shown = sum(1 for line in visible if line.place == place)
        return Spot(place, len(self.drawer.block(place)) - shown)

    def _reveal(self, place: int) -> None:
        """See a whole message, as far as there is room."""
        height = self.size.height
        seen = [line for line in self._visible() if line.place == place]
        whole = len(self.drawer.block(place))
        if len(seen) >= min(whole, height):
            return
        visible = self._visible()
        if visible and place <= visible[0].place:
            self._stand_at(Spot(place, 0))
        else:
            self._stand_at(self.drawer.up(Spot(place, whole), height))

    # What comes from the keyboard and the mouse.

    def on_resize(self) -> None:
        """Break lines anew."""
        self.update()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go up."""
        event.stop()
        self.scroll_by(-WHEEL_LINES)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go down."""
        event.stop()
        self.scroll_by(WHEEL_LINES)

    def on_click(self, event: events.Click) -> None:
        """Point at a message, or at the sign that leads to the end."""
        lines = self._visible()
        if self._top is not None and event.y == self.size.height - 1 and event.x > self.size.width - 12:
            self.scroll_to_end()
            return
        offset = event.y - max(self.size.height - len(lines), 0)
        if 0 <= offset < len(lines):
            self.post_message(self.Touched(self._source.key(lines[offset].place)))
