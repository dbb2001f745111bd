"""Levels: of what somebody is told in which room, on all his connections."""

import msgspec
import pytest

from hubbub.core.attention_answers import LevelFound, LevelList
from hubbub.core.attention_requests import FindLevel, ListLevels, SetLevel
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Tell
from hubbub.core.features.settings import RenameRoom
from hubbub.core.kinds import RoomId
from hubbub.core.levels import Level
from hubbub.core.room import RoomKind
from hubbub.core.signals import Levelling
from hubbub.service.levels import LEVELS_LIMIT
from tests.service.guests import Guest
from tests.service.members import code_of, log_in, register
from tests.service.node import Node
from tests.service.stores import ControlledStore
from tests.service.test_identities import come_again

TEA, DEN = "#tea", "#den"


async def set_level(one: Guest, room: str, level: Level) -> RoomId:
    """Let somebody say of what he is told, and return the room's id."""
    found = await one.ask(SetLevel(room, level))
    assert isinstance(found, LevelFound)
    assert found == LevelFound(room, level, found.id)
    return found.id


async def ann_in(node: Node, *rooms: str) -> Guest:
    """Let somebody with an account come into some rooms."""
    ann = Guest(node, "ann")
    await register(ann)
    for room in rooms:
        await ann.ask(Join(room))
    return ann


async def test_a_level_holds_on_all_connections(node: Node) -> None:
    """At once on those that there are, which are told; and whoever comes in is told all of it, by the rooms' ids."""
    ann, phone = await ann_in(node, TEA, DEN), await log_in(node, "ann")
    ann.forget()
    tea = await set_level(ann, TEA, "nothing")
    assert phone.signals == [Levelling(TEA, "nothing", tea)]
    assert ann.signals == [], "who says it is answered"
    assert await phone.ask(FindLevel("#Tea")) == LevelFound(TEA, "nothing", tea)
    den = await set_level(phone, DEN, "all")
    assert ann.signals == [Levelling(DEN, "all", den)]
    assert (await log_in(node, "ann")).welcome.levels == {tea: "nothing", den: "all"}
    await set_level(phone, TEA, "mentions")
    await set_level(phone, DEN, "default")
    assert (await log_in(node, "ann")).welcome.levels == {tea: "mentions"}
    assert await ann.ask(ListLevels()) == LevelList((LevelFound(TEA, "mentions", tea),))
    ann.leave()
    phone.leave()
    assert (await log_in(node, "ann")).welcome.levels == {tea: "mentions"}


async def test_it_is_his_alone(node: Node) -> None:
    """Others hear nothing of it, and for them holds what they have said themselves."""
    ann, bob = await ann_in(node, TEA), Guest(node, "bob")
    await bob.ask(Join(TEA))
    bob.forget()
    tea = await set_level(ann, TEA, "nothing")
    assert bob.signals == []
    assert await bob.ask(FindLevel(TEA)) == LevelFound(TEA, "default", tea)


async def test_it_outlasts_a_leave_and_a_rename(node: Node) -> None:
    """It is the room's, whatever that is called, and holds again for whoever comes back; meanwhile it is listed."""
    ann = await ann_in(node, TEA)
    tea = await set_level(ann, TEA, "nothing")
    await ann.ask(RenameRoom(TEA, "#mate"))
    await ann.ask(Leave("#mate"))
    await node.settle()
    assert await ann.ask(ListLevels()) == LevelList((LevelFound("#mate", "nothing", tea),))
    assert await code_of(ann.ask(SetLevel("#mate", "all"))) in {"not_a_member", "no_such_room"}
    await ann.ask(Join("#mate"))
    assert await ann.ask(FindLevel("#mate")) == LevelFound("#mate", "nothing", tea)


async def test_conversations_have_one_too(node: Node) -> None:
    """By the other's name, as soon as something was said."""
    ann, bob = await ann_in(node), Guest(node, "bob")
    assert await code_of(ann.ask(SetLevel("@bob", "nothing"))) == "no_such_room"
    await bob.ask(Tell(("ann",), "psst"))
    await set_level(ann, "@bob", "nothing")
    await set_level(bob, "@ann", "mentions")


@pytest.mark.parametrize(
    ("room", "code"),
    [("#nowhere", "no_such_room"), (DEN, "not_a_member"), ("@zoe", "unknown_person"), ("", "unknown_person")],
)
@pytest.mark.parametrize("has_account", [True, False])
async def test_only_where_one_is(node: Node, room: str, code: str, *, has_account: bool) -> None:
    """A room that is not there, or in which one is not, has no level."""
    other, ann = Guest(node, "other"), Guest(node, "ann")
    await other.ask(Join(DEN))
    if has_account:
        await register(ann)
    assert await code_of(ann.ask(SetLevel(room, "nothing"))) == code
    assert await code_of(ann.ask(FindLevel(room))) == code
    assert await ann.ask(ListLevels()) == LevelList(())


async def test_a_guest_s_levels_are_his_while_he_is_here(node: Node) -> None:
    """In memory: whoever comes back to his place finds them, and of the next who is called so there are none."""
    zoe = Guest(node, "zoe")
    await zoe.ask(Join(TEA))
    tea = await set_level(zoe, TEA, "nothing")
    again = await come_again(node, zoe, "203.0.113.5")
    assert again.welcome.levels == {tea: "nothing"}
    await set_level(again, TEA, "default")
    assert await zoe.ask(ListLevels()) == LevelList(())
    await set_level(again, TEA, "all")
    assert await node.notebook.load_levels(zoe.id) == {}
    zoe.leave()
    again.leave()
    await node.settle()
    other = Guest(node, "zoe")
    await other.ask(Join(TEA))
    assert await other.ask(ListLevels()) == LevelList(())


async def test_with_an_account_they_are_kept_for_good(store: ControlledStore, node: Node) -> None:
    """What a guest has said goes over to his account; what he says then is not written over."""
    zoe = Guest(node, "zoe")
    for room in (TEA, DEN):
        await zoe.ask(Join(room))
    tea, den = await set_level(zoe, TEA, "nothing"), await set_level(zoe, DEN, "nothing")
    await register(zoe)
    await set_level(zoe, DEN, "all")
    await node.settle()
    assert store.levels[zoe.id] == {tea: "nothing", den: "all"}
    zoe.leave()
    assert (await log_in(node, "zoe")).welcome.levels == {tea: "nothing", den: "all"}


async def test_there_are_not_too_many(node: Node) -> None:
    """One more is refused; what there is may always be changed, and taken away."""
    ann = await ann_in(node, TEA, DEN)
    for number in range(LEVELS_LIMIT - 1):
        room = await node.store.open_room(RoomKind.CHANNEL, f"#{number}", f"#{number}")
        await node.notebook.save_level(ann.id, room.id, "all")
    await set_level(ann, TEA, "nothing")
    assert await code_of(ann.ask(SetLevel(DEN, "nothing"))) == "list_full"
    await set_level(ann, DEN, "default")
    await set_level(ann, TEA, "mentions")
    await set_level(ann, TEA, "default")
    await set_level(ann, DEN, "nothing")


def test_a_level_that_makes_no_sense_is_none() -> None:
    """It is not understood, whoever sends it."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"type":"set_level","room":"#tea","level":"loud"}', type=SetLevel)
