"""Searching: what the service asks a store for, and which records that finds. This is the law for every store."""

from collections.abc import Mapping
from typing import Final

import msgspec

from hubbub.core.catalog import MESSAGE_EVENTS, AnyEvent, Record
from hubbub.core.features.messages import Said
from hubbub.core.files import FileView
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.names import find_key
from hubbub.core.search.matching import has_link, matches, score
from hubbub.core.search.query import Order, SearchQuery

SEARCH_LIMIT: Final = 50
"""Most hits on one page."""

BEST_OF: Final = 1_000
"""Of so many hits, the newest, the best come first; to weigh every one that a common word has would take seconds."""

INDEX_LIMIT: Final = 128
"""Messages that housekeeping indexes at a time: whoever says something meanwhile waits for no more than that."""


class Author(msgspec.Struct, frozen=True):
    """Somebody who may have said it: whoever he is or, where that is not known any more, whoever was called so."""

    id: PersonId | None
    key: str = ""
    """The comparison form of his name; only asked about without an id."""


class SearchRequest(msgspec.Struct, frozen=True):
    """What a store is asked to find."""

    query: SearchQuery
    """Its words and times; who and where stand below."""
    rooms: Mapping[RoomId, Seq]
    """Where to look, and behind which record in each."""
    limit: int
    order: Order = "newest"
    cursor: str = ""
    """Behind which hit to go on; empty at the beginning."""
    authors: tuple[Author, ...] = ()
    """One of them has said it; anybody, if there are none."""
    unheard: frozenset[PersonId] = frozenset()
    """None of them has said it."""
    nameless: frozenset[PersonId] = frozenset()
    """Nobody finds what they said by the names they had."""
    only: tuple[tuple[RoomId, Seq], ...] | None = None
    """It is one of these messages; None where any will do."""


class StoreHit(msgspec.Struct, frozen=True):
    """One message that was found."""

    record: Record
    cursor: str
    """What to ask with for those behind it."""


class SearchPage(msgspec.Struct, frozen=True):
    """What was found: the first hits behind the cursor."""

    hits: tuple[StoreHit, ...]
    cursor: str = ""
    """What to ask with for those behind them; empty where there are no others."""
    is_complete: bool = True
    """Whether all that was kept before has been looked through, up to the last hit."""


NOTHING_FOUND: Final = SearchPage(())


def finds_nothing(request: SearchRequest) -> bool:
    """Return whether no record whatever can be a hit."""
    return not request.rooms or request.only == ()


def is_hit(request: SearchRequest, record: Record) -> bool:
    """Return whether a record is what a request looks for."""
    query, event = request.query, record.event
    if not isinstance(event, MESSAGE_EVENTS) or (query.has_file and not files_of(event)):
        return False
    begin = request.rooms.get(record.room)
    if begin is None or record.seq <= begin or not _is_in_time(query, record.time_ms):
        return False
    if event.author in request.unheard or not _is_by_any(request, event.author, event.name):
        return False
    if request.only is not None and (record.room, record.seq) not in request.only:
        return False
    return (not query.has_link or has_link(event.text)) and matches(query, with_names(event.text, event))


def rank(request: SearchRequest, record: Record) -> float:
    """Return how good a hit is."""
    event = record.event
    return score(request.query, with_names(event.text, event)) if isinstance(event, MESSAGE_EVENTS) else 0.0


def files_of(event: AnyEvent) -> tuple[FileView, ...]:
    """Return the files that stand with what was said."""
    return event.files if isinstance(event, Said) else ()


def with_names(text: str, event: AnyEvent) -> str:
    """Return the text by which a message is found that says this: the names of its files belong to it."""
    files = files_of(event)
    return "\n".join([text, *(view.name for view in files)]) if files else text


def _is_in_time(query: SearchQuery, time_ms: int) -> bool:
    return (query.since_ms is None or time_ms >= query.since_ms) and (
        query.before_ms is None or time_ms < query.before_ms
    )


def _is_by_any(request: SearchRequest, person: PersonId, name: str) -> bool:
    if not request.authors:
        return True
    return any(
        author.id == person
        if author.id is not None
        else person not in request.nameless and author.key == find_key(name)
        for author in request.authors
    )
