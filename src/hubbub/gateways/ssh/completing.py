"""Completing: what a word that has been begun may be going to be."""

from collections.abc import Iterable, Sequence


def complete(
    line: str, place: int, commands: Iterable[str], rooms: Iterable[str], names: Iterable[str]
) -> tuple[str, int]:
    """Return the line with the word before that place completed, as far as it is clear, and the place behind it.

    A slash at the beginning begins a command, `#` a room, and everything else a name, before which `@` may stand.
    """
    start = line.rfind(" ", 0, place) + 1
    word, is_first = line[start:place], not start
    if not word:
        return line, place
    if word.startswith("/") and is_first:
        found = _find(word, (f"/{command}" for command in commands))
        end = " "
    elif word.startswith("#"):
        found, end = _find(word, rooms), " "
    else:
        at = "@" if word.startswith("@") else ""
        found, end = _find(word, (at + name for name in names)), ": " if is_first and not at else " "
    if not found:
        return line, place
    if len(found) == 1:
        completed, rest = found[0] + end, line[place:].lstrip(" ")
    else:
        # What is common to all, in the letters of the first.
        common = found[0][: _common_length([one.casefold() for one in found])]
        completed, rest = max(common, word, key=len), line[place:]
    return line[:start] + completed + rest, start + len(completed)


def _common_length(words: Sequence[str]) -> int:
    """Return how many characters all begin with; of words in order, the first and the last differ most."""
    pairs = zip(min(words), max(words), strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), min(map(len, words)))


def _find(word: str, candidates: Iterable[str]) -> list[str]:
    begun = word.casefold()
    return sorted({one for one in candidates if one.casefold().startswith(begun)}, key=str.casefold)
