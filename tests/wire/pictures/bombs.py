"""Bombs: small files that would be large pictures."""

import struct
import zlib
from typing import Final


def png_chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(width: int, height: int, pixels: bytes) -> bytes:
    """Return a PNG of one bit a pixel that says it is so large, with these compressed bytes in it."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*chunk) for chunk in chunks)


def _black(rows: int, row_bytes: int) -> bytes:
    """Return so many rows, compressed a part at a time."""
    packer = zlib.compressobj(9)
    row = bytes(row_bytes + 1)
    packed = [packer.compress(row * min(100, rows - begin)) for begin in range(0, rows, 100)]
    return b"".join([*packed, packer.flush()])


PNG_BOMB: Final = png_of(100_000, 100_000, _black(2_000, 12_500))
"""Says it has ten thousand million pixels; some of them are there."""

PNG_LIAR: Final = png_of(4_000, 4_000, _black(200_000, 12_500)[:4_000_000])
"""Says it is an ordinary picture, and has much more in it."""
