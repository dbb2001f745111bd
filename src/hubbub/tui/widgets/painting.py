"""Painting: a raster as lines of half blocks, each of them two pixels. Nothing of it is what somebody has sent."""

from collections.abc import Iterator
from itertools import groupby
from struct import Struct
from typing import Final, NamedTuple

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style

from hubbub.tui.decoding import shrink
from hubbub.tui.rasters import MOST, Cells, Raster, fit, rows_for

UPPER: Final = "▀"
LOWER: Final = "▄"

FEWEST_ROWS: Final = 4
"""With less room, nothing would be seen of a picture."""

_COLOURFUL: Final = frozenset({"256", "truecolor"})
"""What Rich calls terminals with enough colours; to those with 256 it gives the nearest of them."""

_UNSEEN: Final = 8
"""Pixels that cover no more than this, of 255, are not painted: a chosen line is seen through them."""

_PIXEL: Final = Struct("4B")

Row = list[Segment]
Pixel = ColorTriplet | None


class Canvas(NamedTuple):
    """What pictures are painted on."""

    most: Cells
    ground: ColorTriplet
    """What is seen through them."""


def can_paint(color_system: str | None, encoding: str) -> bool:
    """Return whether a terminal has the colours, and the signs."""
    return color_system in _COLOURFUL and encoding.lower().replace("-", "") == "utf8"


def canvas_for(screen_rows: int, ground: Color | None) -> Canvas | None:
    """Return what there is room for on a screen of some height; None for nothing, or where the ground is not known."""
    most = Cells(MOST.columns, min(MOST.rows, screen_rows * 2 // 5))
    if ground is None or ground.triplet is None or most.rows < FEWEST_ROWS:
        return None
    return Canvas(most, ground.triplet)


def reserve(width: int, height: int, most: Cells, style: Style) -> list[Row]:
    """Return the room that a picture of so many pixels takes."""
    columns, pixels = fit(width, height, most)
    return [[Segment(" " * columns, style)] for _ in range(rows_for(pixels))]


def paint(raster: Raster, most: Cells, ground: ColorTriplet) -> list[Row]:
    """Return a picture, as large as there is room for."""
    small = shrink(raster, *fit(raster.width, raster.height, most))
    lines = [[*_pixels(small, y, ground)] for y in range(small.height)]
    if len(lines) % 2:
        lines.append([None] * small.width)
    return [_paint_row(lines[y], lines[y + 1]) for y in range(0, len(lines), 2)]


def _pixels(raster: Raster, y: int, ground: ColorTriplet) -> Iterator[Pixel]:
    row = raster.pixels[y * raster.width * _PIXEL.size : (y + 1) * raster.width * _PIXEL.size]
    for red, green, blue, cover in _PIXEL.iter_unpack(row):
        yield None if cover <= _UNSEEN else _blend(ColorTriplet(red, green, blue), ground, cover)


def _blend(colour: ColorTriplet, ground: ColorTriplet, cover: int) -> ColorTriplet:
    if cover == 255:  # noqa: PLR2004 - all that a byte can say
        return colour
    return ColorTriplet(*((over * cover + under * (255 - cover)) // 255 for over, under in zip(colour, ground)))  # noqa: B905 - three each


def _paint_row(upper: list[Pixel], lower: list[Pixel]) -> Row:
    return [_paint_cells(*pair, len(list(cells))) for pair, cells in groupby(zip(upper, lower, strict=True))]


def _paint_cells(upper: Pixel, lower: Pixel, count: int) -> Segment:
    """Return some equal cells. Where a half is not painted, it keeps the ground of its line."""
    if upper is None and lower is None:
        return Segment(" " * count, Style.null())
    if upper is None:
        return Segment(LOWER * count, Style.from_color(_colour(lower)))
    if upper == lower:
        return Segment(" " * count, Style.from_color(None, _colour(upper)))
    return Segment(UPPER * count, Style.from_color(_colour(upper), _colour(lower)))


def _colour(pixel: Pixel) -> Color | None:
    return None if pixel is None else Color.from_triplet(pixel)
