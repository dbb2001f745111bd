"""Rasters: how large a picture is drawn, and which are."""

import pytest
from msgspec.structs import replace

from hubbub.core.files import FileId, FileView
from hubbub.tui.rasters import MOST, PICTURE_BYTES, Cells, fit, is_drawable, rows_for

PHOTO = FileView(FileId("1"), "photo.jpg", "image/jpeg", 50_000_000, 6_000, 4_000, has_thumbnail=True)


@pytest.mark.parametrize(
    ("size", "pixels"),
    [
        ((6_000, 4_000), (36, 24)),
        ((4_000, 6_000), (16, 24)),
        ((16, 16), (16, 16)),
        ((1, 1), (1, 1)),
        ((48, 24), (48, 24)),
        ((49, 24), (48, 24)),
        ((16_000, 1), (48, 1)),
        ((1, 16_000), (1, 24)),
        ((2**63, 2**63), (24, 24)),
    ],
)
def test_a_picture_keeps_its_shape_and_never_grows(size: tuple[int, int], pixels: tuple[int, int]) -> None:
    """It is as large as there is room for, or as it is, and never nothing."""
    assert fit(*size, MOST) == pixels


def test_it_is_never_wider_than_the_text() -> None:
    """Whatever its shape."""
    assert fit(6_000, 4_000, Cells(12, 12)) == (12, 8)


def test_two_pixels_are_a_row() -> None:
    """The last one may be half."""
    assert [rows_for(pixels) for pixels in (1, 2, 3, 24)] == [1, 1, 2, 12]


def test_what_is_drawn() -> None:
    """What the server says is a picture, and has made a smaller one of, or is small."""
    assert is_drawable(PHOTO)
    assert not is_drawable(replace(PHOTO, has_thumbnail=False))
    small = replace(PHOTO, has_thumbnail=False, size_bytes=PICTURE_BYTES, width=600, height=600)
    assert is_drawable(small)
    assert not is_drawable(replace(small, size_bytes=PICTURE_BYTES + 1))
    assert not is_drawable(replace(small, width=10_000, height=10_000))
    assert not is_drawable(replace(PHOTO, media_type="image/svg+xml"))
    assert not is_drawable(replace(PHOTO, width=0))
    assert not is_drawable(replace(PHOTO, height=-1))
