"""Finding: what somebody finds of all that was said in his rooms and conversations."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from hubbub.core.catalog import Record
from hubbub.core.conversations import CONVERSATION, conversation_name
from hubbub.core.features.membership import require_member
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refused, RoomId, Seq
from hubbub.core.message_answers import Found, Hit
from hubbub.core.names import find_key
from hubbub.core.permissions import hidden_until, require_visible
from hubbub.core.queries import FindMessages
from hubbub.core.room import RoomHead, RoomKind, direct_key
from hubbub.core.search.matching import find_spans
from hubbub.core.search.query import SearchQuery, parse_query
from hubbub.service.pages import Pages
from hubbub.service.ports import Clock, Store
from hubbub.service.rooms import Rooms
from hubbub.service.searching import SEARCH_LIMIT, Author, SearchPage, SearchRequest

ME: Final = "me"
"""Whoever asks, unless somebody is called so."""

MARKED_AT_ONCE: Final = 4_000
"""Characters in which what was found is marked without a thread: a few milliseconds' work."""


class Finding:
    """Searches for people."""

    def __init__(self, house: House, rooms: Rooms, store: Store, pages: Pages, clock: Clock) -> None:
        self._house = house
        self._rooms = rooms
        self._store = store
        self._pages = pages
        self._clock = clock

    async def answer(self, person: Person, asked: FindMessages) -> Found:
        """Return a page of what was found. Raises `Refused` and `StoreUnavailable`."""
        query = _within(parse_query(asked.text), asked)
        conversations = await self._conversations(person)
        begins = self._begins(person, query, conversations)
        request = SearchRequest(
            query,
            begins,
            min(max(asked.limit, 1), SEARCH_LIMIT),
            query.order or asked.order,
            asked.cursor,
            tuple(self._author(person, name) for name in query.authors),
            self._house.blocked_by(person.id, self._clock.time_ms()),
            frozenset(self._house.directory.closed),
            self._pinned(begins) if query.is_pinned else None,
        )
        try:
            page = await self._store.search(request)
        except ValueError as error:
            raise Refused("bad_query", "That search cannot be continued. Begin it again.") from error
        return await self._found(person, asked, query, page, conversations)

    async def _conversations(self, person: Person) -> dict[RoomId, RoomHead]:
        heads = await self._store.list_memberships(person.id)
        return {head.id: head for head in heads if head.kind is RoomKind.DIRECT}

    def _begins(
        self, person: Person, query: SearchQuery, conversations: Mapping[RoomId, RoomHead]
    ) -> dict[RoomId, Seq]:
        """Return where to look, and behind which record: in all that the person may read, or in what he names."""
        if query.places:
            rooms = {self._place(person, place, conversations) for place in query.places}
        else:
            rooms = {*person.channels, *conversations}
        return {
            room: begin
            for room in rooms
            if room is not None and (begin := self._begin(person, room, conversations)) is not None
        }

    def _begin(self, person: Person, room: RoomId, conversations: Mapping[RoomId, RoomHead]) -> Seq | None:
        live = self._rooms.get(room)
        if live is None:
            return Seq(0) if room in conversations else None
        return hidden_until(live.settled, person.id)

    def _place(self, person: Person, place: str, conversations: Mapping[RoomId, RoomHead]) -> RoomId | None:
        """Return which room is meant: a channel, or the conversation with somebody; None where there was none yet."""
        if not place.startswith("#"):
            other = self._find_person(person, place.removeprefix(CONVERSATION))
            if other is not None:
                key = direct_key({person.id, other})
                return next((room for room, head in conversations.items() if head.key == key), None)
            if place.startswith(CONVERSATION):
                raise Refused("unknown_person", f"User '{place[1:]}' not found.")
        room = require_visible(self._house, place, person.id)
        require_member(room, person.id)
        return room.id

    def _find_person(self, person: Person, name: str) -> PersonId | None:
        found = self._house.find_named(name)
        if found is not None:
            return found.id
        return person.id if name.lower() == ME else None

    def _author(self, person: Person, name: str) -> Author:
        """Return who is called so or, if nobody is, whoever was called so when he said something."""
        name = name.removeprefix(CONVERSATION)
        found = self._find_person(person, name)
        if found is not None:
            return Author(found)
        key = find_key(name)
        if not key:
            raise Refused("unknown_person", f"Nobody can be called '{name}'.")
        return Author(None, key)

    def _pinned(self, begins: Mapping[RoomId, Seq]) -> tuple[tuple[RoomId, Seq], ...]:
        live = filter(None, map(self._rooms.get, begins))
        return tuple((room.id, seq) for room in live for seq in room.settled.pins)

    async def _found(
        self,
        person: Person,
        asked: FindMessages,
        query: SearchQuery,
        page: SearchPage,
        conversations: Mapping[RoomId, RoomHead],
    ) -> Found:
        heard = self._pages.heard(person, [hit.record for hit in page.hits], oldest=True)
        spans = await _mark(query, heard)
        names = [self._room_name(person, one, conversations) for one in heard]
        hits = tuple(Hit(*hit) for hit in zip(names, heard, spans, strict=True))
        return Found(asked.text, hits, _go_on(page, heard), is_complete=page.is_complete)

    def _room_name(self, person: Person, record: Record, conversations: Mapping[RoomId, RoomHead]) -> str:
        head = conversations.get(record.room)
        if head is None:
            live = self._rooms.get(record.room)
            return "" if live is None else live.settled.name
        return conversation_name(self._house, person.id, head.key)


def _within(query: SearchQuery, asked: FindMessages) -> SearchQuery:
    """Return the query for what was said within the times that are asked for besides."""
    since = [time for time in (query.since_ms, asked.since_ms) if time is not None]
    before = [time for time in (query.before_ms, asked.before_ms) if time is not None]
    return replace(query, since_ms=max(since, default=None), before_ms=min(before, default=None))


def _go_on(page: SearchPage, heard: Sequence[Record]) -> str:
    """Return where the next page begins, when only these hits did fit on this one."""
    if not heard:
        return page.cursor
    last = (heard[-1].room, heard[-1].seq)
    place = next(place for place, hit in enumerate(page.hits, 1) if (hit.record.room, hit.record.seq) == last)
    return page.cursor if place == len(page.hits) else page.hits[place - 1].cursor


def _text(record: Record) -> str:
    text: str = getattr(record.event, "text", "")
    return text


async def _mark(query: SearchQuery, records: Sequence[Record]) -> list[tuple[tuple[int, int], ...]]:
    """Return what was found in each; on a thread where that takes long enough for others to notice."""
    if sum(len(_text(record)) for record in records) < MARKED_AT_ONCE:
        return [_spans(query, record) for record in records]
    return await asyncio.to_thread(lambda: [_spans(query, record) for record in records])


def _spans(query: SearchQuery, record: Record) -> tuple[tuple[int, int], ...]:
    return tuple((span.begin, span.end) for span in find_spans(query, _text(record)))
