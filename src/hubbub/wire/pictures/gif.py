"""GIF: blocks, and sub-blocks in them (https://www.w3.org/Graphics/GIF/spec-gif89a.txt)."""

from typing import Final

from hubbub.wire.pictures.errors import BrokenPicture, require

_HEAD_BYTES: Final = 13
"""Signature and logical screen."""

_EXTENSION: Final = 0x21
_IMAGE: Final = 0x2C
_END: Final = 0x3B

_CONTROL: Final = 0xF9
_APPLICATION: Final = 0xFF
_LOOPS: Final = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
"""How applications call what says how often a picture moves."""


def strip_gif(data: bytes) -> bytes:
    """Return the picture, as it moves, without comments and what applications put there. Raises `BrokenPicture`."""
    head = require(data, 0, _HEAD_BYTES)
    if head[:6] not in {b"GIF87a", b"GIF89a"}:
        raise BrokenPicture("it does not begin as a GIF does")
    place = _HEAD_BYTES + _table_bytes(head[10])
    kept = [require(data, 0, place)]
    while True:
        block = require(data, place, 1)[0]
        if block == _END:
            return b"".join([*kept, bytes((_END,))])
        end = _end_of_block(data, place, block)
        if block == _IMAGE or _is_kept(data, place):
            kept.append(data[place:end])
        place = end


def _end_of_block(data: bytes, place: int, block: int) -> int:
    if block == _IMAGE:
        head = require(data, place, 10)
        # Behind its own colours comes one byte, the least size of a code.
        return _end_of_parts(data, place + 10 + _table_bytes(head[9]) + 1)
    if block == _EXTENSION:
        return _end_of_parts(data, place + 2)
    raise BrokenPicture(f"there should be a block at {place}")


def _end_of_parts(data: bytes, place: int) -> int:
    while length := require(data, place, 1)[0]:
        place += 1 + length
    return place + 1


def _is_kept(data: bytes, place: int) -> bool:
    label = require(data, place + 1, 1)[0]
    return label == _CONTROL or (label == _APPLICATION and data[place + 3 : place + 14] in _LOOPS)


def _table_bytes(flags: int) -> int:
    """Return how large a table of colours is that flags tell of."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0
