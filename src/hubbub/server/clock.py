"""The clock: real time, and coarse timers that share one timer of the loop."""

import asyncio
import heapq
import time
from collections.abc import Callable
from typing import Final

TICK_SECONDS: Final = 0.01
"""How coarse the timers are: all that fall due within one tick are called together."""

NANOSECONDS: Final = 1_000_000
"""In a millisecond."""


class LoopClock:
    """Implements `Clock` on a running loop. Setting and cancelling a timer costs a few dictionary operations."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._ticks: list[int] = []
        self._timers: dict[int, list[CoarseTimer]] = {}
        self._handle: asyncio.TimerHandle | None = None
        self._next_tick = 0

    def time_ms(self) -> int:
        """Return milliseconds since 1970 UTC."""
        return time.time_ns() // NANOSECONDS

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return self._loop.time()

    def call_later(self, seconds: float, callback: Callable[[], None]) -> "CoarseTimer":
        """Call back after at least so many seconds."""
        tick = int((self._loop.time() + seconds) / TICK_SECONDS) + 1
        timer = CoarseTimer(callback)
        due = self._timers.get(tick)
        if due is None:
            self._timers[tick] = [timer]
            heapq.heappush(self._ticks, tick)
            self._schedule()
        else:
            due.append(timer)
        return timer

    def _schedule(self) -> None:
        tick = self._ticks[0]
        if self._handle is not None:
            if self._next_tick <= tick:
                return
            self._handle.cancel()
        self._next_tick = tick
        self._handle = self._loop.call_at(tick * TICK_SECONDS, self._fire)

    def _fire(self) -> None:
        self._handle = None
        now = self._loop.time()
        while self._ticks and self._ticks[0] * TICK_SECONDS <= now:
            for timer in self._timers.pop(heapq.heappop(self._ticks)):
                self._call(timer)
        if self._ticks:
            self._schedule()

    def _call(self, timer: "CoarseTimer") -> None:
        callback = timer.callback
        if callback is None:
            return
        timer.callback = None
        try:
            callback()
        except Exception as error:  # noqa: BLE001 - one timer's fault must not cost the others their turn
            self._loop.call_exception_handler({"message": "a timer failed", "exception": error})


class CoarseTimer:
    """Something that will be called later, unless it is cancelled."""

    __slots__ = ("callback",)

    def __init__(self, callback: Callable[[], None]) -> None:
        self.callback: Callable[[], None] | None = callback

    def cancel(self) -> None:
        """Do not call any more, and let go of what would have been called."""
        self.callback = None
