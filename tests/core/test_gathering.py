"""Gathering: who comes into a group, what it is called, and who may take others in."""

from typing import Final

import pytest

from hubbub.core.decisions.gathering import NAMES_TRIED
from hubbub.core.features.gathering import Gather
from hubbub.core.features.inviting import Invite
from hubbub.core.features.membership import Joined
from hubbub.core.features.settings import SettingsChanged
from hubbub.core.kinds import RefusalCode, Refused
from hubbub.core.limits import Limits
from hubbub.core.message_answers import Outcome
from hubbub.core.names import ROOM_NAME_LIMIT
from hubbub.core.room import Room
from hubbub.core.room_answers import Gathered
from hubbub.core.room_settings import Change
from hubbub.core.signals import Gathering
from tests.core.world import World, person_id

ANN, BOB, CAROL, DAVE = map(person_id, ("ann", "bob", "carol", "dave"))
GROUP: Final = Change(access="private", is_group=True)


def scene() -> World:
    """Ann, Bob, Carol and Dave are here; Dave blocks Ann, and Carol silently blocks Bob. Eve has an account."""
    world = World("ann", "bob", "carol", "dave")
    world.block("dave", "ann")
    world.block("carol", "bob", silent=True)
    world.account("eve")
    return world


def group(world: World, name: str, *members: str) -> Room:
    """Return a group that these are in."""
    room = world.channel(name, *members)
    world.happen(room, SettingsChanged(ANN, "ann", GROUP))
    return room


def test_a_new_group() -> None:
    """Whoever brings people together is in first, and owns it; then it is private, the others come in and are told."""
    world = scene()
    room = world.channel("#ann+bob+eve")
    decision = world.decide("ann", Gather(("bob", "eve", "dave", "zoe", "BOB", "ann")))
    assert decision.events == (
        (room, Joined(ANN, "ann", founding=True)),
        (room, SettingsChanged(ANN, "ann", GROUP, "public")),
        (room, Joined(BOB, "bob", by="ann")),
        (room, Joined(person_id("eve"), "eve", by="ann")),
    )
    outcomes = (
        Outcome("bob", "delivered"),
        Outcome("eve", "waiting"),
        Outcome("dave", "refused", refusal="refused_by_recipient"),
        Outcome("zoe", "unknown"),
    )
    assert decision.answer == Gathered("#ann+bob+eve", outcomes)
    assert decision.signals == ((BOB, Gathering(room.name, "ann")), (person_id("eve"), Gathering(room.name, "ann")))


def test_the_same_people_have_one_group() -> None:
    """Whoever of them asks for it, nothing happens: they are in it."""
    world = scene()
    room = group(world, "#ann+bob", "ann", "bob")
    for who, other in (("ann", "bob"), ("bob", "ann")):
        decision = world.decide(who, Gather((other,)))
        assert decision.events == ()
        assert decision.answer == Gathered(room.name, (Outcome(other, "delivered"),))


@pytest.mark.parametrize("is_group", [False, True])
def test_a_room_that_is_called_so_is_left_alone(is_group: bool) -> None:
    """Be it no group, or that of other people: the new one gets a number."""
    world = scene()
    room = group(world, "#ann+bob", "ann", "bob", "carol") if is_group else world.channel("#ann+bob", "ann", "bob")
    second = world.channel("#ann+bob-2")
    decision = world.decide("ann", Gather(("bob",)))
    assert room.id not in {one.id for one, _ in decision.events}
    assert {one.id for one, _ in decision.events} == {second.id}


def test_a_long_name_is_cut_off_before_its_number() -> None:
    """A name of many people fits all the same."""
    world = World(*(f"somebody{number}" for number in range(20)))
    stem = "+".join(f"somebody{number}" for number in sorted(range(20), key=str))[: ROOM_NAME_LIMIT - 1]
    world.channel(f"#{stem}", "somebody0")
    second = world.channel(f"#{stem[:-2]}-2")
    decision = world.decide("somebody0", Gather(tuple(f"somebody{number}" for number in range(20))))
    assert decision.events[0][0] is second


def test_everybody_in_a_group_takes_others_in() -> None:
    """He who refuses to hear him is left out, and whoever is in already stays."""
    world = scene()
    room = group(world, "#x", "ann", "bob")
    decision = world.decide("bob", Gather(("carol", "ann", "dave"), "#x"))
    assert decision.events == ((room, Joined(DAVE, "dave", by="bob")),)
    assert decision.answer == Gathered(
        "#x",
        (
            Outcome("carol", "refused", refusal="refused_by_recipient"),
            Outcome("ann", "delivered"),
            Outcome("dave", "delivered"),
        ),
    )
    assert world.decide("bob", Invite("#x", "dave")).events


def test_nobody_is_taken_into_too_many_rooms() -> None:
    """His limit holds for others as for himself."""
    world = scene()
    world.channel("#ann+bob")
    world.channel("#one", "bob")
    with pytest.raises(Refused, match="Nobody of those"):
        world.decide("ann", Gather(("bob",)), Limits(rooms_per_person=1))
    with pytest.raises(Refused, match="rooms"):
        world.decide("bob", Gather(("ann",)), Limits(rooms_per_person=1))


REFUSED: Final[list[tuple[str, Gather, RefusalCode]]] = [
    ("ann", Gather(()), "nobody"),
    ("ann", Gather(("ann", "zoe")), "nobody"),
    ("ann", Gather(("dave",)), "nobody"),
    ("ann", Gather(tuple(map(str, range(999)))), "too_many_recipients"),
    ("ann", Gather(("bob",), "#open"), "not_allowed"),
    ("bob", Gather(("dave",), "#open"), "not_a_member"),
    ("bob", Gather(("dave",), "#hidden"), "no_such_room"),
    ("bob", Gather(("dave",), "#none"), "no_such_room"),
]


@pytest.mark.parametrize(("who", "command", "code"), REFUSED, ids=str)
def test_who_is_refused(who: str, command: Gather, code: RefusalCode) -> None:
    """Nothing is changed; of a group that one is not in, one learns nothing."""
    world = scene()
    world.channel("#ann")
    world.channel("#open", "ann")
    group(world, "#hidden", "ann")
    before = world.state()
    with pytest.raises(Refused) as refused:
        world.decide(who, command)
    assert refused.value.refusal.code == code
    assert world.state() == before


def test_there_are_only_so_many_names() -> None:
    """Whoever fills them all up is told to make a room of his own."""
    world = scene()
    for number in range(1, NAMES_TRIED + 1):
        world.channel("#ann+bob" if number == 1 else f"#ann+bob-{number}", "carol")
    with pytest.raises(Refused, match="Make a room of your own"):
        world.decide("ann", Gather(("bob",)))
