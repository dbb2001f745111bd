"""Stamps: when something was said, in the server's local time."""

from datetime import datetime
from typing import Final

MILLISECONDS: Final = 1_000
"""In a second."""

_LATEST_MS: Final = 253_402_000_000_000
"""The last days of the year 9999, behind which Python knows no times, in milliseconds since 1970 UTC."""


def local_time(time_ms: int) -> datetime:
    """Return a time as it is here. What somebody claims to be before 1970, or behind 9999, is as near as can be."""
    return datetime.fromtimestamp(min(max(time_ms, 0), _LATEST_MS) / MILLISECONDS).astimezone()


def day_and_minute(time_ms: int) -> str:
    """Return `2026-01-31 12:59`, as it is here."""
    return f"{local_time(time_ms):%Y-%m-%d %H:%M}"


class Stamper:
    """Writes `[HH:MM:SS] `, the server's local time; it remembers the last second, which is asked again and again."""

    __slots__ = ("_second", "_stamp")

    def __init__(self) -> None:
        self._second: int | None = None
        self._stamp = ""

    def stamp(self, time_ms: int) -> str:
        """Return the stamp that begins every line, for milliseconds since 1970 UTC."""
        second = time_ms // MILLISECONDS
        if second != self._second:
            self._second = second
            self._stamp = f"{local_time(time_ms):[%H:%M:%S] }"
        return self._stamp

    def full_stamp(self, time_ms: int, now_ms: int) -> str:
        """Return the stamp with the day in it, unless that is today."""
        day = self.day(time_ms)
        return self.stamp(time_ms) if day == self.day(now_ms) else f"[{day} {self.stamp(time_ms)[1:]}"

    def day(self, time_ms: int) -> str:
        """Return the day on which that was, for the server's people."""
        return f"{local_time(time_ms):%Y-%m-%d}"
