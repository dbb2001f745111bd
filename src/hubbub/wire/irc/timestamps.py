"""Timestamps: when something was, and which message somebody means. IRCv3 server-time, chathistory and read-marker."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

import msgspec

_TIME: Final = re.compile(
    r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}):(\d{2})(?:\.(\d{1,9}))?Z",
    re.ASCII,
)
_SECONDS_OF_A_MINUTE: Final = 60


class AtTime(msgspec.Struct, frozen=True):
    """A moment: `timestamp=2019-01-04T14:33:26.123Z`."""

    time_ms: int
    """Milliseconds since 1970 began."""


class AtMessage(msgspec.Struct, frozen=True):
    """A message: `msgid=lounge-17`."""

    message_id: str


def format_time(time_ms: int) -> str:
    """Return a time in milliseconds since 1970 as the value of the tag `time`."""
    seconds, milliseconds = divmod(time_ms, 1000)
    return f"{_format_second(seconds)}.{milliseconds:03}Z"


def parse_time(text: str) -> int | None:
    """Return the milliseconds since 1970 that somebody means, or None where it is no time in UTC.

    Milliseconds may be missing, or more exact than that; 60 is a second too, when a minute has one more.
    """
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    minute, seconds, fraction = found.groups("")
    if int(seconds) > _SECONDS_OF_A_MINUTE:
        return None
    try:
        since = datetime.fromisoformat(minute).replace(tzinfo=UTC) - datetime.fromtimestamp(0, UTC)
    except ValueError:
        return None
    return since // timedelta(milliseconds=1) + int(seconds) * 1000 + int(fraction[:3].ljust(3, "0"))


def parse_selector(text: str) -> AtTime | AtMessage | None:
    """Return which message somebody means, by its time or its id, or None where nobody can say."""
    kind, _, value = text.partition("=")
    if kind == "msgid":
        return AtMessage(value) if value else None
    time_ms = parse_time(value) if kind == "timestamp" else None
    return None if time_ms is None else AtTime(time_ms)


@lru_cache(maxsize=64)
def _format_second(seconds: int) -> str:
    """Return a second without its fraction. Most messages are of the second of the one before them."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
