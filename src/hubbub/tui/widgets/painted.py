"""Painted: a widget that draws its lines itself, in the colours of the theme."""

from typing import Self

from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from hubbub.tui.widgets.harmless import make_harmless
from hubbub.tui.widgets.palette import Palette


class Painted(Widget):
    """See the module; whoever derives from it draws with `palette`, and hands each line to `finish`."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as Textual calls it
        self._lines: dict[int, Strip] = {}
        """What was drawn and has not changed."""
        self._drawn_size = Size(0, 0)
        self._ground: Style | None = None
        super().__init__(id=id)
        self._palette: Palette | None = None

    @property
    def palette(self) -> Palette:
        """In which styles it is drawn."""
        if self._palette is None:
            self._palette = Palette(self.app.current_theme)
        return self._palette

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw everything anew."""
        self._lines.clear()
        self._ground = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def repaint(self) -> None:
        """Take the colours of another theme."""
        self._palette = None
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return lines straight away: there is no border, padding or tint that would have to be added to them."""
        if self._drawn_size != self.size:
            self._drawn_size = self.size
            self._lines.clear()
        if self.app.no_color:
            return super().render_lines(crop)
        # Textual asks for the lines beside those that have changed as well.
        for y in crop.line_range:
            if y not in self._lines:
                self._lines[y] = self.render_line(y)
        lines = [self._lines[y] for y in crop.line_range]
        if crop.column_span == (0, self._drawn_size.width):
            return lines
        return [line.crop(*crop.column_span) for line in lines]

    def finish(self, strip: Strip) -> Strip:
        """Return a line as wide as the widget, on its ground."""
        if self._ground is None:
            self._ground = self.visual_style.rich_style
        return make_harmless(strip).adjust_cell_length(self._drawn_size.width).apply_style(self._ground)
