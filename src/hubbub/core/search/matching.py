"""Matching: whether a text is what a query looks for, where in it, and how well. This is the law for every store."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from hubbub.core.search.query import Piece, SearchQuery, Term
from hubbub.core.search.terms import Token, fold, tokens_in

_LINK: Final = re.compile(r"(?:https?://|\bwww\.)\w", re.IGNORECASE)

WORD_POINTS: Final = 4.0
"""What a whole word or a phrase counts, of which part of a word is a half or, at its beginning, three quarters."""

REPEATS: Final = 4
"""How often something counts that is there again and again: each time half as much."""

CROWD: Final = 100
"""A text of so many tokens counts half of what a very short one does that fits as well."""


class Span(NamedTuple):
    """A part of a text, in characters."""

    begin: int
    end: int


def matches(query: SearchQuery, text: str) -> bool:
    """Return whether a text has all words and phrases that are wanted and none of those that are not."""
    tokens = list(tokens_in(fold(text).text))
    return all(_is_in(tokens, term) for term in query.wanted) and not any(
        _is_in(tokens, term) for term in query.unwanted
    )


def find_spans(query: SearchQuery, text: str) -> tuple[Span, ...]:
    """Return the parts of the text that are what was wanted, in order; none of them touches another."""
    folded = fold(text)
    tokens = list(tokens_in(folded.text))
    found = [
        Span(*folded.original(begin, end))
        for term in query.wanted
        for begin, end in _found(tokens, term)
        if begin < end
    ]
    return _join(sorted(found))


def has_link(text: str) -> bool:
    """Return whether a text has an address of the web in it."""
    # Most texts have none, and to see that they have neither of these takes a tenth of the time.
    return ("://" in text or "www." in text.lower()) and _LINK.search(text) is not None


def score(query: SearchQuery, text: str) -> float:
    """Return how well a text is what was wanted: the more, the more exactly, and the less else there is."""
    tokens = list(tokens_in(fold(text).text))
    points = sum(_points(tokens, term) for term in query.wanted)
    return points / (1 + len(tokens) / CROWD)


def _points(tokens: Sequence[Token], term: Term) -> float:
    """Return what a term counts: its best place, and a little for each of the others, the less the more there are."""
    each = sorted((_worth(tokens, place, term) for place in _places(tokens, term)), reverse=True)
    return sum(worth / (1 << number) for number, worth in enumerate(each[:REPEATS]))


def _worth(tokens: Sequence[Token], place: int, term: Term) -> float:
    piece = term.pieces[0]
    if piece.fit != "part" or tokens[place].text == piece.text:
        return WORD_POINTS
    return WORD_POINTS * (0.75 if tokens[place].text.startswith(piece.text) else 0.5)


def _is_in(tokens: Sequence[Token], term: Term) -> bool:
    return next(_places(tokens, term), None) is not None


def _places(tokens: Sequence[Token], term: Term) -> Iterator[int]:
    """Return at which tokens what a term looks for begins."""
    pieces = term.pieces
    first, more = pieces[0], pieces[1:]
    for place in range(len(tokens) - len(more)):
        if _fits(first, tokens[place]) and all(
            _fits(piece, tokens[place + offset]) for offset, piece in enumerate(more, 1)
        ):
            yield place


def _fits(piece: Piece, token: Token) -> bool:
    match piece.fit:
        case "word":
            return token.text == piece.text
        case "part":
            return piece.text in token.text
        case "beginning":
            return token.text.startswith(piece.text)


def _found(tokens: Sequence[Token], term: Term) -> Iterator[tuple[int, int]]:
    """Return which parts of the folded text a term has found."""
    first, last = term.pieces[0], term.pieces[-1]
    for place in _places(tokens, term):
        token, end = tokens[place], tokens[place + len(term.pieces) - 1]
        if first.fit == "part":
            begin = token.begin + token.text.index(first.text)
            yield begin, begin + len(first.text)
        else:
            yield token.begin, end.begin + len(last.text)


def _join(spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.begin <= joined[-1].end:
            joined[-1] = Span(joined[-1].begin, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
