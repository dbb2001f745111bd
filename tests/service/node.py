"""One node of the service, joined as the server joins it, without a port."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from hubbub.core.access import Access
from hubbub.core.catalog import Record
from hubbub.core.kinds import Refused, Seq
from hubbub.core.limits import Limits
from hubbub.core.room import AUDIT_KEY, DIRECTORY_KEY, HOUSE_KEY, LOBBY, RoomKind
from hubbub.fabrics.local import LocalFabric
from hubbub.server.node import Node as ServerNode
from hubbub.server.node import Rules
from hubbub.service.outbox import Volley
from hubbub.service.passwords import Passwords
from hubbub.service.peers import Peer
from hubbub.service.ports import Fabric
from hubbub.service.posting import Poster
from hubbub.service.rooms import LiveRoom
from hubbub.stores.file_storage import FileStorage
from hubbub.stores.memory import MemoryStore
from hubbub.stores.memory_blobs import MemoryBlobs
from hubbub.stores.memory_hooks import MemoryHooks
from hubbub.stores.memory_notebook import MemoryNotebook
from hubbub.stores.memory_shelf import MemoryShelf
from hubbub.stores.memory_vault import MemoryVault
from hubbub.stores.pictures.process import PictureProcesses
from hubbub.stores.spool import FolderSpool
from hubbub.stores.sql import Storage
from tests.service.cheap import CHEAP
from tests.service.clock import ManualClock

T = TypeVar("T")

HISTORY_ON_ARRIVAL: Final = 20
DEFAULTS: Final = Limits()
ANYONE: Final = Access()
NO_FILES: Final = FileStorage(FolderSpool(Path("/nowhere")), MemoryBlobs(lambda: 0), PictureProcesses())
"""Where tests of everything else keep files; `tests.service.files` has one that does."""

EVERYTHING: Final = 1_000_000
"""More records than any test makes."""


class Node(ServerNode):
    """House, rooms, scribe and the others; a test asks them as gateways do."""

    clock: ManualClock

    def __init__(
        self,
        store: MemoryStore | None = None,
        fabric: Fabric | None = None,
        limits: Limits = DEFAULTS,
        history_on_arrival: int = HISTORY_ON_ARRIVAL,
        access: Access = ANYONE,
        vault: MemoryVault | None = None,
        storage: Storage | None = None,
        files: FileStorage = NO_FILES,
        poster: Poster | None = None,
        volley: Volley | None = None,
    ) -> None:
        """Run over `storage`, or else over a store and all that belongs to it in memory, but for what is in files.

        Webhooks are posted to `poster`.
        """
        memory = store or MemoryStore()
        storage = storage or Storage(
            memory, vault or MemoryVault(), MemoryNotebook(memory), MemoryShelf(memory), files, MemoryHooks()
        )
        self.storage = storage
        self.store = storage.store
        self.fabric = fabric or LocalFabric()
        self.clock = ManualClock()
        self.limits = limits
        self.safe = True
        """Whether passwords may be sent."""
        super().__init__(
            storage,
            self.fabric,
            self.clock,
            Rules(limits, access, history_on_arrival),
            self._require_safe,
            Passwords(CHEAP),
            make_poster=(lambda: _given(poster)) if poster else None,
            volley=volley,
        )
        self.writing: asyncio.Task[None] | None = None
        """The scribe at work; it ends only when it is cancelled, or by a bug."""

    def _require_safe(self, peer: Peer) -> None:
        if not self.safe:
            raise Refused("needs_encryption", f"Others can read what comes from {peer.place}.")

    async def settle(self) -> None:
        """Wait until all that was submitted, and all that came of it, is kept or refused."""
        await self.unless_broken(asyncio.ensure_future(self.scribe.drain()))

    async def answer_all(self) -> None:
        """Wait until nothing that was asked is being carried out any more, on a thread or here."""
        while tasks := list(self.requests._tasks):  # noqa: SLF001 - nobody else has to know
            await asyncio.wait(tasks)
        await self.settle()

    async def unless_broken(self, awaited: asyncio.Future[T]) -> T:
        """Wait for something that the scribe has to do; raises what it has ended by, if it has."""
        assert self.writing is not None
        pending: set[asyncio.Future[Any]] = {awaited, self.writing}
        await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        if not awaited.done():
            awaited.cancel()
            self.writing.result()
        return await awaited

    async def open_channel(self, name: str = LOBBY) -> LiveRoom:
        """Return a channel, loading it if need be."""
        return await self.rooms.open(RoomKind.CHANNEL, name, name)

    async def kept(self, name: str = LOBBY) -> list[Record]:
        """Return everything the store has of a channel."""
        head = await self.store.find_room(RoomKind.CHANNEL, name)
        assert head is not None
        return await self.store.load_records(head.id, Seq(0), EVERYTHING)


async def _given(poster: Poster) -> Poster:
    return poster


def agree(live: LiveRoom) -> bool:
    """Say whether decisions see a room as it is kept; for them its `seq` and the time of its topic mean nothing."""
    ahead, settled = live.ahead, live.settled
    topics = [room.topic and (room.topic.text, room.topic.name) for room in (ahead, settled)]
    names = [{one: member.name for one, member in room.members.items()} for room in (ahead, settled)]
    return (topics[0], names[0], ahead.blocks) == (topics[1], names[1], settled.blocks)


@asynccontextmanager
async def running(node: Node) -> AsyncIterator[Node]:
    """Let a node run; whoever ends the scribe by a fault of his fails the test."""
    await node.requests.repeats.open(node.store)
    await node.fabric.open(node.delivery.receive)
    node.writing = writing = asyncio.create_task(node.scribe.run())
    try:
        await node.rooms.open(RoomKind.DIRECTORY, DIRECTORY_KEY, "", pinned=True)
        await node.rooms.open(RoomKind.AUDIT, AUDIT_KEY, "", pinned=True)
        await node.rooms.open(RoomKind.HOUSE, HOUSE_KEY, "", pinned=True)
        await node.rooms.open(RoomKind.CHANNEL, LOBBY, LOBBY, pinned=True)
        yield node
        if writing.done():
            writing.result()
    finally:
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        await node.fabric.close()
