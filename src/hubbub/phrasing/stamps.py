"""Stamps: when something was said, in the server's local time."""

import time
from typing import Final

MILLISECONDS: Final = 1_000
"""In a second."""


class Stamper:
    """Writes `[HH:MM:SS] `, the server's local time; it remembers the last second, which is asked again and again."""

    __slots__ = ("_second", "_stamp")

    def __init__(self) -> None:
        self._second = -1
        self._stamp = ""

    def stamp(self, time_ms: int) -> str:
        """Return the stamp that begins every line, for milliseconds since 1970 UTC."""
        second = time_ms // MILLISECONDS
        if second != self._second:
            self._second = second
            self._stamp = time.strftime("[%H:%M:%S] ", time.localtime(second))
        return self._stamp

    def full_stamp(self, time_ms: int, now_ms: int) -> str:
        """Return the stamp with the day in it, unless that is today."""
        day = self.day(time_ms)
        return self.stamp(time_ms) if day == self.day(now_ms) else f"[{day} {self.stamp(time_ms)[1:]}"

    def day(self, time_ms: int) -> str:
        """Return the day on which that was, for the server's people."""
        return time.strftime("%Y-%m-%d", time.localtime(time_ms // MILLISECONDS))
