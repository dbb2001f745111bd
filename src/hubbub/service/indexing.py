"""Indexing: what was said is got ready to be found, soon after, and never in the way of those who say more."""

import asyncio
from typing import Final

import structlog

from hubbub.service.ports import Clock, Store, StoreUnavailable
from hubbub.service.searching import INDEX_LIMIT

INDEX_SECONDS: Final = 0.5
"""How long after something was said: what is said until then is got ready with it. Who searches before waits for that
moment's work himself."""

REST: Final = 2.0
"""While people go on talking, each step is followed by a rest of so many times its length."""

log = structlog.get_logger(__name__)


class Indexer:
    """Keeps a store's index up with what is said."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._is_due = False
        """Whether it will be woken, or works."""
        self._is_behind = False
        """Whether something was said since the last step began."""
        self._wake = asyncio.Event()

    def notice(self) -> None:
        """Get ready soon what was just kept."""
        self._is_behind = True
        if not self._is_due:
            self._is_due = True
            self._clock.call_later(INDEX_SECONDS, self._wake.set)

    async def run(self) -> None:
        """Work whenever there is something to do, until cancelled."""
        self.notice()
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._catch_up()
            except StoreUnavailable as error:
                log.debug("store.unavailable", reason=str(error))
            except Exception:  # the error policy: a search does the same itself, and says what is wrong
                log.exception("indexing.failed")
            self._is_due = False

    async def _catch_up(self) -> None:
        is_behind = True
        while is_behind:
            self._is_behind = False
            began = self._clock.monotonic()
            count = await self._store.index(INDEX_LIMIT)
            # What was said while it looked may be what it found missing, or come too late for that.
            is_behind = count > 0 or self._is_behind
            if count and self._is_behind:
                await asyncio.sleep((self._clock.monotonic() - began) * REST)
