"""Fabrics under test: networks of nodes that hear each other, well or badly."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import pytest

from hubbub.core.catalog import Record
from hubbub.core.kinds import RoomId
from hubbub.fabrics.hub import Hub
from hubbub.service.ports import Fabric
from tests.fabrics.unreliable import UnreliableHub


@dataclass
class Network:
    """Nodes that can hear each other."""

    join: Callable[[], Fabric]
    """Return the fabric of one more node."""
    settle: Callable[[], Awaitable[None]]
    """Wait until all that was published has arrived or is lost."""
    reliable: bool
    """Whether all of it arrives, once and in order."""


class Node:
    """A fabric, and what it has received."""

    def __init__(self, fabric: Fabric) -> None:
        self.fabric = fabric
        self.received: list[Record] = []

    def receive(self, records: Sequence[Record]) -> None:
        """Note what the fabric brings."""
        self.received.extend(records)


@pytest.fixture(params=["hub", "unreliable hub"])
def network(request: pytest.FixtureRequest) -> Network:
    """Give a network of each kind in turn."""
    if request.param == "unreliable hub":
        unreliable = UnreliableHub(seed=1)
        return Network(unreliable.join, unreliable.settle, reliable=False)

    async def settle() -> None:
        await asyncio.sleep(0)

    return Network(Hub().join, settle, reliable=True)


async def join(network: Network, *rooms: RoomId) -> Node:
    """Return one more node, open and listening to these rooms."""
    node = Node(network.join())
    await node.fabric.open(node.receive)
    for room in rooms:
        node.fabric.listen(room)
    return node
