"""Widths: how many cells of a terminal a text takes."""

from functools import lru_cache
from unicodedata import category, east_asian_width

_WITHOUT_WIDTH = frozenset({"Mn", "Me", "Cf"})
"""Marks that stand on the character before, and what only joins or turns others. Unicode Standard Annex #44."""


@lru_cache(maxsize=4_096)
def char_width(char: str) -> int:
    """Return how many cells a character takes: 0, 1 or 2. Unicode Standard Annex #11."""
    if char.isascii():
        return 1
    if category(char) in _WITHOUT_WIDTH:
        return 0
    return 2 if east_asian_width(char) in {"W", "F"} else 1


def text_width(text: str) -> int:
    """Return how many cells a text takes."""
    return len(text) if text.isascii() else sum(map(char_width, text))


def cut_to_width(text: str, cells: int) -> str:
    """Return as much of the beginning of a text as fits into so many cells."""
    if text.isascii():
        return text[: max(cells, 0)]
    for place, char in enumerate(text):
        cells -= char_width(char)
        if cells < 0:
            return text[:place]
    return text
