"""Painting: cells have the colours of the pixels that they stand for."""

import pytest
from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style

from hubbub.tui.rasters import MOST, Cells, Raster
from hubbub.tui.widgets.painting import can_paint, canvas_for, paint

RED, GREEN, NONE = (255, 0, 0, 255), (0, 255, 0, 255), (0, 0, 0, 0)
GROUND = ColorTriplet(0, 0, 200)


def raster(*rows: tuple[tuple[int, int, int, int], ...]) -> Raster:
    """Return one with these pixels."""
    return Raster(len(rows[0]), len(rows), b"".join(bytes(pixel) for row in rows for pixel in row))


def told(rows: list[list[Segment]]) -> list[list[tuple[str, str, str]]]:
    """Return what each piece of each row says, with its colours."""
    return [[(text, *colours(style or Style.null())) for text, style, _ in row] for row in rows]


def colours(style: Style) -> tuple[str, str]:
    """Return those of letters and of their ground as pages write them; empty for none."""
    triplets = (colour.triplet if colour else None for colour in (style.color, style.bgcolor))
    front, ground = (triplet.hex if triplet else "" for triplet in triplets)
    return front, ground


def test_a_cell_is_two_pixels() -> None:
    """The upper one in the colour of letters, the lower one in that of their ground; equal ones are ground alone."""
    rows = paint(raster((RED, GREEN, GREEN), (GREEN, GREEN, GREEN)), MOST, GROUND)
    assert told(rows) == [[("▀", "#ff0000", "#00ff00"), ("  ", "", "#00ff00")]]


def test_what_covers_nothing_keeps_the_ground_of_its_line() -> None:
    """Also the half below the last pixel."""
    rows = paint(raster((NONE, NONE, RED), (NONE, RED, NONE), (RED, RED, NONE)), MOST, GROUND)
    assert told(rows) == [
        [(" ", "", ""), ("▄", "#ff0000", ""), ("▀", "#ff0000", "")],
        [("▀▀", "#ff0000", ""), (" ", "", "")],
    ]


def test_what_is_seen_through_has_the_ground_in_it() -> None:
    """As much as is not covered."""
    half = (255, 0, 0, 51)
    assert told(paint(raster((half,), (half,)), MOST, GROUND)) == [[(" ", "", "#3300a0")]]


def test_there_is_as_much_as_there_is_room_for() -> None:
    """It is made smaller where there is less."""
    whole = raster(*[tuple([RED] * 48)] * 24)
    assert [len(row[0].text) for row in paint(whole, Cells(10, 12), GROUND)] == [10] * 3
    assert len(paint(whole, MOST, GROUND)) == 12


@pytest.mark.parametrize(
    ("color_system", "encoding", "can"),
    [
        ("truecolor", "utf-8", True),
        ("256", "UTF8", True),
        ("standard", "utf-8", False),
        (None, "utf-8", False),
        ("truecolor", "ascii", False),
        ("truecolor", "iso-8859-1", False),
    ],
)
def test_which_terminals_can(color_system: str | None, encoding: str, can: bool) -> None:
    """Those with 256 colours or more, and Unicode."""
    assert can_paint(color_system, encoding) is can


def test_a_small_screen_has_small_pictures_or_none() -> None:
    """What is said keeps most of it."""
    ground = Color.parse("#101010")
    rows = {}
    for height in (5, 9, 10, 24, 40, 200):
        canvas = canvas_for(height, ground)
        rows[height] = canvas.most.rows if canvas is not None else 0
    assert rows == {5: 0, 9: 0, 10: 4, 24: 9, 40: 12, 200: 12}


def test_where_the_ground_is_the_terminals_own_nothing_is_painted() -> None:
    """Nobody knows what it looks like."""
    assert canvas_for(40, Color.default()) is None
    assert canvas_for(40, None) is None
