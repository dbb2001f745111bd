"""Flowing: spans broken into lines of so many cells, as terminals count them. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len, split_graphemes

from hubbub.tui.marking import Span

_WORD: Final = re.compile(r"\s+|\S+")

_JOINER: Final = "\u200d"

_LOOSE: Final = re.compile(rf"(?:^|(?<=\s)){_JOINER}+")
"""Joiners that join nothing: Rich counts no cells for what follows them, but terminals do."""


def flow(spans: Sequence[Span], width: int) -> list[tuple[Span, ...]]:
    """Return the lines that the spans come to; a word wider than a line is broken. At least one line."""
    spans = [span._replace(text=_without_loose(span.text)) if _JOINER in span.text else span for span in spans]
    text = "".join(span.text for span in spans)
    if cell_len(text) <= width:
        return [tuple(spans)]
    return [tuple(_cut(spans, start, end)) for start, end in _breaks(text, max(width, 2))]


def _breaks(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield from where to where each line goes, without the spaces at which it was broken."""
    start, end, filled = 0, 0, 0
    for word in _WORD.finditer(text):
        size = cell_len(word[0])
        if filled + size <= width:
            filled += size
            end = word.end()
            continue
        if word[0].isspace():
            # A line may end in spaces that nobody sees; the next one does not begin with them.
            yield start, word.start()
            start, end, filled = word.end(), word.end(), 0
            continue
        if filled and size <= width:
            yield start, end
            start, end, filled = word.start(), word.end(), size
            continue
        for piece_end, piece_size in _pieces(text, word.start(), word.end(), width, filled):
            if piece_size < 0:
                yield start, piece_end
                start = piece_end
            else:
                end, filled = piece_end, piece_size
    if start < len(text) or start == 0:
        yield start, max(end, start)


def _pieces(text: str, start: int, end: int, width: int, filled: int) -> Iterator[tuple[int, int]]:
    """Yield where a long word is broken, with -1, and last where it ends, with how much of its line it fills."""
    for first, last, size in split_graphemes(text[start:end])[0]:
        if filled + size > width:
            yield start + first, -1
            filled = 0
        filled += size
        if start + last == end:
            yield end, filled


def _cut(spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    at = 0
    for span in spans:
        first, last = max(start - at, 0), min(end - at, len(span.text))
        if first < last:
            yield span._replace(text=span.text[first:last])
        at += len(span.text)


def _without_loose(text: str) -> str:
    return _LOOSE.sub("", text) if _JOINER in text else text


def shorten(text: str, width: int) -> str:
    """Return as much of a text as there is room for, with `…` where something is left out."""
    text = _without_loose(text)
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return "…"[:width]
    filled = 0
    for first, _last, size in split_graphemes(text)[0]:
        if filled + size > width - 1:
            return f"{text[:first]}…"
        filled += size
    return text
