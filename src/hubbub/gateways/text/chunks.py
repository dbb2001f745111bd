"""Chunks: text cut so that a reader who decodes each piece by itself never meets half a character."""

_CONTINUATION = 0b1000_0000
"""The two highest bits of every byte of a character but its first. RFC 3629 section 3."""


def cut_chunks(data: bytes, limit_bytes: int) -> list[bytes]:
    """Return UTF-8 text in pieces of at most `limit_bytes` (4 or more): lines where they fit, else parts of lines."""
    pieces = []
    for line in data.splitlines(keepends=True):
        start = 0
        while len(line) - start > limit_bytes:
            end = _character_start(line, start + limit_bytes)
            pieces.append(line[start:end])
            start = end
        pieces.append(line[start:])
    return pieces


def _character_start(data: bytes, position: int) -> int:
    """Return the last position up to this one at which a character begins."""
    while data[position] & 0b1100_0000 == _CONTINUATION:
        position -= 1
    return position
