"""Stripping: a picture's file without what it tells besides the picture. What is left is the same, bit for bit.

Each kind says what is kept; all else goes: places, cameras, owners, times, comments, thumbnails of what was cut off,
and whatever was hung on behind the end, such as a second file of another kind.
"""

from typing import Final

from hubbub.wire.pictures.errors import BrokenPicture
from hubbub.wire.pictures.gif import strip_gif
from hubbub.wire.pictures.jpeg import strip_jpeg
from hubbub.wire.pictures.png import strip_png
from hubbub.wire.pictures.webp import strip_webp

BEGINNING_BYTES: Final = 12
"""As much of a file as tells whether it may be one of these pictures."""


def kind_of(beginning: bytes) -> str | None:
    """Return the media type of the picture that a file may be, or None; its end may say otherwise."""
    if beginning.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if beginning.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if beginning.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        return "image/webp"
    return None


def strip(data: bytes) -> bytes:
    """Return the picture without what it tells. Raises `BrokenPicture` for what is none, or not whole."""
    match kind_of(data[:BEGINNING_BYTES]):
        case "image/jpeg":
            return strip_jpeg(data)
        case "image/png":
            return strip_png(data)
        case "image/gif":
            return strip_gif(data)
        case "image/webp":
            return strip_webp(data)
        case _:
            raise BrokenPicture("that is no picture of a kind that is known here")
