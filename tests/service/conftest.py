"""What every test of the service may ask for: a running node over a store that can be told to fail."""

from collections.abc import AsyncIterator

import pytest

from tests.service.node import Node, running
from tests.service.stores import ControlledStore


@pytest.fixture
def store() -> ControlledStore:
    """Give a store that works until it is told otherwise."""
    return ControlledStore()


@pytest.fixture
async def node(store: ControlledStore) -> AsyncIterator[Node]:
    """Run a node over the store, alone in the world."""
    async with running(Node(store)) as node:
        yield node


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let repairs that could not read try again in the next turn of the loop."""
    monkeypatch.setattr("hubbub.service.delivery.REPAIR_RETRY_SECONDS", 0)
