"""A clock that a test moves by hand, so that nothing is waited for and nothing depends on speed."""

import heapq
from collections.abc import Callable


class ManualTimer:
    """Something that will be called when its time is reached, unless it is cancelled."""

    def __init__(self, callback: Callable[[], None]) -> None:
        self.callback: Callable[[], None] | None = callback

    def cancel(self) -> None:
        """Do not call any more."""
        self.callback = None


class ManualClock:
    """Implements `Clock`. It is noon of the first day of 2026, and stays so until `advance`."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self.timers_set = 0
        """How many timers were ever set; tells a test that something now waits for the clock."""
        self._timers: list[tuple[float, int, ManualTimer]] = []

    def time_ms(self) -> int:
        """Return milliseconds since 1970 UTC."""
        return 1_767_268_800_000 + round(self._seconds * 1000)

    def monotonic(self) -> float:
        """Return seconds since the clock was made."""
        return self._seconds

    def call_later(self, seconds: float, callback: Callable[[], None]) -> ManualTimer:
        """Call back when the clock has been moved so far."""
        timer = ManualTimer(callback)
        self.timers_set += 1
        heapq.heappush(self._timers, (self._seconds + seconds, self.timers_set, timer))
        return timer

    def advance(self, seconds: float) -> None:
        """Move on, calling on the way what falls due, those whose time comes first before the others."""
        until = self._seconds + seconds
        while self._timers and self._timers[0][0] <= until:
            self._seconds, _, timer = heapq.heappop(self._timers)
            callback, timer.callback = timer.callback, None
            if callback is not None:
                callback()
        self._seconds = until

    def advance_to_next(self) -> bool:
        """Move on to the next timer and call it; False where there is none."""
        while self._timers and self._timers[0][2].callback is None:
            heapq.heappop(self._timers)
        if self._timers:
            self.advance(self._timers[0][0] - self._seconds)
            return True
        return False
