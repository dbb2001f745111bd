"""Texts: what nobody may put on somebody else's terminal."""

import re
from collections.abc import Sequence
from typing import Final

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]")
"""What could move a cursor, ring, or start an escape sequence on somebody's terminal, what UTF-8 cannot carry, and what
turns the direction of everything that follows: a line could be read as another's. The marks and isolates of writing
from right to left end with their word and are needed."""


def remove_controls(text: str) -> str:
    """Return the text without control characters other than newline and tab."""
    return _UNPRINTABLE.sub("", text)


def clean_line(text: str, limit: int | None = None) -> str:
    """Return the text as one harmless line of at most `limit` characters (None: of any length), the rest cut off."""
    return remove_controls(text).replace("\n", " ").strip()[:limit]


def in_brackets(reason: str) -> str:
    """Return a reason as it stands at the end of a sentence, or nothing where there is none."""
    return f" ({reason})" if reason else ""


def with_article(word: str) -> str:
    """Return a noun as it stands in a sentence: `an owner`."""
    return f"{'an' if word[0] in 'aeio' else 'a'} {word}"


def plural(word: str) -> str:
    """Return a noun as it stands for several: `deputies`."""
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def join_words(words: Sequence[str]) -> str:
    """Return the words as they stand in a sentence: `ann`, `ann and bob`, `ann, bob and carol`."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no `and`
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
