"""Elist: which channels a LIST is for, `LIST #tea,>10,C<60,!*test*`.

https://modern.ircdocs.horse/#elist-parameter. Times are minutes from now back: `C<60` is a channel that was opened less
than an hour ago. Some servers mean the contrary; InspIRCd, Solanum and the document above mean this.
"""

import re
from typing import Final

import msgspec

ELIST: Final = "CMNTU"
"""Value of the token: every kind of condition there is."""

_CONDITION: Final = re.compile(r"([CT]?)([<>])([0-9]{1,9})", re.IGNORECASE)
_LOOKS_LIKE_ONE: Final = re.compile(r"[CT]?[<>]", re.IGNORECASE)

_SIZE: Final = ""
_CREATION: Final = "C"
_TOPIC: Final = "T"


class Range(msgspec.Struct, frozen=True):
    """A number between two others, neither of which it may be; None is no bound."""

    above: int | None = None
    below: int | None = None

    def __contains__(self, number: int) -> bool:
        return (self.above is None or number > self.above) and (self.below is None or number < self.below)

    def narrowed(self, sign: str, bound: int) -> "Range":
        """Return the range with one bound more."""
        if sign == ">":
            return Range(bound if self.above is None else max(self.above, bound), self.below)
        return Range(self.above, bound if self.below is None else min(self.below, bound))


class ListConditions(msgspec.Struct, frozen=True):
    """Which channels somebody wants to see: all of these hold."""

    names: tuple[str, ...] = ()
    """Names and masks of which one fits; without any, every name does."""

    other_names: tuple[str, ...] = ()
    """Masks of which none fits."""

    size: Range = Range()
    """How many are in it."""

    age_minutes: Range = Range()
    """How long ago it was opened."""

    topic_age_minutes: Range = Range()
    """How long ago its topic was set."""

    misread: tuple[str, ...] = ()
    """What looks like a condition and is none."""


def parse_list_conditions(params: tuple[str, ...]) -> ListConditions:
    """Return what the parameters of a LIST ask for; names and conditions may stand in any of them, between commas."""
    names, other_names, misread = [], [], []
    ranges = dict.fromkeys((_SIZE, _CREATION, _TOPIC), Range())
    for item in filter(None, ",".join(params).split(",")):
        if condition := _CONDITION.fullmatch(item):
            kind, sign, number = condition.groups()
            ranges[kind.upper()] = ranges[kind.upper()].narrowed(sign, int(number))
        elif _LOOKS_LIKE_ONE.match(item):
            misread.append(item)
        elif item.startswith("!"):
            other_names.append(item[1:])
        else:
            names.append(item)
    size, age, topic_age = ranges.values()
    return ListConditions(tuple(names), tuple(other_names), size, age, topic_age, tuple(misread))
