"""Glimpses: addresses are for administrators and for oneself, times also for others who are let see them."""

from msgspec.structs import replace

from hubbub.core.features.accounts import OpenAccount, SetPrivacy
from hubbub.core.roles import ServerRole
from hubbub.service.glimpses import Glimpse, Glimpses
from tests.service.guests import HERE, Guest
from tests.service.members import log_in, sign_up
from tests.service.node import Node

ADDRESSES = (HERE.group,)


async def test_guests_are_seen_at_once(node: Node) -> None:
    """But not from where: that is for administrators, and for themselves."""
    glimpses = Glimpses(node.house, node.sessions, node.clock)
    ann, bob, ola = Guest(node, "ann"), Guest(node, "bob"), Guest(node, "ola")
    await ola.ask(OpenAccount(ServerRole.ADMINISTRATOR))
    came_ms = node.clock.time_ms()
    node.clock.advance(90)
    assert glimpses.look(bob.session.person, ann.session.person) == Glimpse(
        (), is_encrypted=False, since_ms=came_ms, idle_seconds=90
    )
    near = Glimpse(ADDRESSES, is_encrypted=False, since_ms=came_ms, idle_seconds=90)
    assert (
        glimpses.look(ann.session.person, ann.session.person)
        == glimpses.look(ola.session.person, ann.session.person)
        == near
    )


async def test_accounts_say_who_may_know(node: Node) -> None:
    """Since when they are here, and idle, as they say when they were here last; of several connections the best."""
    glimpses = Glimpses(node.house, node.sessions, node.clock)
    ann, bob = await sign_up(node, "ann"), Guest(node, "bob")
    assert glimpses.look(bob.session.person, ann.session.person) == Glimpse()
    came_ms = node.clock.time_ms()
    await ann.ask(SetPrivacy(shows_last_seen=True))
    node.clock.advance(60)
    telephone = await log_in(node, "ann")
    node.clock.advance(30)
    seen = glimpses.look(bob.session.person, ann.session.person)
    assert seen == Glimpse((), is_encrypted=False, since_ms=came_ms, idle_seconds=30)
    telephone.session.peer = replace(telephone.session.peer, is_encrypted=True)
    assert glimpses.look(bob.session.person, ann.session.person) == seen, "the other connection can be read"
    ann.leave()
    assert glimpses.look(bob.session.person, ann.session.person) == Glimpse((), True, came_ms + 60_000, 30)
    telephone.leave()
    assert glimpses.look(bob.session.person, ann.session.person) is None
