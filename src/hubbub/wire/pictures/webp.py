"""WebP: a RIFF file of chunks (RFC 9649)."""

from typing import Final

from hubbub.wire.pictures.errors import BrokenPicture, require

_HEAD_BYTES: Final = 12
_EXTENDED: Final = b"VP8X"
_KEPT: Final = frozenset({_EXTENDED, b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
"""The picture, its colours, and how it moves."""

_TELLS: Final = 0x08 | 0x04
"""Flags that say that there are EXIF and XMP."""


def strip_webp(data: bytes) -> bytes:
    """Return the picture, as it moves, without metadata. Raises `BrokenPicture`."""
    head = require(data, 0, _HEAD_BYTES)
    if head[:4] != b"RIFF" or head[8:] != b"WEBP":
        raise BrokenPicture("it does not begin as a WebP does")
    end = 8 + int.from_bytes(head[4:8], "little")
    require(data, 0, end)
    kept = [head[8:]]
    place = _HEAD_BYTES
    while place < end:
        length = int.from_bytes(require(data, place + 4, 4), "little")
        chunk = require(data, place, 8 + length)
        place += len(chunk) + length % 2
        if chunk[:4] == _EXTENDED and length:
            chunk = chunk[:8] + bytes((chunk[8] & ~_TELLS,)) + chunk[9:]
        if chunk[:4] in _KEPT:
            kept += [chunk, b"\0" * (length % 2)]
    content = b"".join(kept)
    return head[:4] + len(content).to_bytes(4, "little") + content
