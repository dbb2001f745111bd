"""Rasters: pictures as a few pixels, and how many cells of a terminal they take. Pure."""

from typing import Final, Literal, NamedTuple

from hubbub.core.files import FileView

MEDIA_TYPES: Final = ("image/png", "image/jpeg", "image/gif", "image/webp")
"""What is drawn: the kinds that the server shows as pictures."""

PICTURE_BYTES: Final = 4 * 1_024 * 1_024
"""Most that is fetched of one. A server's smaller picture has some ten thousand bytes; it makes none of those that fit
into 640 × 640 pixels, which have as many as this where nothing of them repeats."""

PIXELS: Final = 4_000_000
"""Most that is decoded: 16 MB for a moment, and ten times what a server's smaller picture has."""


class Cells(NamedTuple):
    """So much of a terminal. A cell is taken to be twice as high as wide: two pixels, one above the other."""

    columns: int
    rows: int


MOST: Final = Cells(48, 12)
"""The largest drawing. More would push away what was said; less shows nothing of a photo."""


class Raster(NamedTuple):
    """A picture, row by row, four bytes for each pixel: red, green, blue, and how much it covers."""

    width: int
    height: int
    pixels: bytes


Sight = Raster | Literal["coming", "unseen"]
"""What is to be seen of a picture: itself, room for it, or nothing."""


def is_drawable(file: FileView) -> bool:
    """Return whether a file is a picture that is worth fetching, by what the server says of it."""
    if file.media_type not in MEDIA_TYPES or file.width <= 0 or file.height <= 0:
        return False
    return file.has_thumbnail or (file.size_bytes <= PICTURE_BYTES and file.width * file.height <= PIXELS)


def fit(width: int, height: int, most: Cells) -> tuple[int, int]:
    """Return as how many pixels a picture is drawn: no more than it has, and no more than there is room for."""
    room = (most.columns, most.rows * 2)
    if width <= room[0] and height <= room[1]:
        return width, height
    if width * room[1] >= height * room[0]:
        return room[0], max(round(height * room[0] / width), 1)
    return max(round(width * room[1] / height), 1), room[1]


def rows_for(height: int) -> int:
    """Return how many rows of cells so many pixels take."""
    return -(-height // 2)
