"""Applying: what events make of a room, in any order, and from any snapshot."""

from typing import Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.applying import apply
from hubbub.core.catalog import AnyEvent
from hubbub.core.features.blocking import Blocked, Unblocked
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Announced, Said
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.topics import TopicSet
from hubbub.core.kinds import RoomId
from hubbub.core.room import Block, Member, Room, RoomKind, Topic, copy_room
from tests.core.histories import PEOPLE, any_history, any_room
from tests.fuzz.budget import QUICK

ANN, BOB, _ = PEOPLE
NOON: Final = 43_200_000
"""A time in milliseconds."""


def room(**state: object) -> Room:
    """Return a room in which only this is to be seen."""
    return msgspec.structs.replace(Room(RoomId(1), RoomKind.CHANNEL, "#tea", "#Tea"), **state)


EMPTY: Final = room()
FOUNDED: Final = room(founded_ms=NOON, is_founded=True)
WITH_ANN: Final = room(members={ANN: Member("ann")}, founded_ms=NOON, is_founded=True)
WITH_BOTH: Final = room(members={ANN: Member("ann"), BOB: Member("bob")}, founded_ms=NOON, is_founded=True)
WITH_TOPIC: Final = room(topic=Topic("green", "ann", NOON))
WITH_BLOCK: Final = room(blocks={BOB: Block("bob")})

HAPPENINGS: Final = [
    (EMPTY, Joined(ANN, "ann"), WITH_ANN),
    (WITH_ANN, Joined(BOB, "bob"), WITH_BOTH),
    (WITH_ANN, Joined(ANN, "ann"), WITH_ANN),
    (WITH_BOTH, Left(BOB, "bob"), WITH_ANN),
    (WITH_ANN, Left(BOB, "bob"), WITH_ANN),
    (WITH_ANN, Left(ANN, "ann", "", quitting=True), FOUNDED),
    (WITH_ANN, Renamed(ANN, "ann", "anna"), room(members={ANN: Member("anna")}, founded_ms=NOON, is_founded=True)),
    (WITH_ANN, Renamed(BOB, "bob", "rob"), WITH_ANN),
    (EMPTY, TopicSet(ANN, "ann", "green"), WITH_TOPIC),
    (WITH_TOPIC, TopicSet(BOB, "bob", "black"), room(topic=Topic("black", "bob", NOON))),
    (WITH_TOPIC, TopicSet(BOB, "bob", ""), EMPTY),
    (EMPTY, Blocked(ANN, "ann", BOB, "bob"), WITH_BLOCK),
    (WITH_BLOCK, Blocked(ANN, "ann", BOB, "rob", silent=True), room(blocks={BOB: Block("rob", silent=True)})),
    (WITH_BLOCK, Unblocked(ANN, "ann", BOB), EMPTY),
    (EMPTY, Unblocked(ANN, "ann", BOB), EMPTY),
    (WITH_ANN, Said(ANN, "ann", "hello"), WITH_ANN),
    (WITH_ANN, Announced(ANN, "ann", "hello all"), WITH_ANN),
]
"""A room, what happens in it at noon, and the room afterwards."""


@pytest.mark.parametrize(("before", "event", "after"), HAPPENINGS, ids=str)
def test_events_do_what_they_say(before: Room, event: AnyEvent, after: Room) -> None:
    """Each event changes what it is about and nothing else; what is true already stays true."""
    changed = copy_room(before)
    apply(changed, event, NOON)
    assert changed == after


@QUICK
@given(any_room(), any_history())
def test_apply_never_fails(its_room: Room, history: list[tuple[AnyEvent, int]]) -> None:
    """A record that the store has accepted can be applied, whatever came before it and in whatever room."""
    for event, time_ms in history:
        apply(its_room, event, time_ms)


@QUICK
@given(any_room(), any_history(), st.integers(0, 30))
def test_a_snapshot_plus_the_records_since_is_a_fresh_snapshot(
    its_room: Room, history: list[tuple[AnyEvent, int]], place: int
) -> None:
    """Law 3: whoever loads a snapshot made anywhere and applies the rest knows what whoever began at 1 knows."""
    fresh, written = copy_room(its_room), copy_room(its_room)
    for event, time_ms in history:
        apply(fresh, event, time_ms)
    for event, time_ms in history[:place]:
        apply(written, event, time_ms)
    restored = msgspec.json.decode(msgspec.json.encode(written), type=Room)
    for event, time_ms in history[place:]:
        apply(restored, event, time_ms)
    assert restored == fresh
    assert msgspec.json.encode(restored) == msgspec.json.encode(fresh), "the order of people is a part of it"


@QUICK
@given(any_room(), any_history(), any_history())
def test_a_copy_goes_its_own_way(
    its_room: Room, before: list[tuple[AnyEvent, int]], after: list[tuple[AnyEvent, int]]
) -> None:
    """What happens in a copy does not happen in the room it was made from."""
    for event, time_ms in before:
        apply(its_room, event, time_ms)
    kept = msgspec.json.encode(its_room)
    copy = copy_room(its_room)
    assert copy == its_room
    for event, time_ms in after:
        apply(copy, event, time_ms)
    assert msgspec.json.encode(its_room) == kept
