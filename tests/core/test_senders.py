"""Senders, decided: whom one lets write to one alone, and what those are told whom one does not."""

from typing import Final

import pytest

from hubbub.core.applying import apply
from hubbub.core.catalog import AnyCommand, AnyEvent, Record
from hubbub.core.decisions.speaking import how_refused
from hubbub.core.effects import note_knocks
from hubbub.core.features.annotating import React, Reply
from hubbub.core.features.blocking import Blocked
from hubbub.core.features.gathering import Gather
from hubbub.core.features.messages import Said, Tell
from hubbub.core.features.querying import QueryClient
from hubbub.core.features.senders import (
    ACCEPTED_LIMIT,
    KNOCK_SECONDS,
    Accept,
    Accepted,
    LimitSenders,
    SendersLimited,
    Unaccept,
    Unaccepted,
)
from hubbub.core.kinds import PersonId, RefusalCode, Refused, Seq
from hubbub.core.message_answers import Outcome, Told
from hubbub.core.notes import LastMessage
from hubbub.core.people_answers import AcceptedChanged
from hubbub.core.room import Room, RoomKind, Senders, copy_room, direct_key
from hubbub.core.room_answers import Gathered
from hubbub.core.signals import Accepting, Knocking
from tests.core.test_deciding import Row
from tests.core.test_directory import NOON, personal
from tests.core.world import World, person_id

ANN, BOB, CAROL, DEE = map(person_id, ("ann", "bob", "carol", "dee"))

HAPPENINGS: Final[list[tuple[Room, AnyEvent, Room]]] = [
    (personal(), SendersLimited(ANN, "ann", "accepted"), personal(senders="accepted")),
    (personal(senders="accepted"), SendersLimited(ANN, "ann", "everyone"), personal()),
    (personal(), Accepted(ANN, "ann", BOB, "bob"), personal(accepted={BOB: "bob"})),
    (personal(accepted={BOB: "bob"}), Accepted(ANN, "ann", BOB, "rob"), personal(accepted={BOB: "rob"})),
    (personal(accepted={BOB: "bob"}), Unaccepted(ANN, "ann", BOB), personal()),
    (personal(), Unaccepted(ANN, "ann", BOB), personal()),
]
"""A personal room, what happens in it, and the room afterwards."""


@pytest.mark.parametrize(("before", "event", "after"), HAPPENINGS, ids=repr)
def test_events_do_what_they_say(before: Room, event: AnyEvent, after: Room) -> None:
    """Each event changes what it is about and nothing else."""
    changed = copy_room(before)
    apply(changed, event, NOON)
    assert changed == after


def scene(whom: Senders = "accepted") -> World:
    """Ann lets write to her whom she says and has accepted Bob, then called Rob. Carol has an account, and so has Dee.

    Dee, who is not here, lets write to her whom she has accepted, and that is nobody.
    """
    world = World("ann", "bob", "carol", "dee")
    for name in ("carol", "dee"):
        world.account(name)
    world.house.dismiss(world.person("dee"))
    for one in ("bob", "carol", "dee", "ann"):
        world.direct(one, "ann")
    ann, dee = (world.house.require_room(RoomKind.PERSONAL, one) for one in (ANN, DEE))
    world.happen(ann, SendersLimited(ANN, "ann", whom))
    world.happen(ann, Accepted(ANN, "ann", BOB, "rob"))
    world.happen(dee, SendersLimited(DEE, "dee", "accepted"))
    return world


ANN_TO_CAROL: Final = direct_key({ANN, CAROL})
ANN_ACCEPTS_CAROL: Final = (ANN, Accepted(ANN, "ann", CAROL, "carol"))

DECIDED: Final = [
    Row("ann", LimitSenders("accounts"), ((ANN, SendersLimited(ANN, "ann", "accounts")),)),
    Row("ann", LimitSenders("accepted")),
    Row("ann", Accept(("CAROL", "zoe", "bob")), (ANN_ACCEPTS_CAROL,), AcceptedChanged(("carol",), ("zoe",), ("bob",))),
    Row("ann", Accept(("carol", "carol")), (ANN_ACCEPTS_CAROL,), AcceptedChanged(("carol",), ())),
    Row("ann", Unaccept(("bob", "zoe")), ((ANN, Unaccepted(ANN, "ann", BOB)),), AcceptedChanged(("rob",), ("zoe",))),
    Row("ann", Unaccept(("Rob",)), ((ANN, Unaccepted(ANN, "ann", BOB)),), AcceptedChanged(("rob",), ())),
    # Whoever is written to may answer, and is accepted once
    Row(
        "ann",
        Tell(("carol",), "hi"),
        ((ANN_TO_CAROL, Said(ANN, "ann", "hi")), ANN_ACCEPTS_CAROL),
        Told("hi", (Outcome("carol", "delivered"),)),
    ),
    Row(
        "ann",
        Tell(("bob", "ann", "zoe"), "hi"),
        tuple((direct_key({ANN, one}), Said(ANN, "ann", "hi")) for one in (BOB, ANN)),
        Told("hi", (Outcome("bob", "delivered"), Outcome("ann", "delivered"), Outcome("zoe", "unknown"))),
    ),
    # Whoever is not accepted is told so, and the other one that he wants to be
    Row(
        "carol",
        Tell(("ann",), "hi"),
        (),
        Told("hi", (Outcome("ann", "refused", refusal="asks_first", is_knocking=True),)),
        ((ANN, Knocking("carol")),),
    ),
    # Nobody is told who is not here, and whoever does not hear somebody is not accepted by him
    Row("ann", Tell(("dee",), "hi"), (), Told("hi", (Outcome("dee", "refused", refusal="asks_first"),))),
]


