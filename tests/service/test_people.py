"""People: a name is one person's from his coming to his going, whatever happens to him in between."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.features.membership import Join, Joined, Left
from hubbub.core.features.messages import Announced, Broadcast, Say, Tell
from hubbub.core.features.renaming import Rename, Renamed
from hubbub.core.kinds import Refusal, Refused
from hubbub.core.message_answers import Outcome, Told
from hubbub.core.names import find_key
from hubbub.core.people_answers import Called
from hubbub.core.room import LOBBY
from hubbub.core.room_answers import Entered
from hubbub.service.scribe import RETRY_SECONDS, TRY_AGAIN
from tests.fuzz.budget import QUICK
from tests.service.guests import Guest, arrive
from tests.service.node import Node, running
from tests.service.stores import ControlledStore
from tests.service.turns import turns


def full(method: str) -> bool:
    """Fail as a disk does to which nothing more can be written."""
    return method == "append"


def fine(_method: str) -> bool:
    """Fail at nothing."""
    return False


async def test_a_taken_name_is_refused_with_a_free_one(node: Node) -> None:
    """However it is written; and the name that is suggested instead can be had."""
    Guest(node, "Ann")
    with pytest.raises(Refused) as refused:
        Guest(node, "ANN")
    assert refused.value.refusal.code == "name_taken"
    assert Guest(node, refused.value.refusal.suggestion).name == "ANN2"


async def test_a_bad_name_is_refused_with_a_good_one(node: Node) -> None:
    """What cannot be a name is refused, with what could be one; nobody has come in."""
    with pytest.raises(Refused) as refused:
        Guest(node, "ann smith")
    assert (refused.value.refusal.code, refused.value.refusal.suggestion) == ("bad_name", "ann_smith")
    assert len(node.sessions) == 0
    assert node.house.people == {}


async def test_a_name_is_free_when_its_owner_has_gone(node: Node) -> None:
    """At once, not when his departure is written; and he who comes next is somebody else."""
    (ann,) = await arrive(node, "ann")
    ann.leave()
    successor = Guest(node, "ann")
    assert successor.id != ann.id
    entered = await successor.ask(Join(LOBBY))
    assert isinstance(entered, Entered)
    assert entered.member_count == 1


async def test_who_comes_in_is_in_no_room_and_hears_what_is_said_to_everyone(node: Node) -> None:
    """A newcomer hears broadcasts from the first moment, and nothing else until he joins."""
    (ann,) = await arrive(node, "ann")
    bob = Guest(node, "bob")
    await ann.ask(Say(LOBBY, "in the lobby"))
    await ann.ask(Broadcast("to all"))
    assert bob.heard_of(Announced) == [Announced(ann.id, "ann", "to all")]
    assert bob.messages == ["to all"]


async def test_a_departure_is_told_in_every_room(node: Node) -> None:
    """Whoever leaves the server leaves all his rooms, with one reason, and is in none of them any more."""
    ann, bob = await arrive(node, "ann", "bob")
    await ann.ask(Join("#tea"))
    ann.leave("to bed")
    await node.settle()
    for room in (LOBBY, "#tea"):
        assert (await node.kept(room))[-1].event == Left(ann.id, "ann", "to bed", quitting=True)
    assert list((await node.open_channel()).settled.members) == [bob.id]


async def test_two_who_want_one_name_in_one_turn(node: Node) -> None:
    """The first gets it, at once for everyone who asks after him; the other is refused with one that is free."""
    ann, bob = await arrive(node, "ann", "bob")
    ann.send(Rename("zoe"))
    bob.send(Rename("ZOE"))
    assert await ann.answers() == [Called("zoe")]
    (refused,) = await bob.answers()
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.suggestion) == ("name_taken", "ZOE2")
    assert (ann.name, bob.name) == ("zoe", "bob")


async def test_a_newcomer_cannot_have_a_name_that_is_being_taken(node: Node, store: ControlledStore) -> None:
    """While a renaming is written, both names are its owner's; afterwards the old one is free."""
    (ann,) = await arrive(node, "ann")
    store.hold()
    ann.send(Rename("zoe"))
    await turns(5)
    for name in ("ann", "zoe"):
        with pytest.raises(Refused):
            Guest(node, name)
    store.release()
    assert await ann.answers() == [Called("zoe")]
    assert Guest(node, "ann").name == "ann"
    with pytest.raises(Refused):
        Guest(node, "zoe")


async def test_a_renaming_that_fails_is_taken_back(node: Node, store: ControlledStore) -> None:
    """When it cannot be kept, its owner has his old name in every respect, and the new one is free again."""
    ann, bob = await arrive(node, "ann", "bob")
    store.fails = full
    assert await ann.ask(Rename("zoe")) == TRY_AGAIN
    assert await ann.ask(Rename("ANN")) == TRY_AGAIN
    store.fails = fine
    assert ann.name == "ann"
    assert await bob.ask(Tell(("ann",), "hi")) == Told("hi", (Outcome("ann", "delivered"),))
    assert bob.heard == []
    assert await bob.ask(Rename("zoe")) == Called("zoe")
    with pytest.raises(Refused):
        Guest(node, "ann")


async def test_whoever_writes_his_name_otherwise_keeps_it(node: Node) -> None:
    """Capitals may change without the name ever being anybody else's."""
    ann, bob = await arrive(node, "ann", "bob")
    assert await ann.ask(Rename("ANN")) == Called("ANN")
    assert bob.heard_of(Renamed) == [Renamed(ann.id, "ann", "ANN")]
    with pytest.raises(Refused):
        Guest(node, "ann")
    ann.leave()
    assert Guest(node, "ann").name == "ann"


