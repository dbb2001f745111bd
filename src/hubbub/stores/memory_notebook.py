"""The reference: a notebook in memory, which counts by the rule itself and forgets everything when the process ends."""

import asyncio
from collections.abc import Collection, Sequence

from hubbub.core.kinds import PersonId, RoomId
from hubbub.core.levels import Level
from hubbub.core.unread import Count, Mark, Stretch, count_unread
from hubbub.service.notebook import MarkSet, Mention, Place
from hubbub.stores.memory import MemoryStore


class MemoryNotebook:
    """Keeps notes in dictionaries, beside a store in memory. Several nodes of one process may share it.

    Every method first yields to the loop, as a database would, so that races show.
    """

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self._marks, self._drafts, self._levels = store.marks, store.drafts, store.levels

    async def load_marks(self, person: PersonId) -> dict[Place, Mark]:
        """Return how far somebody has read."""
        await asyncio.sleep(0)
        return self._marks.get(person, {}).copy()

    async def save_marks(self, marks: Sequence[MarkSet]) -> None:
        """Keep these marks instead of the earlier ones."""
        await asyncio.sleep(0)
        for it in marks:
            self._marks.setdefault(it.person, {})[Place(it.room, it.thread)] = it.mark

    async def count(self, person: PersonId, deaf: Collection[PersonId], stretches: Sequence[Stretch]) -> list[Count]:
        """Return what somebody has not read in each of these."""
        await asyncio.sleep(0)
        return [count_unread(person, deaf, stretch, self._store.messages_of(stretch.room)) for stretch in stretches]

    async def load_drafts(self, person: PersonId) -> dict[RoomId, str]:
        """Return what somebody has begun to write."""
        await asyncio.sleep(0)
        return self._drafts.get(person, {}).copy()

    async def save_draft(self, person: PersonId, room: RoomId, text: str) -> None:
        """Keep what he has begun to write in a room."""
        await asyncio.sleep(0)
        drafts = self._drafts.setdefault(person, {})
        drafts[room] = text
        if not text:
            del drafts[room]

    async def load_levels(self, person: PersonId) -> dict[RoomId, Level]:
        """Return of what somebody is told in which room."""
        await asyncio.sleep(0)
        return self._levels.get(person, {}).copy()

    async def save_level(self, person: PersonId, room: RoomId, level: Level) -> None:
        """Keep of what he is told in a room."""
        await asyncio.sleep(0)
        levels = self._levels.setdefault(person, {})
        levels[room] = level
        if level == "default":
            del levels[room]

    async def load_follows(self, person: PersonId) -> list[Place]:
        """Return the threads that somebody follows."""
        await asyncio.sleep(0)
        follows = self._store.follows.items()
        return [Place(room, thread) for (one, room, thread), follows_it in follows if one == person and follows_it]

    async def save_follow(self, person: PersonId, place: Place, *, is_following: bool) -> None:
        """Let somebody follow a thread, or not."""
        await asyncio.sleep(0)
        self._store.follows[person, place.room, place.thread] = is_following

    async def load_mentions(self, room: RoomId) -> set[Mention]:
        """Return who is called by a room's messages: always what they say, for nothing else is noted here."""
        await asyncio.sleep(0)
        return {Mention(one, message.seq) for message in self._store.messages_of(room) for one in message.calls}

    async def mend_mentions(self, room: RoomId, missing: Collection[Mention], wrong: Collection[Mention]) -> None:
        """Do nothing: nothing can be missing or wrong."""

    async def forget(self, person: PersonId) -> None:
        """Forget all that somebody has noted."""
        await asyncio.sleep(0)
        self._marks.pop(person, None)
        self._drafts.pop(person, None)
        self._levels.pop(person, None)
        for key in [key for key in self._store.follows if key[0] == person]:
            del self._store.follows[key]
