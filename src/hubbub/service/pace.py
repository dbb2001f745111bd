"""Pace: how fast one session may ask (the generic cell rate algorithm, ITU-T I.371)."""

from collections.abc import Callable
from typing import Protocol


class Pacing(Protocol):
    """Says when the next request may pass."""

    def delay(self, now: float) -> float:
        """Return how many seconds to wait at `now` (monotonic seconds); at 0 the request has been counted."""


class Pace:
    """Lets `burst` requests pass at once and then `per_second`; says how long the next one has to wait."""

    __slots__ = ("_due", "_interval_seconds", "_slack_seconds")

    def __init__(self, burst: int, per_second: float) -> None:
        self._interval_seconds = 1 / per_second
        self._slack_seconds = (max(burst, 1) - 1) / per_second
        self._due = 0.0

    def delay(self, now: float) -> float:
        """Return how many seconds to wait at `now` (monotonic seconds); at 0 the request has been counted."""
        early = self._due - self._slack_seconds - now
        if early > 0:
            return early
        self._due = max(self._due, now) + self._interval_seconds
        return 0.0

    def peek(self, now: float) -> float:
        """Return how many seconds the next request would have to wait at `now`, and count nothing."""
        return max(self._due - self._slack_seconds - now, 0.0)

    def count(self, now: float) -> None:
        """Count a request that has passed at `now`; where that was too early, those after it wait the longer."""
        self._due = max(self._due, now) + self._interval_seconds


class JointPace:
    """A connection's own pace, and one that it may share with others: what passes has kept both."""

    __slots__ = ("_find_shared", "_own")

    def __init__(self, own: Pace, find_shared: Callable[[], Pace | None]) -> None:
        self._own = own
        self._find_shared = find_shared

    def delay(self, now: float) -> float:
        """Return how many seconds to wait at `now` (monotonic seconds); at 0 the request has been counted."""
        shared = self._find_shared()
        if shared is None:
            return self._own.delay(now)
        wait = max(self._own.peek(now), shared.peek(now))
        if not wait:
            self._own.count(now)
            shared.count(now)
        return wait
