"""Indexing: what was said is got ready to be found, soon after, and never in the way of those who say more."""

import asyncio
from collections.abc import Iterable
from typing import Final

import structlog

from hubbub.core.kinds import RoomId
from hubbub.service.ports import Clock, Store, StoreUnavailable
from hubbub.service.searching import INDEX_LIMIT

INDEX_SECONDS: Final = 2.0
"""How long after something was said: what is said until then is got ready with it, in one go and not one by one, which
costs far less. Who searches before waits for that moment's work himself."""

REST: Final = 2.0
"""While people go on talking, each step is followed by a rest of so many times its length."""

log = structlog.get_logger(__name__)


class Indexer:
    """Keeps a store's index up with what is said."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._rooms: set[RoomId] | None = None
        """Where something was said that is not indexed, as far as it is known; None: anywhere."""
        self._is_due = False
        """Whether it will be woken, or works."""
        self._wake = asyncio.Event()

    def notice(self, rooms: Iterable[RoomId]) -> None:
        """Get ready soon what was just kept in these rooms."""
        if self._rooms is not None:
            self._rooms.update(rooms)
        self._be_due()

    def look_everywhere(self) -> None:
        """Look for what another program has written, such as an import."""
        self._rooms = None
        self._be_due()

    def _be_due(self) -> None:
        if not self._is_due:
            self._is_due = True
            self._clock.call_later(INDEX_SECONDS, self._wake.set)

    async def run(self) -> None:
        """Work whenever there is something to do, until cancelled. At first it looks for what was left undone."""
        self._be_due()
        while True:
            await self._wake.wait()
            self._wake.clear()
            rooms, self._rooms = self._rooms, set()
            try:
                await self._catch_up(rooms)
            except StoreUnavailable as error:
                self._rooms = None
                log.debug("store.unavailable", reason=str(error))
            except Exception:  # the error policy: a search does the same itself, and says what is wrong
                self._rooms = None
                log.exception("indexing.failed")
            self._is_due = False
            if self._rooms:
                self._be_due()

    async def _catch_up(self, rooms: set[RoomId] | None) -> None:
        """Index what these rooms have, a step at a time."""
        while True:
            began = self._clock.monotonic()
            if await self._store.index(INDEX_LIMIT, rooms) < INDEX_LIMIT:
                return
            if self._rooms:
                await asyncio.sleep((self._clock.monotonic() - began) * REST)
