"""Indexing: what was said is got ready to be found, soon after, and never in the way of those who say more."""

import asyncio
from collections.abc import Mapping
from typing import Final

import structlog

from hubbub.core.kinds import RoomId, Seq
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
        self._heads: dict[RoomId, Seq] | None = None
        """Where something was said that is not indexed, and up to which record; None: anywhere."""
        self._is_due = False
        """Whether it will be woken, or works."""
        self._wake = asyncio.Event()

    def notice(self, heads: Mapping[RoomId, Seq]) -> None:
        """Get ready soon what was just kept in these rooms, up to these records."""
        if self._heads is not None:
            self._heads.update(heads)
        self._be_due()

    def look_everywhere(self) -> None:
        """Look for what another program has written, such as an import."""
        self._heads = None
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
            heads, self._heads = self._heads, {}
            try:
                await self._catch_up(heads)
            except StoreUnavailable as error:
                self._heads = None
                log.debug("store.unavailable", reason=str(error))
            except Exception:  # the error policy: a search does the same itself, and says what is wrong
                self._heads = None
                log.exception("indexing.failed")
            self._is_due = False
            if self._heads:
                self._be_due()

    async def _catch_up(self, heads: Mapping[RoomId, Seq] | None) -> None:
        """Index what there is up to these records, a step at a time; what comes meanwhile is the next round's."""
        began = self._clock.monotonic()
        while await self._store.index(INDEX_LIMIT, heads):
            if self._heads:
                await asyncio.sleep((self._clock.monotonic() - began) * REST)
            began = self._clock.monotonic()
