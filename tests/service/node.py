"""One node of the service, joined as the server joins it, without a port."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, TypeVar

from hubbub.core.catalog import Record
from hubbub.core.house import House
from hubbub.core.kinds import Seq
from hubbub.core.limits import Limits
from hubbub.core.room import HOUSE_KEY, LOBBY, RoomKind
from hubbub.fabrics.local import LocalFabric
from hubbub.service.delivery import Delivery
from hubbub.service.people import People
from hubbub.service.ports import Fabric, Store
from hubbub.service.reading import Reading
from hubbub.service.requests import Requests
from hubbub.service.rooms import LiveRoom, Rooms
from hubbub.service.scribe import Scribe
from hubbub.service.sessions import Sessions
from hubbub.stores.memory import MemoryStore
from tests.service.clock import ManualClock

T = TypeVar("T")

HISTORY_ON_ARRIVAL: Final = 20
DEFAULTS: Final = Limits()
EVERYTHING: Final = 1_000_000
"""More records than any test makes."""


class Node:
    """House, rooms, scribe and the others; a test asks them as gateways do."""

    def __init__(
        self,
        store: Store | None = None,
        fabric: Fabric | None = None,
        limits: Limits = DEFAULTS,
        history_on_arrival: int = HISTORY_ON_ARRIVAL,
    ) -> None:
        self.store = store or MemoryStore()
        self.fabric = fabric or LocalFabric()
        self.clock = ManualClock()
        self.limits = limits
        self.house = House()
        self.sessions = Sessions()
        self.rooms = Rooms(self.store, self.fabric, self.house)
        self.delivery = Delivery(self.store, self.rooms, self.house, self.sessions)
        self.scribe = Scribe(self.store, self.fabric, self.rooms, self.delivery, self.clock)
        self.people = People(self.house, self.sessions, self.rooms, self.scribe, self.clock)
        self.reading = Reading(self.house, self.rooms, self.store, history_on_arrival, limits.outbox_bytes)
        self.requests = Requests(self.house, self.rooms, self.scribe, self.sessions, self.reading, self.clock, limits)
        if not self.fabric.reaches_others:
            self.rooms.on_load(self.people.clear_absent)
        self.writing: asyncio.Task[None] | None = None
        """The scribe at work; it ends only when it is cancelled, or by a bug."""

    async def settle(self) -> None:
        """Wait until all that was submitted, and all that came of it, is kept or refused."""
        await self.unless_broken(asyncio.ensure_future(self.scribe.drain()))

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


def agree(live: LiveRoom) -> bool:
    """Say whether decisions see a room as it is kept; for them its `seq` and the time of its topic mean nothing."""
    ahead, settled = live.ahead, live.settled
    topics = [room.topic and (room.topic.text, room.topic.name) for room in (ahead, settled)]
    return topics[0] == topics[1] and (ahead.members, ahead.blocks) == (settled.members, settled.blocks)


@asynccontextmanager
async def running(node: Node) -> AsyncIterator[Node]:
    """Let a node run; whoever ends the scribe by a fault of his fails the test."""
    await node.fabric.open(node.delivery.receive)
    node.writing = writing = asyncio.create_task(node.scribe.run())
    try:
        await node.rooms.open(RoomKind.HOUSE, HOUSE_KEY, "", pinned=True)
        await node.rooms.open(RoomKind.CHANNEL, LOBBY, LOBBY, pinned=True)
        yield node
        if writing.done():
            writing.result()
    finally:
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        await node.fabric.close()
