"""Durations: how long something is to last, as people write it and as they are told."""

import re
from typing import Final

LONGEST_SECONDS: Final = 10 * 366 * 24 * 60 * 60
"""Longest duration that can be meant, in seconds: ten years. What is to last longer is to last for ever."""

_UNITS: Final = (("week", 604_800), ("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
"""The units, the longest first, in seconds. None is longer than a week: months and years differ."""

_SECONDS: Final = {name[0]: seconds for name, seconds in _UNITS}
_WORDS: Final = {
    word: name[0]
    for name, _ in _UNITS
    for word in (name[0], name, f"{name}s", *(("min", "mins") if name == "minute" else ()))
}

_WRITTEN: Final = re.compile(r"(?:[0-9]{1,9}[wdhms])+", re.IGNORECASE)
_PART: Final = re.compile(r"([0-9]+)([a-z])", re.IGNORECASE)

HOW: Final = "Write how long as 30s, 10m, 2h, 7d, 1w or 1h30m."
"""What is said of what cannot be meant."""


class UnfitDurationError(Exception):
    """What was written is no duration; the text says what would be."""


def parse_duration(text: str) -> int:
    """Return the seconds that `10m`, `2h`, `1h30m` … stand for; raises `UnfitDurationError`."""
    if not _WRITTEN.fullmatch(text):
        raise UnfitDurationError(f"'{text}' is no duration. {HOW}")
    seconds = sum(int(number) * _SECONDS[unit.lower()] for number, unit in _PART.findall(text))
    if not seconds:
        raise UnfitDurationError(f"'{text}' is no time at all. {HOW}")
    if seconds > LONGEST_SECONDS:
        raise UnfitDurationError(f"'{text}' is more than ten years. Leave it out, and it is for ever.")
    return seconds


def take_duration(words: list[str]) -> tuple[int, int]:
    """Return the seconds that the first words stand for, and how many words these are: `2h`, or `2 hours`.

    Raises `UnfitDurationError`.
    """
    first = words[0] if words else ""
    if first.isascii() and first.isdigit() and len(words) > 1 and (unit := _WORDS.get(words[1].lower())):
        return parse_duration(first + unit), 2
    return parse_duration(first), 1


def describe_duration(seconds: float) -> str:
    """Return the duration for a sentence, in its two largest units, rounded up: `2 hours`, `1 day and 3 hours`."""
    rest = max(1, -int(-seconds // 1))
    place = next(place for place, (_, size) in enumerate(_UNITS) if rest >= size)
    if place + 1 < len(_UNITS):
        smallest = _UNITS[place + 1][1]
        rest = -(-rest // smallest) * smallest
    parts = []
    for name, size in _UNITS[place : place + 2]:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count} {name}" if count == 1 else f"{count} {name}s")
    return " and ".join(parts)
