"""Visiting: who acts without a connection is seen by the rules as he is, whatever happens between his requests."""

from typing import Final

import pytest

from hubbub.core.features.gathering import Gather
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Say
from hubbub.core.kinds import Refused
from hubbub.core.queries import FindPerson
from hubbub.service.visiting import VISIT_SECONDS
from tests.service.guests import HERE, Guest
from tests.service.members import log_in, register, sign_up
from tests.service.node import Node, running
from tests.service.stores import ControlledStore

ROOMS: Final = {"#tea", "#coffee"}


async def channels(node: Node, who: Guest) -> set[str]:
    """Return in which channels somebody is who has gone, as the rules see it."""
    applicant = await node.visiting.visit(who.id, HERE)
    return {room.name for room in applicant.person.channels.values()}


async def gone(node: Node, name: str, *rooms: str) -> Guest:
    """Return somebody with an account, who was in these rooms and is not here any more."""
    member = await sign_up(node, name)
    for room in rooms:
        await member.ask(Join(room))
    member.leave()
    await node.settle()
    return member


async def test_his_rooms_are_known() -> None:
    """Also when they are not loaded, and when he comes and goes elsewhere between two requests."""
    store = ControlledStore()
    async with running(Node(store)) as node:
        ann = await gone(node, "ann", "#tea", "#coffee")
        for _ in range(2):
            for _ in range(3):
                await node.rooms.sweep()
            assert await channels(node, ann) == ROOMS
        store.calls.clear()
        for _ in range(3):
            await node.rooms.sweep()
            assert await channels(node, ann) == ROOMS
        assert "list_memberships" not in store.calls
        again = await log_in(node, "ann")
        await again.ask(Leave("#tea"))
        await again.ask(Join("#water"))
        again.leave()
        assert await channels(node, ann) == {"#coffee", "#water"}


async def test_others_may_take_him_into_a_group() -> None:
    """He is not here to be asked."""
    async with running(Node()) as node:
        ann = await gone(node, "ann")
        assert await channels(node, ann) == set()
        bob = await sign_up(node, "bob")
        await bob.ask(Gather(("ann",)))
        assert len(await channels(node, ann)) == 1


async def test_he_is_not_here_by_it() -> None:
    """And when he is, it is himself who acts."""
    async with running(Node()) as node:
        ann = await gone(node, "ann", "#tea")
        bob = Guest(node, "bob")
        applicant = await node.visiting.visit(ann.id, HERE)
        await node.visiting.ask(applicant, Say("#tea", "hello"))
        found = await bob.ask(FindPerson("ann"))
        assert not getattr(found, "is_present", True)
        again = await log_in(node, "ann")
        assert (await node.visiting.visit(ann.id, HERE)).person is again.session.person


async def test_nobody_is_remembered_for_ever() -> None:
    """What was known of a visitor is read again, and nothing is held of him."""
    store = ControlledStore()
    async with running(Node(store)) as node:
        ann = await gone(node, "ann", "#tea")
        for seconds, reads in ((0, 1), (VISIT_SECONDS, 0), (VISIT_SECONDS + 1, 1)):
            node.clock.advance(seconds)
            store.calls.clear()
            assert await channels(node, ann) == {"#tea"}
            assert store.calls.count("list_memberships") == reads


async def test_a_guest_who_has_gone_is_nobody() -> None:
    """Nobody can act as him any more."""
    async with running(Node()) as node:
        bob = Guest(node, "bob")
        assert (await node.visiting.visit(bob.id, HERE)).person is bob.session.person
        bob.leave()
        with pytest.raises(Refused):
            await node.visiting.visit(bob.id, HERE)


async def test_a_guests_pass_opens_no_account(node: Node) -> None:
    """Whoever has seen it acted as the guest; what he keeps from now on is behind a password."""
    ann = Guest(node, "ann")
    key = node.passes.issue(ann.id)
    assert await node.recognising.recognise(key, HERE) == ann.id
    await register(ann)
    with pytest.raises(Refused):
        await node.recognising.recognise(key, HERE)
