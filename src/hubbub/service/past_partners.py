"""Past partners: guests who have left, and with whom somebody has talked.

Their conversations are his, and have no name any more: nobody is called so, or somebody else is. As long as nobody is,
he finds each by the name that the other had, the last one of several.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Final

from hubbub.core.conversations import partner
from hubbub.core.house import House
from hubbub.core.kinds import PersonId
from hubbub.core.names import find_key
from hubbub.core.room import RoomHead, RoomKind
from hubbub.service.ports import Store

CONVERSATIONS_LIMIT: Final = 500
"""Most conversations that are looked at, those begun last: for each the store is asked."""

LOOKED_THROUGH: Final = 20
"""Messages, the last of each, among which one of the other's must be, for that says what he was called."""


class PastPartners:
    """Knows what those were called."""

    def __init__(self, house: House, store: Store) -> None:
        self._house = house
        self._store = store

    async def find(self, person: PersonId, name: str) -> tuple[RoomHead, str] | None:
        """Return the conversation with whoever was called so, as nobody is now, and how he wrote it.

        Raises `StoreUnavailable`.
        """
        key = find_key(name)
        if not key:
            return None
        heads = await self._store.list_memberships(person)
        return await anext((found async for found in self._walk(person, heads) if find_key(found[1]) == key), None)

    async def names(self, person: PersonId, heads: Sequence[RoomHead]) -> dict[RoomHead, str]:
        """Return what the other was called in those of somebody's conversations that `find` would find."""
        found: dict[str, tuple[RoomHead, str]] = {}
        async for head, name in self._walk(person, heads):
            if self._house.find_named(name) is None:
                found.setdefault(find_key(name), (head, name))
        return dict(found.values())

    async def _walk(self, person: PersonId, heads: Sequence[RoomHead]) -> AsyncIterator[tuple[RoomHead, str]]:
        """Yield conversations with guests who are gone, and their names there, from the one that was begun last."""
        bygone = [head for head in heads if self._is_past(person, head)]
        for head in reversed(bygone[-CONVERSATIONS_LIMIT:]):
            name = await self._last_name(partner(person, head.key), head)
            if name:
                yield head, name

    def _is_past(self, person: PersonId, head: RoomHead) -> bool:
        if head.kind is not RoomKind.DIRECT or not head.seq:
            return False
        other = partner(person, head.key)
        # Of those whose accounts are deleted nobody is to know what they were called.
        return self._house.find_by_id(other) is None and other not in self._house.directory.closed

    async def _last_name(self, other: PersonId, head: RoomHead) -> str:
        messages = await self._store.load_messages(head.id, None, LOOKED_THROUGH)
        return next((message.event.name for message in reversed(messages) if message.event.author == other), "")
