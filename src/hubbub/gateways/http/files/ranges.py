"""Ranges: which part of a file is wanted (RFC 9110, section 14)."""

import re
from typing import Final, NamedTuple

_RANGE: Final = re.compile(r"(?i:bytes)=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*")
"""One range. Several are allowed to be ignored (section 14.2), and are: nobody needs them, and many overlapping ones of
a large file are an old attack."""


class Part(NamedTuple):
    """A part of a file."""

    begin: int
    end: int
    """Behind its last byte."""

    @property
    def length(self) -> int:
        """How many bytes it has."""
        return self.end - self.begin


def parse_range(field: str | None, size_bytes: int) -> Part | None:
    """Return the part that a Range field asks for, empty where there is nothing there; None for the whole file."""
    found = None if field is None else _RANGE.fullmatch(field)
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        # The last so many bytes.
        return Part(max(size_bytes - int(last), 0), size_bytes)
    begin = int(first)
    end = min(int(last) + 1, size_bytes) if last else size_bytes
    if last and int(last) < begin:
        return None  # it makes no sense, so it says nothing
    return Part(begin, max(begin, end)) if begin < size_bytes else Part(size_bytes, size_bytes)


def is_current(if_range: str | None, etag: str) -> bool:
    """Return whether a part fits what the client has already: only if it names this very content. Section 13.1.5."""
    return if_range is None or if_range.strip() == etag


def matches(if_none_match: str | None, etag: str) -> bool:
    """Return whether the client has this content already. Section 13.1.2, which compares weakly."""
    if if_none_match is None:
        return False
    known = {one.strip().removeprefix("W/") for one in if_none_match.split(",")}
    return "*" in known or etag in known
