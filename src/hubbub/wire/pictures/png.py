"""PNG: chunks, each with its length, type and checksum (https://www.w3.org/TR/png-3/)."""

from typing import Final

from hubbub.wire.pictures.errors import BrokenPicture, require

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_END: Final = b"IEND"

_KEPT: Final = frozenset(
    {
        *(b"IHDR", b"PLTE", b"IDAT", _END),
        *(b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD", b"hIST", b"pHYs"),
        *(b"acTL", b"fcTL", b"fdAT"),
    }
)
"""The picture, how to show it, and how it moves. No texts, times, EXIF, or what some program has put there."""


def strip_png(data: bytes) -> bytes:
    """Return the picture without metadata. Raises `BrokenPicture`."""
    if not data.startswith(_SIGNATURE):
        raise BrokenPicture("it does not begin as a PNG does")
    kept = [_SIGNATURE]
    place = len(_SIGNATURE)
    while True:
        length = int.from_bytes(require(data, place, 4))
        chunk = require(data, place, 12 + length)
        kind = chunk[4:8]
        if kind in _KEPT:
            kept.append(chunk)
        if kind == _END:
            return b"".join(kept)
        place += len(chunk)
