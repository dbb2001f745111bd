"""Presence: a signal to those who share a room, never kept, once for each change."""

from hubbub.core.features.membership import Join
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.queries import ListMembers, Members, MemberView
from hubbub.core.room import LOBBY
from hubbub.core.scene import DONE
from hubbub.core.signals import Idling, Returning
from tests.service.guests import Guest
from tests.service.node import Node
from tests.service.stores import ControlledStore


async def test_roommates_are_told_once(node: Node) -> None:
    """However many rooms are shared; strangers and oneself are not told."""
    ann, bob, stranger = (Guest(node, name) for name in ("ann", "bob", "stranger"))
    for room in (LOBBY, "#tea"):
        for guest in (ann, bob):
            await guest.ask(Join(room))
    assert await ann.ask(GoAway("lunch")) == DONE
    assert await ann.ask(ComeBack()) == DONE
    assert bob.signals == [Idling("ann", "lunch"), Returning("ann")]
    assert ann.signals == stranger.signals == []


async def test_members_are_listed_with_their_absence(node: Node) -> None:
    """Whoever asks later learns of it as well; an empty message is an absence all the same."""
    ann, bob = Guest(node, "ann"), Guest(node, "Bob")
    for guest in (ann, bob):
        await guest.ask(Join(LOBBY))
    await ann.ask(GoAway(""))
    views = (MemberView("ann", ""), MemberView("Bob", None))
    assert await bob.ask(ListMembers(LOBBY)) == Members(LOBBY, views)
    await ann.ask(ComeBack())
    views = (MemberView("ann", None), MemberView("Bob", None))
    assert await bob.ask(ListMembers(LOBBY)) == Members(LOBBY, views)


async def test_presence_leaves_no_trace(node: Node, store: ControlledStore) -> None:
    """It is true for a moment: the store is not written to, and works or not makes no difference."""
    ann = Guest(node, "ann")
    await ann.ask(Join(LOBBY))
    store.fails = "append".__eq__
    kept = await node.kept()
    assert await ann.ask(GoAway("lunch")) == DONE
    assert await ann.ask(ComeBack()) == DONE
    assert await node.kept() == kept


async def test_it_ends_with_the_visit(node: Node) -> None:
    """Who comes under the same name is there."""
    ann = Guest(node, "ann")
    await ann.ask(GoAway("for ever"))
    ann.leave()
    successor = Guest(node, "ann")
    await successor.ask(Join(LOBBY))
    assert await successor.ask(ListMembers(LOBBY)) == Members(LOBBY, (MemberView("ann", None),))
