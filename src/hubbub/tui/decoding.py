"""Decoding: bytes that somebody has sent become a raster, or nothing. By Pillow, which is loaded with the first one."""

import io
from typing import TYPE_CHECKING, Final

from hubbub.tui.rasters import MOST, PIXELS, Raster, fit

if TYPE_CHECKING:
    from PIL import Image

FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP")
"""What Pillow may try: it knows some forty more, which nobody here has asked for."""


class Undrawable(Exception):  # noqa: N818 - named by what is wrong
    """It is no picture, or none that is drawn here."""


def decode(data: bytes) -> Raster:
    """Return a picture, as it is to be seen, with no more pixels than are ever drawn. Raises `Undrawable`.

    Of one that moves, how it begins. It takes up to a few tenths of a second, and may be called by any thread.
    """
    from PIL import Image  # noqa: PLC0415 - who sees no pictures need not wait for it

    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            return _reduce(picture)
    except Undrawable:
        raise
    except Exception as error:
        # Pillow raises whatever it likes at what it was not made for.
        raise Undrawable(f"It cannot be decoded: {error!r}") from error


def _reduce(picture: "Image.Image") -> Raster:
    from PIL import Image, ImageOps  # noqa: PLC0415 - see above

    # Before anything is decoded: a few bytes may say that they are a thousand million pixels.
    if picture.width * picture.height > PIXELS:
        raise Undrawable(f"It has {picture.width} × {picture.height} pixels.")
    # What a JPEG has in coarse is enough where that is finer than what is drawn.
    picture.draft("RGB", (MOST.columns * 2, MOST.rows * 4))
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    # So small, sharper filters would draw rims around everything.
    small = upright.resize(fit(*upright.size, MOST), Image.Resampling.HAMMING, reducing_gap=3.0)
    return Raster(*small.size, small.tobytes())


def shrink(raster: Raster, width: int, height: int) -> Raster:
    """Return it with fewer pixels."""
    if (raster.width, raster.height) == (width, height):
        return raster
    from PIL import Image  # noqa: PLC0415 - it is there, for there is a raster

    whole = Image.frombytes("RGBA", (raster.width, raster.height), raster.pixels)
    return Raster(width, height, whole.resize((width, height), Image.Resampling.HAMMING).tobytes())
