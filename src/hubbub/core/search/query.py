"""Search queries: what people type to find messages, and what it means."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from hubbub.core.kinds import Refused
from hubbub.core.search.terms import fold, runs_in

QUERY_LIMIT: Final = 1_000
"""Most characters of a query."""

TERMS_LIMIT: Final = 32
"""Most words, phrases and filters of one query: each costs every search of its own."""

LEAST_PART: Final = 3
"""Letters of the shortest part of a word that finds it."""

Order = Literal["newest", "best"]
"""Which hits come first."""

Fit = Literal["word", "part", "beginning"]
"""How a piece fits a token: it is the same, it is somewhere in it, or the token begins with it."""


class Piece(msgspec.Struct, frozen=True):
    """What one token has to be like."""

    text: str
    fit: Fit = "word"


class Term(msgspec.Struct, frozen=True):
    """Something to look for: tokens that follow each other and fit these pieces. `part` stands alone."""

    pieces: tuple[Piece, ...]


class SearchQuery(msgspec.Struct, frozen=True):
    """What messages are looked for: those that every part of it lets through."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    authors: tuple[str, ...] = ()
    """Names: somebody so called has said it."""
    places: tuple[str, ...] = ()
    """Names of rooms and people: it was said in one of these."""
    since_ms: int | None = None
    """It was said then or later, in milliseconds since 1970 UTC."""
    before_ms: int | None = None
    """It was said earlier than that."""
    has_link: bool = False
    has_file: bool = False
    is_pinned: bool = False
    order: Order | None = None
    """None where the query does not say."""


def parse_query(text: str) -> SearchQuery:
    """Return what a query means. Raises `Refused` with `bad_query`."""
    if len(text) > QUERY_LIMIT:
        raise _bad(f"That search has {len(text)} characters, and {QUERY_LIMIT} is the most. Look for fewer words.")
    items = list(_items(text))
    if not items:
        raise _bad("Write what to look for, as in: tea, or from:ann tea")
    if len(items) > TERMS_LIMIT:
        raise _bad(f"That search has {len(items)} words and filters, and {TERMS_LIMIT} is the most. Use fewer.")
    query = SearchQuery()
    for item in items:
        query = _add(query, item)
    if query == SearchQuery(order=query.order):
        raise _bad("There is no letter and no digit in that search, and it finds nothing else.")
    return query


def term_of(text: str, *, is_phrase: bool) -> Term | None:
    """Return what to look for when somebody writes this; None where nothing of it can be found."""
    pieces = []
    runs = list(runs_in(fold(text).text))
    for number, (run, _, is_word) in enumerate(runs, 1):
        pieces += [Piece(run)] if is_word else _pieces_of(run, is_last=number == len(runs))
    if len(pieces) == 1 and not is_phrase and runs[0][2] and len(pieces[0].text) >= LEAST_PART:
        pieces = [Piece(pieces[0].text, "part")]
    return Term(tuple(pieces)) if pieces else None


def _pieces_of(run: str, *, is_last: bool) -> list[Piece]:
    """Return the pieces for a run of a script without spaces; what it is a part of may go on behind the last one."""
    pairs = [Piece(run[place : place + 2]) for place in range(len(run) - 1)]
    if not is_last:
        return [*pairs, Piece(run[-1])]
    return pairs or [Piece(run, "beginning")]


class _Item(NamedTuple):
    is_excluded: bool
    filter: str
    """Empty for a word or phrase."""
    text: str
    is_quoted: bool


_ITEM: Final = re.compile(
    r'(?P<minus>-?)(?:(?P<filter>from|in|before|after|has|is|order):)?(?:"(?P<quoted>[^"]*)(?P<end>"?)|(?P<plain>\S*))',
    re.IGNORECASE,
)
"""One word, phrase or filter; always fits."""

_QUOTES: Final = str.maketrans("“”„«»", '"' * 5)
"""What telephones and some languages write instead of a straight quote."""


