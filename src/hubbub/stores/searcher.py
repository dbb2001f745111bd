"""The searcher: searches in a database, by an index where it keeps one, else by looking at every message."""

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from hubbub.core.kinds import RoomId, Seq
from hubbub.service.ports import StoreUnavailable
from hubbub.service.searching import SearchPage, SearchRequest, finds_nothing
from hubbub.stores import search_index
from hubbub.stores.database import Database
from hubbub.stores.operations import json_array
from hubbub.stores.search_lookup import find
from hubbub.stores.search_scanning import scan

CATCH_UP_BATCH: Final = 256
"""Messages that a search indexes at a time, of those that are not yet."""

CATCH_UP_BATCHES: Final = 40
"""How often, before it goes on without the others and says so: after an update, or in the middle of an import."""


class Searcher:
    """Finds what was said, and keeps the index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def index(self, limit: int, heads: Mapping[RoomId, Seq] | None) -> int:
        """Index about so many messages that are not yet, up to these records or anywhere; return how many."""
        if not self._database.keeps_index:
            return 0
        if heads is None:
            return await self._database.write(lambda it: search_index.index(it, limit))
        # All of it where the writing is done, though the first part only reads: that connection has the pages at hand,
        # while another one has to read them anew after every commit.
        return await self._database.write(lambda it: search_index.index_up_to(it, heads, limit))

    async def search(self, request: SearchRequest) -> SearchPage:
        """Return a page; what was kept before is indexed first."""
        if not self._database.keeps_index:
            return await self._database.browse(lambda it: scan(it, request))
        try:
            is_complete = finds_nothing(request) or await self._catch_up(request)
        except StoreUnavailable:
            # With a full disk nothing can be indexed, and yet most can be found.
            is_complete = False
        page = await self._database.browse(lambda it: find(it, request))
        return replace(page, is_complete=page.is_complete and is_complete)

    async def _catch_up(self, request: SearchRequest) -> bool:
        """Index what these rooms have at this moment; return whether that was done."""
        rooms = json_array(request.rooms)
        behind = await self._database.read(lambda it: search_index.find_behind(it, rooms))
        for _ in range(CATCH_UP_BATCHES):
            if not behind:
                return True
            if not await self._database.write(lambda it: search_index.index_rooms(it, behind, CATCH_UP_BATCH)):
                return True
        return False

    async def purge(self, *, thoroughly: bool) -> int:
        """Let nothing stand in the index that was taken out of it: a bit at a time, so that nobody waits for long.

        Unless `thoroughly`, do only what is quick: the vocabulary forgets its words. Return for how many messages' sake
        the index was written anew; `note_purged` is to be told when they are gone from elsewhere as well.
        """
        if not self._database.keeps_index:
            return 0
        while await self._database.write(search_index.clean_words):
            pass
        removed = await self._database.read(search_index.count_removed) if thoroughly else 0
        if removed:
            has_more = await self._database.write(lambda it: search_index.merge(it, is_first=True))
            while has_more:
                has_more = await self._database.write(lambda it: search_index.merge(it, is_first=False))
        return removed

    async def note_purged(self, removed: int) -> None:
        """Note that nothing of so many messages is left, which were taken out before the purge."""
        await self._database.write(lambda it: search_index.note_merged(it, removed))
