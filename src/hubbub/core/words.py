"""Words: which one was meant by somebody who mistyped it."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

WORD_LIMIT: Final = 32
"""Longest word compared, in characters: comparing costs the product of both lengths."""

PREFIX_LENGTH: Final = 2
"""Shortest beginning of a word, in characters, that says which one is meant."""


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the word most like the one given, or None where none is like it; capitals do not matter.

    A word that begins with the given one is most like it, the shortest first: who types `hist` means `history`.
    """
    meant = word[:WORD_LIMIT].lower()
    known = list(words)
    longer = [candidate for candidate in known if candidate.startswith(meant)] if len(meant) >= PREFIX_LENGTH else []
    if longer:
        return min(longer, key=len)
    matches = get_close_matches(meant, known, n=1)
    return matches[0] if matches else None