def _items(text: str) -> Iterator[_Item]:
    text, place = text.translate(_QUOTES), 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        found = _ITEM.match(text, place)
        if found is None or found.end() == place:
            raise AssertionError(text)
        quoted = found["quoted"]
        if quoted is not None and not found["end"]:
            raise _bad('A quote was opened and not closed: put a " behind the phrase as well.')
        yield _Item(
            bool(found["minus"]),
            (found["filter"] or "").lower(),
            found["plain"] if quoted is None else quoted,
            quoted is not None,
        )
        place = found.end()


def _add(query: SearchQuery, item: _Item) -> SearchQuery:
    if item.filter:
        value = item.text.strip()
        if item.is_excluded:
            raise _bad(f"Only words and phrases can be left out, and -{item.filter}: is neither.")
        if not value:
            raise _bad(_MISSING[item.filter])
        return _FILTERS[item.filter](query, value)
    term = term_of(item.text, is_phrase=item.is_quoted)
    if term is None:
        return query
    if item.is_excluded:
        return replace(query, unwanted=(*query.unwanted, term))
    return replace(query, wanted=(*query.wanted, term))


def _add_before(query: SearchQuery, value: str) -> SearchQuery:
    begin_ms = _milliseconds(_day(value, "before"))
    return replace(query, before_ms=begin_ms if query.before_ms is None else min(begin_ms, query.before_ms))


def _add_after(query: SearchQuery, value: str) -> SearchQuery:
    end_ms = _milliseconds(_day(value, "after")) + _DAY_MS
    return replace(query, since_ms=end_ms if query.since_ms is None else max(end_ms, query.since_ms))


def _add_has(query: SearchQuery, value: str) -> SearchQuery:
    match value.lower():
        case "link" | "links":
            return replace(query, has_link=True)
        case "file" | "files":
            return replace(query, has_file=True)
        case _:
            raise _bad(f"A message can be looked for that has:link or has:file, not has:{value}.")


def _add_is(query: SearchQuery, value: str) -> SearchQuery:
    if value.lower() != "pinned":
        raise _bad(f"A message can be looked for that is:pinned, not is:{value}.")
    return replace(query, is_pinned=True)


def _add_order(query: SearchQuery, value: str) -> SearchQuery:
    match value.lower():
        case "newest":
            return replace(query, order="newest")
        case "best":
            return replace(query, order="best")
        case _:
            raise _bad(f"What is found is in order:newest or order:best, not order:{value}.")


_FILTERS: Final[Mapping[str, Callable[[SearchQuery, str], SearchQuery]]] = {
    "from": lambda query, value: replace(query, authors=(*query.authors, value)),
    "in": lambda query, value: replace(query, places=(*query.places, value)),
    "before": _add_before,
    "after": _add_after,
    "has": _add_has,
    "is": _add_is,
    "order": _add_order,
}

_MISSING: Final[Mapping[str, str]] = {
    "from": "Write who has said it right behind from: as in from:ann",
    "in": "Write where it was said right behind in: as in in:#lobby or in:@ann",
    "before": "Write a day right behind before: as in before:2026-11-25",
    "after": "Write a day right behind after: as in after:2026-11-25",
    "has": "Write what it has right behind has: as in has:link or has:file",
    "is": "Write what it is right behind is: as in is:pinned",
    "order": "Write what comes first right behind order: as in order:newest or order:best",
}

_DAY_MS: Final = 24 * 60 * 60 * 1_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DATE: Final = re.compile(r"\d{4}-\d\d?-\d\d?", re.ASCII)


def _day(value: str, word: str) -> datetime:
    """Return the beginning of a day in UTC."""
    if _DATE.fullmatch(value):
        year, month, day = map(int, value.split("-"))
        try:
            return datetime(year, month, day, tzinfo=UTC)
        except ValueError:
            pass
    raise _bad(f"{value} is no day. Write the year, the month and the day, as in {word}:2026-11-25")


def _milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def _bad(sentence: str) -> Refused:
    return Refused("bad_query", sentence)
