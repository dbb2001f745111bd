"""Taking along: a guest who logs in stays in his channels, in every protocol."""

from hubbub.core.account_answers import LoggedIn
from hubbub.core.account_requests import LogIn
from hubbub.core.features.membership import Join, Joined, Left
from hubbub.core.features.messages import Say
from hubbub.core.features.moderation import Ban
from hubbub.core.roles import RoomRole
from hubbub.core.room import LOBBY
from hubbub.core.scene import DONE
from hubbub.core.signals import Excluding
from tests.service.guests import Guest, arrive
from tests.service.members import PASSWORD, sign_up
from tests.service.node import Node


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
