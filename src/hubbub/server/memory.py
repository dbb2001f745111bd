"""Memory: how the C library hands out what is large."""

import ctypes
from contextlib import suppress
from typing import Final

M_MMAP_THRESHOLD: Final = -3
"""mallopt(3)."""

LARGE_BYTES: Final = 131_072
"""What is at least so large is mapped by itself: the C library's own beginning. Setting it keeps it from growing."""


def keep_large_blocks_apart() -> None:
    """Give each large block pages of its own, of which only those that are used take memory.

    uvloop has a buffer of 256 KiB for each connection over TLS, and uses little of it. By default glibc takes such
    blocks from the heap as soon as one of them was freed: there they lie on pages that were used before, and a
    connection takes 52 kB instead of 28. Other C libraries have no such setting.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
