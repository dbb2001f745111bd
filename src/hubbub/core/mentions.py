"""Mentions: whom a text calls by an `@` before a name.

What stands in code, in a span or block between backticks as in CommonMark, calls nobody: `@decorator` is no person.
"""

import re
from typing import Final

from hubbub.core.names import NAME_LIMIT, may_stand_in_name

CALLS_ALL: Final = "room"
"""The word after `@` that calls everybody in a room. Not `all`, which could be everybody on the server."""

CALL_LIMIT: Final = 50
"""Most calls read in one text; a text with more calls nobody further. Each may cost a look at Unicode's tables."""

_CALL: Final = re.compile(r"(?<![^\W_])(?<!@)@(?=\w)")
"""An `@` that begins a word: in `ann@example.org` it does not."""

_ENDS: Final = "-.'^`{|}_"
"""What a name may hold and a sentence, or its emphasis, may put behind one."""

_TICKS: Final = re.compile(r"`+")
_FENCE: Final = 3
"""Least backticks that begin a block of code, at the beginning of a line. CommonMark 0.31 section 4.5."""


def read_calls(text: str) -> list[tuple[str, ...]]:
    """Return for each call what it may be meant for, the likeliest first: `ann's`, then `ann`."""
    calls = []
    plain = without_code(text)
    for call in _CALL.finditer(plain):
        if word := _read_word(plain, call.end()):
            calls.append(_forms_of(word))
            if len(calls) == CALL_LIMIT:
                break
    return calls


def without_code(text: str) -> str:
    """Return the text with a space in the place of each span and block of code."""
    if "`" not in text:
        return text
    ticks = [match.span() for match in _TICKS.finditer(text)]
    pieces, begin, place = [], 0, 0
    unclosed = set[int]()
    while place < len(ticks):
        closing = _find_end(text, ticks, place, unclosed)
        if closing is None:
            place += 1
            continue
        pieces.append(text[begin : ticks[place][0]])
        begin = ticks[closing][1] if closing < len(ticks) else len(text)
        place = closing + 1
    return " ".join([*pieces, text[begin:]])


def _find_end(text: str, ticks: list[tuple[int, int]], place: int, unclosed: set[int]) -> int | None:
    """Return which backticks end the code that these begin; beyond the last where nothing does; None for no code."""
    length = _length(ticks[place])
    if length >= _FENCE and _begins_line(text, ticks[place][0]):
        ends = (
            later
            for later in range(place + 1, len(ticks))
            if _length(ticks[later]) >= length and _begins_line(text, ticks[later][0])
        )
        return next(ends, len(ticks))
    # Each length is looked for to the end of the text once at most: many odd backticks cost no square.
    if length in unclosed:
        return None
    closing = next((later for later in range(place + 1, len(ticks)) if _length(ticks[later]) == length), None)
    if closing is None:
        unclosed.add(length)
    return closing


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]


def _begins_line(text: str, place: int) -> bool:
    return not text[text.rfind("\n", 0, place) + 1 : place].strip(" ")


def _read_word(text: str, begin: int) -> str:
    """Return what could be a name and begins there; nothing where it is too long for one."""
    end = begin
    while end < len(text) and may_stand_in_name(text[end]):
        end += 1
        if end - begin > NAME_LIMIT + len(_ENDS):
            return ""
    return text[begin:end]


def _forms_of(word: str) -> tuple[str, ...]:
    """Return the word, without what ends a sentence, and without an `'s`."""
    bare = word.rstrip(_ENDS)
    return tuple(dict.fromkeys(form for form in (word, word.rstrip("."), bare, bare.partition("'")[0]) if form))
