"""What tests of IRC may ask for: a network, and two people in a channel of it."""

from collections.abc import AsyncIterator

import pytest

from tests.gateways.irc.clients import Client, Network, network


@pytest.fixture
async def net() -> AsyncIterator[Network]:
    """Give a network with nobody in it."""
    async with network() as there:
        yield there


@pytest.fixture
async def people(net: Network) -> tuple[Client, Client]:
    """Ann made #tea and owns it; Bob is a guest, and in it as well."""
    ann, bob = await net.found("ann", "#tea"), await net.arrive("bob")
    await bob.ask("JOIN #tea")
    await ann.settle()
    return ann, bob
