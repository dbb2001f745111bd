"""The hub: joins several nodes in one process, on one loop, as a messenger would join them across machines."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

from hubbub.core.catalog import Record
from hubbub.core.kinds import RoomId


class Hub:
    """Carries what one node publishes to all the others, each time and in order."""

    def __init__(self) -> None:
        self._nodes: list[HubFabric] = []

    def join(self) -> "HubFabric":
        """Return the fabric of one more node."""
        node = HubFabric(self)
        self._nodes.append(node)
        return node

    def carry(self, origin: "HubFabric", records: Sequence[Record]) -> None:
        """Bring records to every node but the one they come from."""
        for node in self._nodes:
            if node is not origin:
                self.bring(node, records)

    def bring(self, node: "HubFabric", records: Sequence[Record]) -> None:
        """Hand records to a node, not within `publish` but in a later turn of the loop, as a network would."""
        asyncio.get_running_loop().call_soon(node.take, records)


class HubFabric:
    """One node's end of the hub."""

    reaches_others: Final = True

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._rooms: set[RoomId] = set()
        self._receive: Callable[[Sequence[Record]], None] | None = None

    async def open(self, receive: Callable[[Sequence[Record]], None]) -> None:
        """Begin calling `receive` with what other nodes publish in the rooms listened to."""
        self._receive = receive

    async def close(self) -> None:
        """Stop receiving; harmless when repeated."""
        self._receive = None

    def publish(self, records: Sequence[Record]) -> None:
        """Offer records to the other nodes."""
        self._hub.carry(self, records)

    def listen(self, room: RoomId) -> None:
        """Receive this room's records from now on."""
        self._rooms.add(room)

    def ignore(self, room: RoomId) -> None:
        """Receive them no longer."""
        self._rooms.discard(room)

    def take(self, records: Sequence[Record]) -> None:
        """Receive what is of interest among records that the hub brings."""
        wanted = [record for record in records if record.room in self._rooms]
        if wanted and self._receive is not None:
            self._receive(wanted)
