"""Retention: what was said is erased when it is too old, or too much."""

from typing import Final

import structlog

from hubbub.core.house import House
from hubbub.core.kinds import RoomId
from hubbub.core.room import HOUSE_KEY, RoomKind
from hubbub.core.room_settings import Retention
from hubbub.service.ports import ERASE_LIMIT, Clock, Store
from hubbub.service.rooms import Rooms

DAY_MS: Final = 24 * 60 * 60 * 1_000
"""A day in milliseconds."""

REWRITE_SECONDS: Final = 24 * 60 * 60.0
"""How often the store's index is written anew, without what was erased: of millions of messages it takes a while."""

SPOKEN_IN: Final = (RoomKind.CHANNEL, RoomKind.DIRECT, RoomKind.HOUSE)
"""The kinds of rooms in which people say something."""

log = structlog.get_logger(__name__)


class Eraser:
    """Erases what is kept no longer, in rooms that are loaded or not."""

    def __init__(self, store: Store, rooms: Rooms, house: House, clock: Clock, keep_days: int) -> None:
        """Keep nothing longer than so many days in any room; 0 is for ever."""
        self._store = store
        self._rooms = rooms
        self._house = house
        self._clock = clock
        self.keep_days = keep_days
        """May change at any time."""
        # Whoever was here before may have been stopped before he got to it: the first sweep sees to that.
        self._is_dirty = True
        """Whether something was erased that may still stand in the store's files."""
        self._is_owing = True
        """Whether words of it may still stand in the store's index."""
        self._rewritten_at: float | None = None
        """When the index was last written anew."""

    async def sweep(self) -> None:
        """Erase all that is due. Raises `StoreUnavailable`; what was not reached comes next time."""
        for room, retention in (await self._due()).items():
            await self._erase(room, retention)
        now = self._clock.monotonic()
        is_due = self._rewritten_at is None or now - self._rewritten_at >= REWRITE_SECONDS
        if self._is_dirty or (self._is_owing and is_due):
            await self._purge(thoroughly=is_due)
            self._is_owing = not is_due
            self._rewritten_at = now if is_due else self._rewritten_at

    async def _purge(self, *, thoroughly: bool) -> None:
        # What is removed in the meantime may be too late for this purge: then it is for the next one.
        self._is_dirty = False
        try:
            await self._store.purge(thoroughly=thoroughly)
        except BaseException:
            self._is_dirty = True
            raise

    def notice_removal(self) -> None:
        """Have it purged with the next sweep that something was edited or deleted."""
        self._is_dirty = True

    async def _due(self) -> dict[RoomId, Retention]:
        """Return how long each room keeps what is said, of those that do not keep it for ever."""
        own = self._house.require_room(RoomKind.HOUSE, HOUSE_KEY).retention
        if not self.keep_days:
            return own.copy()
        heads = [head for kind in SPOKEN_IN for head in await self._store.list_rooms(kind)]
        return {head.id: _shorter(own.get(head.id, Retention()), self.keep_days) for head in heads}

    async def _erase(self, room: RoomId, retention: Retention) -> None:
        before_ms = self._clock.time_ms() - retention.keep_days * DAY_MS if retention.keep_days else 0
        keep = retention.keep_messages or None
        batches = 0
        while await self._store.erase_messages(room, before_ms, keep):
            self._is_dirty = True
            batches += 1
        if (live := self._rooms.get(room)) is not None:
            live.forget(before_ms, keep)
        if batches:
            log.info("messages.erased", room=room, at_most=batches * ERASE_LIMIT)


def _shorter(own: Retention, days: int) -> Retention:
    """Return how long a room keeps what is said on a server that keeps it for so many days at most."""
    return Retention(min(own.keep_days or days, days), own.keep_messages)
