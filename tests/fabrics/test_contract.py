"""The contract of a fabric between nodes: what it must never do, and what it may."""

import asyncio
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.kinds import RoomId, Seq
from tests.fabrics.conftest import Network, join
from tests.stores.events import any_event, said

TEA, MILK = RoomId(1), RoomId(2)
MANY = 200
"""Enough records that some of them arrive, however bad the network is."""


def records(room: RoomId, count: int = MANY) -> list[Record]:
    """Return that many records of a room."""
    return [Record(room, Seq(number), 1, said(str(number))) for number in range(1, count + 1)]


async def test_it_reaches_the_others(network: Network) -> None:
    """What one node publishes, the others receive, unless it is lost; and nothing that was not published."""
    ann, bob, carol = [await join(network, TEA) for _ in range(3)]
    assert ann.fabric.reaches_others
    published = records(TEA)
    ann.fabric.publish(published)
    await network.settle()
    for node in (bob, carol):
        assert set(node.received) <= set(published)
        assert node.received
        assert not network.reliable or node.received == published


async def test_nobody_receives_his_own(network: Network) -> None:
    """A node does not hear what it has published itself; it has it already."""
    ann, bob = [await join(network, TEA) for _ in range(2)]
    ann.fabric.publish(records(TEA))
    await network.settle()
    assert bob.received
    assert ann.received == []


async def test_rooms_that_are_not_listened_to(network: Network) -> None:
    """A node hears of no room but those it listens to."""
    ann, bob = await join(network, TEA, MILK), await join(network, MILK)
    ann.fabric.publish([*records(TEA), *records(MILK)])
    await network.settle()
    assert {record.room for record in bob.received} == {MILK}


async def test_rooms_ignored_again(network: Network) -> None:
    """A node that has stopped listening to a room hears of it no longer, and of others as before."""
    ann, bob = await join(network), await join(network, TEA, MILK)
    bob.fabric.ignore(TEA)
    bob.fabric.ignore(RoomId(3))
    ann.fabric.publish([*records(TEA), *records(MILK)])
    await network.settle()
    assert {record.room for record in bob.received} == {MILK}


async def test_listening_twice_is_listening_once(network: Network) -> None:
    """However often a node begins to listen to a room, it hears it once, and ceases to at the first word."""
    ann, bob = await join(network), await join(network, TEA, TEA, MILK)
    bob.fabric.listen(TEA)
    ann.fabric.publish(published := records(TEA))
    await network.settle()
    assert not network.reliable or bob.received == published
    bob.received.clear()
    bob.fabric.ignore(TEA)
    ann.fabric.publish([*records(TEA), *records(MILK)])
    await network.settle()
    assert {record.room for record in bob.received} == {MILK}


async def test_publishing_calls_nobody(network: Network) -> None:
    """Whoever publishes goes on before anybody receives: no node acts in the middle of another's work."""
    ann, bob = await join(network), await join(network, TEA)
    ann.fabric.publish(records(TEA))
    assert bob.received == []
    await network.settle()
    assert bob.received


async def test_a_receiver_that_fails_harms_nobody(network: Network) -> None:
    """When a node fails at what it receives, the publisher and the other nodes do not notice."""
    complaints: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context["exception"]))

    def fail(_: Sequence[Record]) -> None:
        raise ZeroDivisionError

    ann, bob = await join(network), network.join()
    await bob.open(fail)
    bob.listen(TEA)
    carol = await join(network, TEA)
    ann.fabric.publish(records(TEA))
    await network.settle()
    assert carol.received
    assert {type(complaint) for complaint in complaints} == {ZeroDivisionError}


async def test_a_closed_node(network: Network) -> None:
    """A node that has closed receives nothing more, may close again, and what it publishes harms nobody."""
    ann, bob = await join(network, TEA), await join(network, TEA)
    await bob.fabric.close()
    await bob.fabric.close()
    ann.fabric.publish(records(TEA))
    bob.fabric.publish([])
    await network.settle()
    assert bob.received == []


async def test_closing_what_was_never_open(network: Network) -> None:
    """A node whose start has failed may close."""
    await network.join().close()


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(any_event(), min_size=1))
async def test_any_record_arrives_as_it_was(network: Network, events: list[AnyEvent]) -> None:
    """What arrives equals what was published, whatever happened in it."""
    ann, bob = await join(network), await join(network, TEA)
    published = [Record(TEA, Seq(number), 2**53, event) for number, event in enumerate(events, start=1)]
    ann.fabric.publish(published)
    await network.settle()
    assert set(bob.received) <= set(published)
    assert not network.reliable or bob.received == published
