"""Searching without an index: one message after another, the newest first. Slow, and right by construction."""

from typing import Final

from hubbub.service.searching import SearchPage, SearchRequest, is_hit
from hubbub.stores.database import Connection
from hubbub.stores.operations import json_array
from hubbub.stores.rows import shown_record
from hubbub.stores.search_paging import Finding, Found, Position, find_page

SCAN_PAGE: Final = 500
"""Messages read at a time."""

SCAN_LIMIT: Final = 100_000
"""Messages looked at before the person is told so, and may ask for more."""

_AFTER_ALL: Final = (2**63 - 1, 0, 0)
"""Behind the newest message there can be."""


async def scan(connection: Connection, request: SearchRequest) -> SearchPage:
    """Return the page that a request asks for."""
    rooms = json_array(request.rooms)

    async def newest(before: Position | None, limit: int) -> Finding:
        found: list[Found] = []
        position = _AFTER_ALL if before is None else before
        for _ in range(SCAN_LIMIT // SCAN_PAGE):
            time_ms, room, seq = position
            rows = await connection.fetch(
                connection.statements.messages.newest,
                rooms=rooms,
                time_ms=min(time_ms, request.query.before_ms or time_ms),
                since_ms=request.query.since_ms or 0,
                room=room,
                seq=seq,
                limit=SCAN_PAGE,
            )
            for record in map(shown_record, rows):
                position = (record.time_ms, record.room, record.seq)
                if is_hit(request, record):
                    found.append(Found(position, record))
                    if len(found) == limit:
                        return Finding(found)
            if len(rows) < SCAN_PAGE:
                return Finding(found)
        return Finding(found, position)

    return await find_page(request, newest)
