"""The notebook in a database: SQLite or PostgreSQL, one code path."""

from collections.abc import Collection, Sequence

from hubbub.core.kinds import PersonId, RoomId
from hubbub.core.levels import Level
from hubbub.core.unread import Count, Mark, Stretch
from hubbub.service.notebook import MarkSet, Mention, Place
from hubbub.stores import notebook_operations as operations
from hubbub.stores.database import Database


class SqlNotebook:
    """Keeps notes in the database of a store, which opens and closes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load_marks(self, person: PersonId) -> dict[Place, Mark]:
        """Return how far somebody has read."""
        return await self._database.read(lambda it: operations.load_marks(it, person))

    async def save_marks(self, marks: Sequence[MarkSet]) -> None:
        """Keep these marks instead of the earlier ones."""
        await self._database.write(lambda it: operations.save_marks(it, marks))

    async def count(self, person: PersonId, deaf: Collection[PersonId], stretches: Sequence[Stretch]) -> list[Count]:
        """Return what somebody has not read in each of these."""
        return await self._database.read(lambda it: operations.count(it, person, deaf, stretches))

    async def load_drafts(self, person: PersonId) -> dict[RoomId, str]:
        """Return what somebody has begun to write."""
        return await self._database.read(lambda it: operations.load_drafts(it, person))

    async def save_draft(self, person: PersonId, room: RoomId, text: str) -> None:
        """Keep what he has begun to write in a room."""
        await self._database.write(lambda it: operations.save_draft(it, person, room, text))

    async def load_levels(self, person: PersonId) -> dict[RoomId, Level]:
        """Return of what somebody is told in which room."""
        return await self._database.read(lambda it: operations.load_levels(it, person))

    async def save_level(self, person: PersonId, room: RoomId, level: Level) -> None:
        """Keep of what he is told in a room."""
        await self._database.write(lambda it: operations.save_level(it, person, room, level))

    async def load_follows(self, person: PersonId) -> list[Place]:
        """Return the threads that somebody follows."""
        return await self._database.read(lambda it: operations.load_follows(it, person))

    async def save_follow(self, person: PersonId, place: Place, *, is_following: bool) -> None:
        """Let somebody follow a thread, or not."""
        await self._database.write(lambda it: operations.save_follow(it, person, place, is_following=is_following))

    async def load_mentions(self, room: RoomId) -> set[Mention]:
        """Return who is called by a room's messages."""
        return await self._database.read(lambda it: operations.load_mentions(it, room))

    async def mend_mentions(self, room: RoomId, missing: Collection[Mention], wrong: Collection[Mention]) -> None:
        """Note what is missing, and forget what is wrong."""
        await self._database.write(lambda it: operations.mend_mentions(it, room, missing, wrong))

    async def forget(self, person: PersonId) -> None:
        """Forget all that somebody has noted."""
        await self._database.write(lambda it: operations.forget(it, person))
