"""JPEG: segments, each behind a marker (ITU T.81, annex B)."""

from typing import Final

from hubbub.wire.pictures.errors import BrokenPicture, require

_START: Final = 0xD8
_END: Final = 0xD9
_SCAN: Final = 0xDA
_COMMENT: Final = 0xFE
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a segment."""

_KEPT: Final = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""How application segments begin that say how to show the picture: its density, its colours, how they were encoded."""


def strip_jpeg(data: bytes) -> bytes:
    """Return the picture without metadata. Raises `BrokenPicture`."""
    if require(data, 0, 2) != bytes((0xFF, _START)):
        raise BrokenPicture("it does not begin as a JPEG does")
    kept = [data[:2]]
    place = 2
    while True:
        marker, place = _read_marker(data, place)
        if marker == _END:
            return b"".join([*kept, bytes((0xFF, _END))])
        if marker in _ALONE:
            kept.append(bytes((0xFF, marker)))
            continue
        length = int.from_bytes(require(data, place, 2))
        segment = require(data, place, max(length, 2))
        place += len(segment)
        if _is_kept(marker, segment[2:]):
            kept += [bytes((0xFF, marker)), segment]
        if marker == _SCAN:
            end = _end_of_scan(data, place)
            kept.append(data[place:end])
            place = end


def _read_marker(data: bytes, place: int) -> tuple[int, int]:
    if require(data, place, 1) != b"\xff":
        raise BrokenPicture(f"there should be a marker at {place}")
    while require(data, place, 1) == b"\xff":  # any number of them may stand before it
        place += 1
    return data[place], place + 1


def _is_kept(marker: int, content: bytes) -> bool:
    if marker == _COMMENT:
        return False
    is_application = 0xE0 <= marker <= 0xEF  # noqa: PLR2004 - APP0 to APP15
    return not is_application or (marker in _KEPT and content.startswith(_KEPT[marker]))


def _end_of_scan(data: bytes, place: int) -> int:
    """Return where what is compressed ends: at the first marker that is neither a byte of it nor a restart."""
    while True:
        place = data.find(b"\xff", place)
        if place < 0:
            raise BrokenPicture("its end is missing")
        following = require(data, place + 1, 1)[0]
        if following not in {0x00, 0xFF} and following not in _ALONE:
            return place
        place += 1 if following == 0xFF else 2  # noqa: PLR2004 - as above
