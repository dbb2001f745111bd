"""Querying: what clients ask each other reaches every connection of whoever is asked, and leaves no trace."""

from hubbub.core.features.membership import Join
from hubbub.core.features.querying import QueryClient
from hubbub.core.room import LOBBY
from hubbub.core.scene import DONE
from hubbub.core.signals import Querying
from tests.service.guests import Guest
from tests.service.members import log_in, sign_up
from tests.service.node import Node
from tests.service.stores import ControlledStore


async def test_every_connection_of_whoever_is_asked_hears_it(node: Node, store: ControlledStore) -> None:
    """Alone or in a room; nothing is written down, not even that there was anything."""
    ann, bob = Guest(node, "ann"), await sign_up(node, "bob")
    telephone = await log_in(node, "bob")
    for one in (ann, bob):
        await one.ask(Join(LOBBY))
    kept = store.everything()
    assert await ann.ask(QueryClient("bob", "VERSION")) == DONE
    assert await ann.ask(QueryClient(LOBBY, "TIME")) == DONE
    assert await bob.ask(QueryClient("ann", "VERSION 1", is_answer=True)) == DONE
    assert bob.signals == telephone.signals == [Querying("ann", "", "VERSION"), Querying("ann", LOBBY, "TIME")]
    assert ann.signals == [Querying("bob", "", "VERSION 1", is_answer=True)]
    assert store.everything() == kept
