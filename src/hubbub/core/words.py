"""Words: which one was meant by somebody who mistyped it."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

WORD_LIMIT: Final = 32
"""Longest word compared, in characters: comparing costs the product of both lengths."""


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the word most like the one given, or None where none is like it; capitals do not matter."""
    matches = get_close_matches(word[:WORD_LIMIT].lower(), words, n=1)
    return matches[0] if matches else None
