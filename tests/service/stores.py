"""A store in memory whose failures and delays a test decides."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from hubbub.core.catalog import Record
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.room import RoomHead, RoomKind
from hubbub.service.ports import Draft, Snapshot, StoreUnavailable
from hubbub.stores.memory import MemoryStore
from tests.service.turns import turns

ANSWER_TURNS: Final = 10
"""How long answers are on their way that others may make untrue meanwhile: longer than a commit takes here."""


class ControlledStore(MemoryStore):
    """Fails when it is told to, as a full disk does, and writes only when it may."""

    def __init__(self) -> None:
        super().__init__()
        self.fails: Callable[[str], bool] = lambda _method: False
        """Asked before every work, by the name of the method, whether it fails."""
        self.batches: list[list[Draft]] = []
        """What was kept, a list for each transaction."""
        self.calls: list[str] = []
        """The names of all methods that were called."""
        self.read = 0
        """How many messages were read."""
        self.on_kept: Callable[[list[Record]], Awaitable[None]] | None = None
        """Awaited when something is kept and whoever wrote it does not know yet."""
        self.on_found: Callable[[], Awaitable[None]] | None = None
        """Awaited when one message was found and whoever looked for it does not know yet."""
        self.on_loading: Callable[[], Awaitable[None]] | None = None
        """Awaited before records are loaded."""
        self._may_write = asyncio.Event()
        self._may_write.set()

    def hold(self) -> None:
        """Let whoever writes wait from now on."""
        self._may_write.clear()

    def release(self) -> None:
        """Let those who wait go on."""
        self._may_write.set()

    def everything(self) -> dict[RoomId, list[Record]]:
        """Return all that is kept, without a turn of the loop."""
        return {head.id: list(self._of(head.id)) for head in self._heads}

    async def open_room(self, kind: RoomKind, key: str, name: str) -> RoomHead:
        """Open a room, or fail."""
        await self._enter("open_room")
        return await super().open_room(kind, key, name)

    async def list_memberships(self, person: PersonId) -> list[RoomHead]:
        """List somebody's rooms, or fail; the answer is on its way for some turns of the loop, as a database's is."""
        await self._enter("list_memberships")
        heads = await super().list_memberships(person)
        await turns(ANSWER_TURNS)
        return heads

    async def append(self, drafts: Sequence[Draft], time_ms: int) -> list[Record]:
        """Keep all or nothing, when it may."""
        await self._may_write.wait()
        await self._enter("append")
        records = await super().append(drafts, time_ms)
        self.batches.append(list(drafts))
        if self.on_kept is not None:
            await self.on_kept(records)
        return records

    async def append_elsewhere(self, drafts: Sequence[Draft]) -> list[Record]:
        """Keep what another node writes, which is under nobody's control."""
        return await super().append(drafts, 0)

    async def load_records(self, room: RoomId, after: Seq, limit: int) -> list[Record]:
        """Load records, or fail."""
        await self._enter("load_records")
        if self.on_loading is not None:
            await self.on_loading()
        return await super().load_records(room, after, limit)

    async def load_messages(self, room: RoomId, before: Seq | None, limit: int) -> list[Record]:
        """Load messages, or fail."""
        await self._enter("load_messages")
        found = await super().load_messages(room, before, limit)
        self.read += len(found)
        return found

    async def load_messages_after(self, room: RoomId, after: Seq, limit: int) -> list[Record]:
        """Load messages, or fail."""
        await self._enter("load_messages_after")
        found = await super().load_messages_after(room, after, limit)
        self.read += len(found)
        return found

    async def load_message(self, room: RoomId, seq: Seq) -> Record | None:
        """Load one message; what it says may be untrue when it arrives."""
        message = await super().load_message(room, seq)
        if self.on_found is not None:
            await self.on_found()
        return message

    async def load_snapshot(self, room: RoomId) -> Snapshot | None:
        """Load a snapshot, or fail."""
        await self._enter("load_snapshot")
        return await super().load_snapshot(room)

    async def save_snapshot(self, room: RoomId, snapshot: Snapshot) -> None:
        """Save a snapshot, or fail."""
        await self._enter("save_snapshot")
        await super().save_snapshot(room, snapshot)

    async def load_heads(self, rooms: Sequence[RoomId]) -> dict[RoomId, Seq]:
        """Look up heads, or fail."""
        await self._enter("load_heads")
        return await super().load_heads(rooms)

    async def _enter(self, method: str) -> None:
        await asyncio.sleep(0)
        self.calls.append(method)
        if self.fails(method):
            raise StoreUnavailable("the disk is full")
