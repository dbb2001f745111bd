"""Words as they stand in a sentence."""

from collections.abc import Sequence


def join_words(words: Sequence[str]) -> str:
    """Return the words as they stand in a sentence: `ann`, `ann and bob`, `ann, bob and carol`."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no `and`
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
