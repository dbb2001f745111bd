"""Expressions: what FTS5 is asked. https://sqlite.org/fts5.html#full_text_query_syntax."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

from hubbub.core.kinds import RoomId
from hubbub.core.search.query import SearchQuery, Term
from hubbub.service.searching import Author, SearchRequest
from hubbub.stores.search_tokens import FILE, LINK, author_token, name_token, room_token

Vocabulary = Mapping[str, Sequence[str]]
"""The words that each part of a word stands for."""


def parts_in(query: SearchQuery) -> list[str]:
    """Return the parts of words that a query looks for, each once."""
    pieces = (piece for term in (*query.wanted, *query.unwanted) for piece in term.pieces)
    return list(dict.fromkeys(piece.text for piece in pieces if piece.fit == "part"))


def write_expression(request: SearchRequest, words: Vocabulary, rooms: Collection[RoomId]) -> str | None:
    """Return what to ask, empty where that would be anything at all; None where nothing can be found.

    `rooms` are named in it if there are any.
    """
    query = request.query
    wanted = [_in_column("text", _texts(term, words)) for term in query.wanted]
    if not all(wanted):
        return None
    wanted += [_in_column("meta", each) for each in _meta(request, rooms) if each]
    if not wanted:
        return ""
    unwanted = filter(None, (_in_column("text", _texts(term, words)) for term in query.unwanted))
    return " NOT ".join([f"({' AND '.join(wanted)})", *unwanted])


def _meta(request: SearchRequest, rooms: Collection[RoomId]) -> Iterable[list[str]]:
    yield [_quote(LINK)] if request.query.has_link else []
    yield [_quote(FILE)] if request.query.has_file else []
    yield [_quote(_author(author)) for author in request.authors]
    yield [_quote(room_token(room)) for room in rooms]


def _author(author: Author) -> str:
    return name_token(author.key) if author.id is None else author_token(author.id)


def _texts(term: Term, words: Vocabulary) -> list[str]:
    """Return what a term looks for: any of these."""
    last = term.pieces[-1]
    if last.fit == "part":
        return list(map(_quote, words[last.text]))
    phrase = _quote(" ".join(piece.text for piece in term.pieces))
    return [f"{phrase} *" if last.fit == "beginning" else phrase]


def _quote(tokens: str) -> str:
    """Return tokens, none of which has a quote in it, as they stand in an expression."""
    return f'"{tokens}"'


def _in_column(column: Literal["text", "meta"], strings: Collection[str]) -> str:
    """Return what asks for any of the strings, or nothing where there is none."""
    return f"{column} : ({' OR '.join(strings)})" if strings else ""