@pytest.mark.parametrize("row", DECIDED, ids=lambda row: f"{row.who} {row.command}"[:80])
def test_what_comes_of_a_command(row: Row) -> None:
    """A command that is allowed has these events, this answer and these signals."""
    world = scene()
    before = world.state()
    decision = world.decide(row.who, row.command)
    assert tuple((room.key, event) for room, event in decision.events) == row.events
    assert (decision.answer, decision.signals) == (row.answer, row.signals)
    assert world.state() == before, "deciding changes nothing"


@pytest.mark.parametrize(
    ("whom", "who", "why"),
    [
        ("everyone", "bob", None),
        ("accounts", "bob", None),
        ("accounts", "carol", None),
        ("accepted", "bob", None),
        ("accepted", "carol", "asks_first"),
        ("accepted", "ann", None),
        ("accounts", "gus", "accounts_only"),
        ("accepted", "gus", "asks_first"),
    ],
)
def test_who_may_write(whom: Senders, who: str, why: RefusalCode | None) -> None:
    """Everyone, those with an account, or those who are accepted; these always, and oneself."""
    world = scene(whom)
    world.welcome("gus")
    assert how_refused(world.house, world.person(who), world.person("ann"), 0) == why


def test_who_is_accepted_may_be_blocked_all_the_same() -> None:
    """A block says more."""
    world = scene()
    world.happen(world.house.require_room(RoomKind.PERSONAL, ANN), Blocked(ANN, "ann", BOB, "bob"))
    assert how_refused(world.house, world.person("bob"), world.person("ann"), 0) == "refused_by_recipient"


REFUSED: Final[list[tuple[str, AnyCommand, RefusalCode]]] = [
    ("ann", Accept(("",)), "nobody"),
    ("carol", QueryClient("ann", "VERSION"), "asks_first"),
]


@pytest.mark.parametrize(("who", "command", "code"), REFUSED, ids=repr)
def test_what_is_refused(who: str, command: AnyCommand, code: RefusalCode) -> None:
    """Whoever may not write to somebody does not reach him in other ways."""
    world = scene()
    with pytest.raises(Refused) as refused:
        world.decide(who, command)
    assert refused.value.refusal.code == code


def test_nobody_is_taken_into_a_group_by_whom_he_has_not_accepted() -> None:
    """The others are."""
    world = scene()
    world.channel("#bob+carol")
    gathered = world.decide("carol", Gather(("ann", "bob"))).answer
    assert isinstance(gathered, Gathered)
    assert gathered.outcomes == (Outcome("ann", "refused", refusal="asks_first"), Outcome("bob", "delivered"))


def test_so_many_are_accepted_and_no_more() -> None:
    """Whoever is at the end of the list is refused; answering somebody says so nowhere, and accepts nobody."""
    world = scene()
    room = world.house.require_room(RoomKind.PERSONAL, ANN)
    for number in range(ACCEPTED_LIMIT - 1):
        world.happen(room, Accepted(ANN, "ann", PersonId(f"p{number}"), f"p{number}"))
    with pytest.raises(Refused) as refused:
        world.decide("ann", Accept(("carol",)))
    assert refused.value.refusal.code == "list_full"
    assert len(world.decide("ann", Tell(("carol",), "hi")).events) == 1
    assert world.decide("ann", Accept(("bob",))).answer == AcceptedChanged((), (), ("bob",))


def test_one_knocks_once_a_minute() -> None:
    """However often one writes; whoever then is accepted, and he alone, is told that he is heard."""
    world = scene()
    carol, knocks = world.person("carol"), []
    for world.now_ms in (0, 1, KNOCK_SECONDS * 1_000 - 1, KNOCK_SECONDS * 1_000):
        decision = world.decide("carol", Tell(("ann",), "hi"))
        note_knocks(carol, decision.signals, world.now_ms)
        knocks.append(bool(decision.signals))
    assert knocks == [True, False, False, True]
    world.welcome("gus")
    assert world.decide("ann", Accept(("carol", "gus"))).signals == ((CAROL, Accepting("ann")),)


def test_knocks_are_forgotten() -> None:
    """Whoever knocks at many is no burden for ever."""
    carol = World("carol").person("carol")
    note_knocks(carol, [(ANN, Knocking("carol"))], 0)
    note_knocks(carol, [(BOB, Knocking("carol"))], KNOCK_SECONDS * 1_000)
    assert carol.knocked == {BOB: KNOCK_SECONDS * 1_000}


def test_an_answer_in_a_conversation_is_like_any_message() -> None:
    """It is refused and knocks, or accepts the other one; a reaction does neither."""
    world, ref = scene(), LastMessage("@ann")
    room = world.house.direct_room(ANN, CAROL)
    assert room is not None
    message = Record(room.id, Seq(1), 0, Said(CAROL, "carol", "hello"))
    answered = world.decide("ann", Reply(ref, "hi"), message=message)
    assert [(one.key, type(event)) for one, event in answered.events] == [(ANN_TO_CAROL, Said), (ANN, Accepted)]
    refused = world.decide("carol", Reply(ref, "hi"), message=message)
    assert refused.signals == ((ANN, Knocking("carol")),)
    assert len(world.decide("ann", React(ref, "👍"), message=message).events) == 1
    with pytest.raises(Refused) as error:
        world.decide("carol", React(ref, "👍"), message=message)
    assert error.value.refusal.code == "asks_first"
