"""Webhooks in a database: SQLite or PostgreSQL, one code path."""

from hubbub.core.kinds import PersonId, RoomId
from hubbub.service.hook_store import AnyHook, HookId, IncomingHook, OutgoingHook, Progress
from hubbub.stores import hook_operations as operations
from hubbub.stores.database import NUL, Database


class SqlHooks:
    """Keeps webhooks in the database of a store, which opens and closes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, hook: AnyHook) -> None:
        """Keep a new webhook."""
        await self._database.write(lambda it: operations.add(it, hook))

    async def find(self, hook: HookId) -> AnyHook | None:
        """Return the webhook of that id, or None."""
        return None if NUL in hook else await self._database.read(lambda it: operations.find(it, hook))

    async def find_secret(self, secret_hash: bytes) -> IncomingHook | None:
        """Return the webhook with that secret, or None."""
        return await self._database.read(lambda it: operations.find_secret(it, secret_hash))

    async def list_room(self, room: RoomId) -> list[AnyHook]:
        """Return a channel's webhooks, the oldest first."""
        return await self._database.read(lambda it: operations.list_room(it, room))

    async def list_outgoing(self) -> list[OutgoingHook]:
        """Return all webhooks that are posted to, the oldest first."""
        return await self._database.read(operations.list_outgoing)

    async def count_made_by(self, account: PersonId) -> int:
        """Return how many webhooks of somebody's there are."""
        return await self._database.read(lambda it: operations.count_made_by(it, account))

    async def note_use(self, hook: HookId, time_ms: int) -> None:
        """Remember when something was said by a webhook, unless a later time is known."""
        await self._database.write(lambda it: operations.note_use(it, hook, time_ms))

    async def save_progress(self, hook: HookId, progress: Progress) -> None:
        """Keep how far posting has come."""
        await self._database.write(lambda it: operations.save_progress(it, hook, progress))

    async def delete(self, hook: HookId) -> bool:
        """Forget a webhook, and return whether there was one."""
        return await self._database.write(lambda it: operations.delete(it, hook))
