"""Portraits, decided: what people say of themselves, what of it is kept, and who learns of it."""

from typing import Final

import pytest

from hubbub.core.applying import apply
from hubbub.core.catalog import AnyCommand, AnyEvent
from hubbub.core.effects import take_effect
from hubbub.core.features.accounts import AccountOpened, OpenAccount
from hubbub.core.features.portraits import ABOUT_LIMIT, BotMarked, Describe, Described, MarkBot
from hubbub.core.kinds import Refused
from hubbub.core.room import Room, copy_room
from hubbub.core.scene import DONE
from hubbub.core.signals import Automating, Describing
from tests.core.test_deciding import Row
from tests.core.test_directory import NOON, personal
from tests.core.world import World, person_id

ANN, BOB, CAROL = map(person_id, ("ann", "bob", "carol"))

HAPPENINGS: Final[list[tuple[Room, AnyEvent, Room]]] = [
    (personal(), Described(ANN, "ann", "Ann Lee"), personal(about="Ann Lee")),
    (personal(about="Ann Lee"), Described(ANN, "ann", ""), personal()),
    (personal(), BotMarked(ANN, "ann", True), personal(is_bot=True)),
    (personal(is_bot=True), BotMarked(ANN, "ann", False), personal()),
]
"""A personal room, what happens in it, and the room afterwards."""


@pytest.mark.parametrize(("before", "event", "after"), HAPPENINGS, ids=repr)
def test_events_do_what_they_say(before: Room, event: AnyEvent, after: Room) -> None:
    """Each event changes what it is about and nothing else."""
    changed = copy_room(before)
    apply(changed, event, NOON)
    assert changed == after


def scene() -> World:
    """Ann, a guest, Bob and Carol, who has an account, are in #tea; Bob blocks Carol. Dave is elsewhere."""
    world = World("ann", "bob", "carol", "dave")
    world.account("carol")
    world.channel("#tea", "ann", "bob", "carol")
    world.channel("#den", "ann", "bob")
    world.block("bob", "carol")
    return world


DECIDED: Final = [
    # A guest's ends with him, so nothing is kept; each of those who share a room with him is told once
    Row(
        "ann",
        Describe(" Ann\nLee\x02 "),
        signals=((BOB, Describing("ann", "Ann Lee")), (CAROL, Describing("ann", "Ann Lee"))),
    ),
    Row("ann", MarkBot(), signals=((BOB, Automating("ann", True)), (CAROL, Automating("ann", True)))),
    # What somebody with an account says of himself is kept; whoever refuses to hear him is not told
    Row(
        "carol",
        Describe("x" * ABOUT_LIMIT),
        ((CAROL, Described(CAROL, "carol", "x" * ABOUT_LIMIT)),),
        signals=((ANN, Describing("carol", "x" * ABOUT_LIMIT)),),
    ),
    Row("carol", MarkBot(), ((CAROL, BotMarked(CAROL, "carol", True)),), signals=((ANN, Automating("carol", True)),)),
    # What is so already
    Row("ann", Describe("\n")),
    Row("ann", MarkBot(is_bot=False)),
]


@pytest.mark.parametrize("row", DECIDED, ids=lambda row: f"{row.who} {row.command}"[:80])
def test_what_comes_of_a_command(row: Row) -> None:
    """Roommates are told, and the asker's other connections, of the same thing."""
    world = scene()
    before = world.state()
    decision = world.decide(row.who, row.command)
    assert tuple((room.key, event) for room, event in decision.events) == row.events
    assert decision.answer == DONE
    assert sorted(decision.signals) == sorted(row.signals)
    assert decision.elsewhere == (row.signals[0][1] if row.signals else None)
    assert world.state() == before, "deciding changes nothing"


def test_a_description_is_short() -> None:
    """It is refused and not cut off: whoever writes it sees what others will read."""
    with pytest.raises(Refused) as refused:
        scene().decide("ann", Describe("x" * (ABOUT_LIMIT + 1)))
    assert refused.value.refusal.code == "too_long"


@pytest.mark.parametrize("command", [Describe("Ann Lee"), MarkBot()], ids=repr)
def test_what_is_carried_out_is_true_and_need_not_be_said_again(command: AnyCommand) -> None:
    """The second time nobody is told."""
    world = scene()
    take_effect(world.person("ann"), command, 0)
    assert world.decide("ann", command).signals == ()


def test_who_opens_an_account_keeps_what_he_said_of_himself() -> None:
    """He said it as a guest, when there was nowhere to keep it."""
    world = scene()
    take_effect(world.person("ann"), Describe("Ann Lee"), 0)
    take_effect(world.person("ann"), MarkBot(), 0)
    events = [event for _, event in world.decide("ann", OpenAccount()).events]
    assert events == [
        AccountOpened(ANN, "ann", "ann", "ann"),
        Described(ANN, "ann", "Ann Lee"),
        BotMarked(ANN, "ann", True),
    ]
