"""Bars of one line: what a room is about, and what goes on."""

from rich.cells import cell_len
from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from hubbub.tui.flowing import shorten
from hubbub.tui.visible import make_line_visible
from hubbub.tui.widgets.painted import Painted
from hubbub.tui.widgets.sidebar import Health


class TopicBar(Painted):
    """Where one is, and what it is about."""

    title: reactive[str] = reactive("")
    topic: reactive[str] = reactive("")
    about: reactive[str] = reactive("")
    """What stands at the right: how many are there, and of what one is told."""

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        if y:
            return self.finish(Strip([]))
        palette, width = self.palette, self.size.width
        name = shorten(make_line_visible(self.title), width - 2)
        about = f" {make_line_visible(self.about)} " if self.about else ""
        left = width - cell_len(name) - 3 - cell_len(about)
        if left < 0:
            about, left = "", width - cell_len(name) - 3
        topic = shorten(make_line_visible(self.topic), max(left, 0))
        gap = " " * max(left - cell_len(topic), 0)
        return self.finish(
            Strip(
                [
                    Segment(f" {name}", palette.mine),
                    Segment(f"  {topic}{gap}", palette.soft),
                    Segment(about, palette.faint),
                ]
            )
        )


class StatusBar(Painted):
    """Whether one is connected, who is writing, what there is to choose, and what keys would do."""

    health: reactive[Health] = reactive[Health]("coming")
    state: reactive[str] = reactive("")
    """Where one is and as whom, or why not."""
    typing: reactive[str] = reactive("")
    doing: reactive[str] = reactive("")
    """How far something is that takes a while."""
    hints: reactive[str] = reactive("")
    choices: reactive[tuple[str, ...]] = reactive(())
    """What the word that is being written may become."""
    chosen: reactive[int] = reactive(0)

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        if y:
            return self.finish(Strip([]))
        return self.finish(self._choices() if self.choices else self._status())

    def _status(self) -> Strip:
        palette, width = self.palette, self.size.width
        style = {"online": palette.success, "coming": palette.accent, "gone": palette.error}[self.health]
        sign = {"online": "●", "coming": "◌", "gone": "○"}[self.health]
        words = self.doing or (self.typing if self.health == "online" else "") or self.state
        words = shorten(make_line_visible(words), max(width - 3, 1))
        hints = self.hints if cell_len(words) + cell_len(self.hints) + 6 <= width else ""
        gap = " " * max(width - 3 - cell_len(words) - cell_len(hints) - 1, 0)
        is_loud = self.health != "online"
        return Strip(
            [
                Segment(f" {sign} ", style),
                Segment(words, style if is_loud else palette.soft),
                Segment(gap),
                Segment(hints, palette.faint),
            ]
        )

    def _choices(self) -> Strip:
        """Return what may be chosen from, the chosen one in sight."""
        palette, width = self.palette, self.size.width
        first = self._first_choice(width)
        segments = [Segment(" " if not first else "<", palette.faint)]
        filled = 1
        for place in range(first, len(self.choices)):
            label = f" {make_line_visible(self.choices[place])} "
            if filled + cell_len(label) > width - 1:
                segments.append(Segment(">", palette.faint))
                break
            segments.append(Segment(label, palette.called if place == self.chosen else palette.soft))
            filled += cell_len(label)
        return Strip(segments)

    def _first_choice(self, width: int) -> int:
        first, filled = self.chosen, 0
        while first >= 0:
            filled += cell_len(self.choices[first]) + 2
            if filled > width - 2:
                break
            first -= 1
        return min(first + 1, self.chosen)
