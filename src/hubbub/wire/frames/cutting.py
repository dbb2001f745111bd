"""Cutting: frames that were joined for sending, taken apart again where a client may have them in two pieces."""

from hubbub.wire.frames.header_frames import HEADER_BYTES, parse_header
from hubbub.wire.frames.text_frames import LENGTH_BYTES, parse_length


def cut_header_pairs(data: bytes) -> list[bytes]:
    """Return each pair of whole fixed-header frames by itself."""
    pairs = []
    start = 0
    while start < len(data):
        end = _header_frame_end(data, _header_frame_end(data, start))
        pairs.append(data[start:end])
        start = end
    return pairs


def cut_length_prefixed(data: bytes) -> list[bytes]:
    """Return each whole frame with a two-byte length by itself."""
    frames = []
    start = 0
    while start < len(data):
        end = start + LENGTH_BYTES + parse_length(data[start : start + LENGTH_BYTES])
        frames.append(data[start:end])
        start = end
    return frames


def _header_frame_end(data: bytes, start: int) -> int:
    payload = start + HEADER_BYTES
    return payload + parse_header(data[start:payload])
