"""Looking up in SQLite's search index.

The index gives candidates, the newest first, and `searching.is_hit` says which of them are hits: so what is found is
never more than the law allows. It can be less in one case: a part of a word stands for the words that contain it, of
which `WORDS_LIMIT` at most are looked for, itself and those that begin with it before the others.
"""

from collections.abc import Collection
from typing import Final

from hubbub.core.catalog import MESSAGE_EVENTS, Record
from hubbub.core.kinds import RoomId, Seq
from hubbub.service.searching import BEST_OF, SearchPage, SearchRequest, is_hit
from hubbub.stores.database import Connection, Rows
from hubbub.stores.message_operations import load_message
from hubbub.stores.operations import json_array
from hubbub.stores.rows import shown_record
from hubbub.stores.search_expression import Vocabulary, parts_in, write_expression
from hubbub.stores.search_ids import id_range
from hubbub.stores.search_paging import Finding, Found, Position, find_page

WORDS_LIMIT: Final = 1_000
"""Words that are looked for at once: each costs a few pages of the index."""

NAMED_ROOMS_SHARE: Final = 100
"""Where the rooms to look in have less than this part of all messages, the index is asked for them by name. Elsewhere
it is quicker to pass over what stands in other rooms."""

CANDIDATES_LIMIT: Final = 20_000
"""Candidates looked at before the person is told so, and may ask for more."""

TEXT_LIMIT: Final = 250_000
"""The same in characters: whoever fills a room with long messages would keep everybody else's searches waiting for
minutes. Half a second's work."""

ASCII_SHARE: Final = 8
"""So many characters of ASCII are looked at in the time of one that is none."""

_LAST_CHARACTER: Final = "\U0010ffff"
"""Behind everything a word may go on with."""


async def find(connection: Connection, request: SearchRequest) -> SearchPage:
    """Return the page that a request asks for."""
    if request.only is not None:
        return await find_page(request, _Listed(connection, request).newest)
    words = await _find_words(connection, request)
    expression = write_expression(request, words, await _rooms_to_name(connection, request.rooms))
    return await find_page(request, _Indexed(connection, request, expression).newest, width=1)


async def _rooms_to_name(connection: Connection, rooms: Collection[RoomId]) -> Collection[RoomId]:
    sizes: dict[RoomId, Seq] = dict(await connection.fetch(connection.statements.search.sizes))
    share = sum(sizes.get(room, 0) for room in rooms)
    return sorted(rooms) if share * NAMED_ROOMS_SHARE < sum(sizes.values()) else ()


async def _find_words(connection: Connection, request: SearchRequest) -> Vocabulary:
    parts = parts_in(request.query)
    return {part: await _find_words_with(connection, part, WORDS_LIMIT // len(parts)) for part in parts}


async def _find_words_with(connection: Connection, part: str, limit: int) -> list[str]:
    """Return the words that contain a part, those first that begin with it, then those that were used first."""
    statements = connection.statements.search
    beyond = part + _LAST_CHARACTER
    beginning = await connection.fetch(statements.words_beginning, word=part, beyond=beyond, limit=limit)
    left = limit - len(beginning)
    triples = {part[place : place + 3] for place in range(len(part) - 2)}
    parts = " AND ".join(f'"{triple}"' for triple in sorted(triples))
    inside = await connection.fetch(statements.words_with, parts=parts, word=part, limit=left) if left else ()
    return [word for (word,) in (*beginning, *inside)]


class _Indexed:
    """Hits by the index."""

    def __init__(self, connection: Connection, request: SearchRequest, expression: str | None) -> None:
        self._connection = connection
        self._request = request
        self._expression = expression
        self._rooms = json_array(request.rooms)

    async def newest(self, before: Position | None, limit: int) -> Finding:
        if self._expression is None:
            return Finding(())
        query = self._request.query
        low, high = id_range(query.since_ms, query.before_ms)
        high = high if before is None else min(high, _id_of(before))
        found: list[Found] = []
        looked_at, left = 0, TEXT_LIMIT
        while looked_at < CANDIDATES_LIMIT:
            wanted = min(max(limit - len(found), looked_at), BEST_OF)
            rows = await self._candidates(low, high, wanted)
            for id_, *row in rows:
                record = shown_record(tuple(row))
                left -= _effort(record)
                if is_hit(self._request, record):
                    found.append(Found((id_,), record))
                    if len(found) == limit:
                        return Finding(found)
                if left < 0:
                    return Finding(found, (id_,))
            if len(rows) < wanted:
                return Finding(found)
            high = rows[-1][0]
            looked_at += len(rows)
        return Finding(found, (high,))

    async def _candidates(self, low: int, high: int, limit: int) -> Rows:
        statements = self._connection.statements.search
        if not self._expression:
            return await self._connection.fetch(statements.find_any, low=low, high=high, rooms=self._rooms, limit=limit)
        return await self._connection.fetch(
            statements.find, wanted=self._expression, low=low, high=high, rooms=self._rooms, limit=limit
        )


class _Listed:
    """Hits among messages that are named."""

    def __init__(self, connection: Connection, request: SearchRequest) -> None:
        self._connection = connection
        self._request = request

    async def newest(self, before: Position | None, limit: int) -> Finding:
        found = []
        for room, seq in self._request.only or ():
            record = await load_message(self._connection, room, seq)
            records = () if record is None else (record,)
            found += [
                Found((record.time_ms, record.room, record.seq), record)
                for record in records
                if is_hit(self._request, record)
            ]
        found.sort(key=lambda hit: hit.position, reverse=True)
        return Finding([hit for hit in found if before is None or hit.position < before][:limit])


def _effort(record: Record) -> int:
    """Return how many characters' work it is to look at a message."""
    text = record.event.text if isinstance(record.event, MESSAGE_EVENTS) else ""
    return len(text) // ASCII_SHARE if text.isascii() else len(text)


def _id_of(position: Position) -> int:
    (id_,) = position
    return min(id_, id_range(None, None)[1])
