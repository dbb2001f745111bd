"""Harmless: the last look at what is drawn. Whatever comes to a widget by whatever way, no terminal obeys any of it.

What is shown of others is made visible where it is read (`hubbub.tui.visible`). What stands in fields that can be
written in, and in Textual's own widgets, does not come by there: a draft begun elsewhere, a name that is suggested.
"""

from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.color import BLACK, Color
from textual.filter import LineFilter
from textual.strip import Strip

from hubbub.tui.visible import drop_unseen


class Harmless(LineFilter):
    """Leaves out what terminals obey. It takes up no cell, so that nothing moves."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's own argument
        """Return the segments of a line; the same ones where there is nothing in them."""
        if all(map(_is_harmless, segments)):
            return segments
        return [
            one if _is_harmless(one) else Segment(drop_unseen(one.text), _without_link(one.style)) for one in segments
        ]


HARMLESS: Final = Harmless()
"""One is enough: lines remember what became of them by it."""


def make_harmless(strip: Strip) -> Strip:
    """Return a line as it may be drawn by who goes around Textual's own filters."""
    return strip.apply_filter(HARMLESS, BLACK)


def _is_harmless(segment: Segment) -> bool:
    text, style, _ = segment
    return text.isprintable() and (style is None or style.link is None or style.link.isprintable())


def _without_link(style: Style | None) -> Style | None:
    """Return a style without a link that could end where it begins: OSC 8."""
    if style is None or style.link is None or style.link.isprintable():
        return style
    return style.update_link(None)
