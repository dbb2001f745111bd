"""What every test of the service may ask for: a running node over a store that can be told to fail."""

from collections.abc import AsyncIterator

import pytest

from tests.service.node import Node, running
from tests.service.stores import ControlledStore
from tests.service.vaults import ControlledVault


@pytest.fixture
def store() -> ControlledStore:
    """Give a store that works until it is told otherwise."""
    return ControlledStore()


@pytest.fixture
def vault() -> ControlledVault:
    """Give a vault that works until it is told otherwise."""
    return ControlledVault()


@pytest.fixture
async def node(store: ControlledStore, vault: ControlledVault) -> AsyncIterator[Node]:
    """Run a node over the store and the vault, alone in the world."""
    async with running(Node(store, vault=vault)) as node:
        yield node


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let repairs, and what else could not be done, be tried again in the next turn of the loop."""
    monkeypatch.setattr("hubbub.service.delivery.REPAIR_RETRY_SECONDS", 0)
    monkeypatch.setattr("hubbub.service.retrying.RETRY_SECONDS", 0)