async def test_renaming_without_a_room_needs_no_store(node: Node, store: ControlledStore) -> None:
    """Who is in no room is called something else at once, for nobody has to remember it."""
    ann = Guest(node, "ann")
    store.fails = full
    assert await ann.ask(Rename("zoe")) == Called("zoe")
    assert ann.name == "zoe"


async def test_who_goes_while_he_is_renamed_leaves_no_name_behind(node: Node, store: ControlledStore) -> None:
    """Neither his old name nor his new one is taken when he has gone, and he leaves under the new one."""
    ann, bob = await arrive(node, "ann", "bob")
    store.hold()
    ann.send(Rename("zoe"))
    await turns(5)
    ann.leave()
    store.release()
    await node.settle()
    assert bob.heard_of(Renamed, Left) == [
        Renamed(ann.id, "ann", "zoe"),
        Left(ann.id, "zoe", quitting=True),
    ]
    assert Guest(node, "ann").name == "ann"
    assert Guest(node, "zoe").name == "zoe"


async def test_who_goes_while_his_renaming_fails(node: Node, store: ControlledStore) -> None:
    """The same when the renaming cannot be kept: both names are free."""
    ann, _ = await arrive(node, "ann", "bob")
    store.fails = full
    ann.send(Rename("zoe"))
    ann.leave()
    await node.settle()
    assert {Guest(node, "ann").name, Guest(node, "zoe").name} == {"ann", "zoe"}


async def test_who_goes_while_a_room_is_loaded_is_not_in_it(node: Node) -> None:
    """Nobody is a member who is not there: a join whose connection closes while the room is read has not been asked."""
    ann = Guest(node, "ann")
    ann.send(Join("#tea"))
    ann.leave()
    await turns(50)
    await node.settle()
    tea = await node.open_channel("#tea")
    assert tea.ahead.members == tea.settled.members == {}
    assert await node.kept("#tea") == []


async def test_who_goes_while_he_joins_is_seen_off(node: Node, store: ControlledStore) -> None:
    """A join that was decided before its connection closed is followed by a departure."""
    (bob,) = await arrive(node, "bob")
    ann = Guest(node, "ann")
    store.hold()
    ann.send(Join(LOBBY))
    await turns(5)
    ann.leave()
    store.release()
    await node.settle()
    assert bob.heard_of(Joined, Left) == [Joined(ann.id, "ann"), Left(ann.id, "ann", quitting=True)]
    assert list((await node.open_channel()).settled.members) == [bob.id]


async def test_a_departure_that_fails_does_not_hold_up_the_name(node: Node, store: ControlledStore) -> None:
    """Who comes under a name whose former owner's departure is still to be written is told apart from him."""
    (bob,) = await arrive(node, "bob")
    ann, *_ = await arrive(node, "ann")
    bob.forget()
    store.fails = full
    ann.leave()
    await node.settle()
    store.fails = fine
    successor = Guest(node, "ann")
    await successor.ask(Join(LOBBY))
    node.clock.advance(RETRY_SECONDS)
    await node.settle()
    assert bob.heard_of(Joined, Left) == [Joined(successor.id, "ann"), Left(ann.id, "ann", quitting=True)]
    members = (await node.open_channel()).settled.members
    assert set(members) == {bob.id, successor.id}


async def test_a_server_that_stops_writes_no_departures(node: Node, store: ControlledStore) -> None:
    """When all go at once nothing is written for each of them; the next start knows that they are gone."""
    ann, bob = await arrive(node, "ann", "bob")
    before = len(await node.kept())
    node.people.stop()
    for guest in (ann, bob):
        guest.leave()
    await node.settle()
    assert len(await node.kept()) == before
    async with running(Node(store)) as restarted:
        await restarted.settle()
        members = (await restarted.open_channel()).settled.members
        assert members == {}


STEPS = ["come", "go", "rename", "turn", "fail", "work"]


@QUICK
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 3), st.integers(0, 3)), max_size=30))
async def test_names_belong_to_exactly_those_who_are_called_so(steps: list[tuple[str, int, int]]) -> None:
    """However people come, go and rename in any turns, with a store that fails: each name is its bearer's alone."""
    store, names = ControlledStore(), ("ann", "Bob", "ünal", "zoe")
    async with running(Node(store)) as node:
        here = await arrive(node, "ann", "Bob")
        for step, one, other in steps:
            await take_step(node, here, step, one, names[other])
        store.fails = fine
        await turns(50)
        await node.settle()
        node.clock.advance(RETRY_SECONDS)
        await node.settle()
        taken = {find_key(guest.name): guest.session.person for guest in here}
        assert len(taken) == len(here) == len(node.sessions)
        for key in map(find_key, names):
            assert node.house.find_person(key) is taken.get(key)
            assert node.house.is_free(key, 0) == (key not in taken)
        live = await node.open_channel()
        assert set(live.settled.members) == set(live.ahead.members) <= {guest.id for guest in here}


async def take_step(node: Node, here: list[Guest], step: str, one: int, name: str) -> None:
    """Do something with one of those who are here, where it can be done."""
    assert isinstance(node.store, ControlledStore)
    if step == "come" and node.house.is_free(find_key(name), 0):
        here.append(Guest(node, name))
        here[-1].send(Join(LOBBY))
    elif step == "go" and here:
        here.pop(one % len(here)).leave()
    elif step == "rename" and here:
        here[one % len(here)].send(Rename(name))
    elif step == "turn":
        await turns(4 * one)
    elif step in {"fail", "work"}:
        node.store.fails = full if step == "fail" else fine
