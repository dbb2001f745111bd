"""Ids in SQLite's search index: the order of ids is that of times, so that the newest are found first."""

from typing import Final

_BITS: Final = 20
"""A millisecond has room for a million messages."""

_LAST_MS: Final = 2**42
"""Later times, which only a clock gone mad gives, count as this one: ids must fit into 63 bits."""


def first_id(time_ms: int) -> int:
    """Return the first id that a message of this time may have."""
    return min(max(time_ms, 0), _LAST_MS) << _BITS


def last_id(time_ms: int) -> int:
    """Return the last id that a message of this time may have."""
    return first_id(time_ms) + (1 << _BITS) - 1


def id_range(since_ms: int | None, before_ms: int | None) -> tuple[int, int]:
    """Return the first id that a message of these times may have, and the first one beyond."""
    low = 0 if since_ms is None else first_id(since_ms)
    return low, first_id(before_ms) if before_ms is not None and before_ms <= _LAST_MS else last_id(_LAST_MS) + 1
