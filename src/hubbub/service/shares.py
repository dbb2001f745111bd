"""Shares: how much somebody may have of something, now and as time goes on."""

from typing import Generic, TypeVar

from hubbub.service.recent import Recent

K = TypeVar("K")


class Shares(Generic[K]):
    """Gives everybody `most` at once, and `per_second` from then on. Times are monotonic seconds."""

    def __init__(self, most: int, per_second: float, remembered: int) -> None:
        """Remember so many people: a share that is forgotten is whole again."""
        self._most = most
        self._per_second = per_second
        # After so long it is whole anyway.
        self._used: Recent[K, tuple[float, float]] = Recent(remembered, most / per_second)

    def left(self, who: K, now: float) -> int:
        """Return how much somebody may have now."""
        return max(int(self._most - self._used_by(who, now)), 0)

    def take(self, who: K, count: int, now: float) -> None:
        """Note that somebody has had so much."""
        self._used.keep(who, (self._used_by(who, now) + count, now), now)

    def _used_by(self, who: K, now: float) -> float:
        used, at = self._used.find(who, now) or (0.0, now)
        return max(used - (now - at) * self._per_second, 0.0)
