"""Patterns of names: `*` stands for any characters, `?` for one."""

from typing import Final

PATTERN_LIMIT: Final = 64
"""Longest pattern, in characters: twice a name."""


def is_pattern(text: str) -> bool:
    """Return whether anything in the text stands for something else."""
    return "*" in text or "?" in text


def matches(pattern: str, text: str) -> bool:
    """Return whether the pattern fits all of the text. Both are comparison forms: capitals make a difference here.

    Only the last `*` is ever tried again, so it takes at most as many steps as both lengths multiplied, whoever wrote
    the pattern: a regular expression might take more than there is time for.
    """
    at = star = 0
    place, retry = 0, -1
    while place < len(text):
        if at < len(pattern) and pattern[at] == "*":
            star, retry = at, place
            at += 1
        elif at < len(pattern) and pattern[at] in {"?", text[place]}:
            at += 1
            place += 1
        elif retry >= 0:
            retry += 1
            at, place = star + 1, retry
        else:
            return False
    return not pattern[at:].strip("*")
