"""Painted: a widget that draws its lines itself, in the colours of the theme."""

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from hubbub.tui.widgets.palette import Palette


class Painted(Widget):
    """See the module; whoever derives from it draws with `palette`, and hands each line to `finish`."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as Textual calls it
        super().__init__(id=id)
        self._palette: Palette | None = None

    @property
    def palette(self) -> Palette:
        """In which styles it is drawn."""
        if self._palette is None:
            self._palette = Palette(self.app.current_theme)
        return self._palette

    def repaint(self) -> None:
        """Take the colours of another theme."""
        self._palette = None
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return lines straight away: there is no border, padding or tint that would have to be added to them."""
        if self.app.no_color:
            return super().render_lines(crop)
        lines = [self.render_line(y) for y in crop.line_range]
        if crop.column_span == (0, self.size.width):
            return lines
        return [line.crop(*crop.column_span) for line in lines]

    def finish(self, strip: Strip) -> Strip:
        """Return a line as wide as the widget, on its ground."""
        return strip.adjust_cell_length(self.size.width).apply_style(self.visual_style.rich_style)
