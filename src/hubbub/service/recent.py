"""A table that forgets what has not been kept for a while, and the oldest when it is full."""

from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Holds `limit` entries at most, each for `seconds` after it was kept. Times are monotonic seconds."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._entries: OrderedDict[K, tuple[float, V]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, key: K, now: float) -> V | None:
        """Return what is kept under the key, if it is not forgotten."""
        entry = self._entries.get(key)
        if entry is None or self._is_over(entry[0], now):
            return None
        return entry[1]

    def keep(self, key: K, value: V, now: float) -> None:
        """Keep it, as the newest entry."""
        self._entries[key] = (now, value)
        self._entries.move_to_end(key)
        while len(self._entries) > self._limit or self._is_over(next(iter(self._entries.values()))[0], now):
            self._entries.popitem(last=False)

    def drop(self, key: K) -> None:
        """Forget it now; harmless if it is forgotten already."""
        self._entries.pop(key, None)

    def _is_over(self, kept_at: float, now: float) -> bool:
        return now - kept_at > self._seconds
