"""Arguments: what may follow a slash command, taken apart."""

from collections.abc import Callable
from typing import Final, TypeVar

from hubbub.core.durations import UnfitDurationError, take_duration
from hubbub.wire.slash.meanings import NO_ROOM, Meaning, Misuse

T = TypeVar("T")

DIGITS: Final = 10
"""Longest number that is read as one."""

FOR: Final = "for"
"""The word before a duration."""

ON: Final = frozenset({"on", "yes", "true"})
OFF: Final = frozenset({"off", "no", "false", "none", "-"})
"""Words for what can be switched."""


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a list, divided by commas and spaces."""
    return tuple(name for name in text.replace(",", " ").split() if name)


def parse_number(text: str) -> int | None:
    """Return the number that a text is, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < DIGITS else None


def read_switch(text: str) -> bool | None:
    """Return whether a text switches something on or off, or None where it does neither."""
    word = text.strip().lower()
    return word in ON if word in ON | OFF else None


def split_term(text: str) -> tuple[int | None, str]:
    """Return the seconds after a leading `for`, or None, and what comes behind: the reason.

    `for` before what does not begin with a digit begins a reason. Raises `UnfitDurationError`.
    """
    words = text.split()
    if len(words) < 2 or words[0].lower() != FOR or not words[1][0].isdigit():  # noqa: PLR2004 - `for` and how long
        return None, text.strip()
    seconds, taken = take_duration(words[1:])
    return seconds, " ".join(words[1 + taken :])


def choose_room(rest: str, room: str) -> tuple[str, str]:
    """Return the room that is meant, by its name or because one is in it, and what follows."""
    if not rest.startswith("#"):
        return room, rest
    named, _, rest = rest.partition(" ")
    return named, rest.strip()


def in_room(mean: Callable[[str, str], Meaning | None]) -> Callable[[str, str], Meaning | None]:
    """Return the same for somebody who has a current room; whoever has none is told to join one."""
    return lambda rest, room: mean(rest, room) if room else NO_ROOM


def with_term(mean: Callable[[str, str], Meaning | None]) -> Callable[[str, str], Meaning | None]:
    """Return the same, where a duration that cannot be meant is explained."""

    def explaining(rest: str, room: str) -> Meaning | None:
        try:
            return mean(rest, room)
        except UnfitDurationError as unfit:
            return Misuse(str(unfit))

    return explaining
