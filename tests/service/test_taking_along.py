"""Taking along: a guest who logs in stays in his channels, in every protocol."""

import pytest

from hubbub.core.account_answers import LoggedIn
from hubbub.core.account_requests import LogIn
from hubbub.core.features.accounts import CloseAccount
from hubbub.core.features.membership import Departure, Join, Joined, Left
from hubbub.core.features.messages import Say
from hubbub.core.features.moderation import Ban, Kick
from hubbub.core.features.settings import ChangeSettings
from hubbub.core.roles import RoomRole
from hubbub.core.room import LOBBY
from hubbub.core.room_settings import Change
from hubbub.core.scene import DONE
from hubbub.core.signals import Excluding
from tests.service.guests import Guest, arrive
from tests.service.members import PASSWORD, sign_up
from tests.service.node import Node
from tests.service.stores import ANSWER_TURNS, ControlledStore
from tests.service.turns import turns, until


async def test_he_is_where_both_were(node: Node) -> None:
    """The others see that one comes and the other goes; what is said he hears once."""
    ann = await sign_up(node, "ann")
    await ann.ask(Join("#mine"))
    await ann.ask(Say("#mine", "before"))
    ann.leave()
    guest, bob = await arrive(node, "guest", "bob")
    await bob.ask(Say(LOBBY, "hello"))
    bob.forget()
    answer = await guest.ask(LogIn("ann", PASSWORD))
    assert isinstance(answer, LoggedIn)
    assert [(room.room, len(room.recent)) for room in answer.rooms] == [(LOBBY, 1), ("#mine", 1)]
    await node.settle()
    assert [type(event) for event in bob.heard_of(Joined, Left)] == [Joined, Left]
    await bob.ask(Say(LOBBY, "welcome"))
    assert guest.messages == ["hello", "welcome"]


async def test_where_the_account_may_not_be(node: Node) -> None:
    """He is told why, and is there no longer."""
    await sign_up(node, "ann")
    bob = Guest(node, "bob")
    await bob.ask(Join("#tea"))
    guest = Guest(node, "guest")
    await guest.ask(Join("#tea"))
    assert await bob.ask(Ban("#tea", "ann")) == DONE
    guest.forget()
    answer = await guest.ask(LogIn("ann", PASSWORD))
    assert isinstance(answer, LoggedIn)
    assert answer.rooms == ()
    assert guest.signals == [Excluding("#tea", "banned", "You are banned from #tea by bob.")]


async def test_a_guest_with_several_connections_stays(node: Node) -> None:
    """Only the connection that logs in is somebody else's then; what he is in his room, he is still."""
    ann = await sign_up(node, "ann")
    guest = Guest(node, "guest")
    old = guest.id
    await guest.ask(Join("#own"))
    node.people.come_again(guest.id, guest.outbox, guest, guest.session.peer)
    assert isinstance(await guest.ask(LogIn("ann", PASSWORD)), LoggedIn)
    await node.settle()
    room = node.house.require_channel("#own")
    assert set(room.members) == {old, ann.id}
    assert room.roles == {old: RoomRole.OWNER}


async def test_he_keeps_his_place_in_a_full_room(node: Node) -> None:
    """It is he who makes room for himself."""
    ann = await sign_up(node, "ann")
    (bob,) = await arrive(node, "bob")
    guest = Guest(node, "guest")
    for one in (bob, guest):
        await one.ask(Join("#tea"))
    assert await bob.ask(ChangeSettings("#tea", Change(member_limit=2))) == DONE
    assert isinstance(await guest.ask(LogIn("ann", PASSWORD)), LoggedIn)
    await node.settle()
    assert set(node.house.require_channel("#tea").members) == {bob.id, ann.id}
    assert guest.signals == []
    await bob.ask(Say("#tea", "welcome"))
    assert guest.messages[-1] == "welcome"


@pytest.mark.parametrize("moment", range(1, 5))
async def test_who_is_put_out_meanwhile_stays_out(node: Node, store: ControlledStore, moment: int) -> None:
    """He would come in past the key that the room has since then; whenever it is while his account is looked up."""
    ann = await sign_up(node, "ann")
    ann.leave()
    bob, guest = Guest(node, "bob"), Guest(node, "guest")
    for one in (bob, guest):
        await one.ask(Join("#tea"))
    store.calls.clear()
    guest.send(LogIn("ann", PASSWORD))
    await until(lambda: store.calls.count("list_memberships") == moment)
    bob.send(Kick("#tea", "guest"), ChangeSettings("#tea", Change(key="sesame")))
    assert await bob.answers() == [DONE, DONE]
    await guest.answers()
    assert set(node.house.require_channel("#tea").members) == {bob.id}


async def half_logged_in(node: Node, store: ControlledStore) -> tuple[Guest, Guest]:
    """Return an account's owner, and a guest of two rooms who logs in to it; the store keeps nothing for now."""
    ann = await sign_up(node, "ann")
    guest = Guest(node, "guest")
    for room in ("#own", "#tea"):
        await guest.ask(Join(room))
    store.hold()
    guest.send(LogIn("ann", PASSWORD))
    await until(lambda: ann.id in node.house.require_channel("#tea").roles)
    return ann, guest


async def test_who_is_sent_away_meanwhile_takes_nothing_along(node: Node, store: ControlledStore) -> None:
    """His account would be in a room that it has never seen."""
    _, guest = await half_logged_in(node, store)
    guest.dismiss("Go.", Departure("spam", "bob"))
    store.release()
    await node.settle()
    assert not node.house.require_channel("#tea").members


async def test_an_account_that_is_closed_meanwhile_comes_into_no_room(node: Node, store: ControlledStore) -> None:
    """Nobody would ever take it out."""
    ann, guest = await half_logged_in(node, store)
    ann.send(CloseAccount())
    await turns(ANSWER_TURNS)
    store.release()
    await node.settle()
    await guest.answers()
    assert set(node.house.require_channel("#tea").members) == {guest.id}
