"""Memory: how the C library hands out what is large."""

import ctypes
from contextlib import suppress
from typing import Final

M_MMAP_THRESHOLD: Final = -3
"""mallopt(3)."""

M_TRIM_THRESHOLD: Final = -1
"""The same."""

LARGE_BYTES: Final = 262_144
"""What is at least so large is mapped by itself: uvloop's buffer for TLS, and as much as it reads at once. Setting it
keeps it from growing."""

SPARE_BYTES: Final = 1_048_576
"""How much of the heap is kept for what comes next: more than a piece of a file that is on its way, which would take
fresh pages each time. While somebody sent a gigabyte, most of the loop's time went into that."""


def keep_large_blocks_apart() -> None:
    """Give each large block pages of its own, of which only those that are used take memory.

    uvloop has a buffer of 256 KiB for each connection over TLS, and uses little of it. By default glibc takes such
    blocks from the heap as soon as one of them was freed: there they lie on pages that were used before, and a
    connection takes 52 kB instead of 28. Other C libraries have no such setting.
    """
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
        library.mallopt(M_TRIM_THRESHOLD, SPARE_BYTES)
