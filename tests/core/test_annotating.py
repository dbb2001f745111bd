"""Annotating: who may answer, edit, delete, react to and pin what was said; and how messages look afterwards."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.answers import Answer
from hubbub.core.applying import apply
from hubbub.core.catalog import AnyEvent, MessageCommand, Record
from hubbub.core.decisions.annotating import REACTION_LENGTH
from hubbub.core.features.annotating import (
    PINS_LIMIT,
    Delete,
    Deleted,
    Edit,
    Edited,
    PinMessage,
    Pinned,
    React,
    Reacted,
    Removed,
    Reply,
    UnpinMessage,
    Unpinned,
    Unreact,
    Unreacted,
)
from hubbub.core.features.auditing import Audited
from hubbub.core.features.messages import ERASED, Said
from hubbub.core.features.moderation import Muted
from hubbub.core.features.room_roles import RoleSet
from hubbub.core.features.settings import SettingsChanged
from hubbub.core.kinds import RefusalCode, Refused, RoomId, Seq
from hubbub.core.message_answers import Outcome, Told
from hubbub.core.notes import (
    EDITS_LIMIT,
    NO_NOTE,
    QUOTE_LENGTH,
    REACTIONS_LIMIT,
    REACTORS_LIMIT,
    VERSIONS_BYTES,
    MessageRef,
    Note,
    Quote,
    Version,
    parse_ref,
    quote_of,
)
from hubbub.core.revising import revise, shown
from hubbub.core.roles import RoomRole
from hubbub.core.room import Pin, Room, copy_room
from hubbub.core.room_settings import Change
from hubbub.core.scene import DONE
from hubbub.core.signals import AnySignal, Hiding
from tests.core.test_applying import NOON, room
from tests.core.world import World, person_id
from tests.fuzz.budget import QUICK
from tests.stores.events import any_event

ANN, BOB, CAROL, DAVE = map(person_id, ("ann", "bob", "carol", "dave"))
REF: Final = MessageRef(RoomId(0), Seq(0))
"""Any message: what is decided about stands in the scene."""

HELLO: Final = Said(ANN, "ann", "hello")
ANSWER: Final = Said(BOB, "bob", "sure", reply_to=Seq(3), thread=Seq(3))


def scene() -> World:
    """Ann and Bob are in #tea; Carol looks after it, Dave is elsewhere. Bob blocks Dave, Carol blocks Bob silently."""
    world = World("ann", "bob", "carol", "dave")
    tea = world.channel("#tea", "ann", "bob", "carol")
    world.happen(tea, RoleSet(ANN, "ann", CAROL, "carol", RoomRole.MODERATOR))
    for one, other in (("ann", "bob"), ("bob", "dave"), ("bob", "carol"), ("ann", "ann")):
        world.direct(one, other)
    world.block("bob", "dave")
    world.block("carol", "bob", silent=True)
    return world


def message(world: World, where: str, event: AnyEvent = HELLO, note: Note | None = None, seq: int = 10) -> Record:
    """Return a message in a channel, or in the conversation of two people: `ann+bob`."""
    if "+" in where:
        one, other = where.split("+")
        its_room = world.direct(one, other) if not (found := find_direct(world, one, other)) else found
    else:
        its_room = world.house.channels[where]
    return Record(its_room.id, Seq(seq), 0, event, note)


def find_direct(world: World, one: str, other: str) -> Room | None:
    """Return the conversation of two people."""
    return world.house.direct_room(person_id(one), person_id(other))


class Row(NamedTuple):
    """What comes of a command about a message in some room that looks like this."""

    who: str
    command: MessageCommand
    event: AnyEvent | None
    where: str = "#tea"
    of: AnyEvent = HELLO
    note: Note | None = None
    answer: Answer = DONE
    signals: tuple[tuple[str, AnySignal], ...] = ()


THUMBS: Final = Note(reactions={"👍": {BOB: "bob"}})
FROM_BOB: Final = Said(BOB, "bob", "hello")
FROM_BOB_THUMB: Final = Reacted(BOB, "bob", Seq(3), "👍")

DECIDED: Final = [
    Row("bob", Reply(REF, "sure"), Said(BOB, "bob", "sure", reply_to=Seq(10), thread=Seq(10))),
    Row("bob", Reply(REF, "nods", "action"), Said(BOB, "bob", "nods", "action", Seq(10), Seq(10))),
    # The answer to an answer belongs to the same thread
    Row("ann", Reply(REF, "ok"), Said(ANN, "ann", "ok", reply_to=Seq(10), thread=Seq(3)), of=ANSWER),
    Row(
        "bob",
        Reply(REF, "sure"),
        Said(BOB, "bob", "sure", reply_to=Seq(10), thread=Seq(10)),
        "ann+bob",
        answer=Told("sure", (Outcome("ann", "delivered"),)),
    ),
    Row(
        "dave",
        Reply(REF, "sure"),
        None,
        "bob+dave",
        FROM_BOB,
        answer=Told("sure", (Outcome("bob", "refused", refusal="refused_by_recipient"),)),
    ),
    Row("bob", Reply(REF, "hm"), None, "bob+carol", FROM_BOB, answer=Told("hm", (Outcome("carol", "delivered"),))),
    Row(
        "ann",
        Reply(REF, "me"),
        Said(ANN, "ann", "me", reply_to=Seq(10), thread=Seq(10)),
        "ann+ann",
        answer=Told("me", (Outcome("ann", "delivered"),)),
    ),
    Row("ann", Edit(REF, "hullo\x07"), Edited(ANN, "ann", Seq(10), "hullo")),
    Row("ann", Edit(REF, "hullo"), Edited(ANN, "ann", Seq(10), "hullo"), "ann+bob"),
    Row("bob", Edit(REF, "hm"), None, "bob+carol", FROM_BOB),
    Row("ann", Delete(REF), Deleted(ANN, "ann", Seq(10), ANN, "ann")),
    Row("bob", Delete(REF), Deleted(BOB, "bob", Seq(10), BOB, "bob", Seq(3)), of=ANSWER),
    Row("bob", Delete(REF), Deleted(BOB, "bob", Seq(10), BOB, "bob"), "bob+carol", FROM_BOB),
    Row("bob", React(REF, " 👍 "), Reacted(BOB, "bob", Seq(10), "👍")),
    Row("bob", React(REF, "e\u0301toile"), Reacted(BOB, "bob", Seq(10), "étoile")),
    Row("ann", React(REF, "👍"), Reacted(ANN, "ann", Seq(10), "👍"), note=THUMBS),
    Row("bob", React(REF, "👍"), None, "bob+carol", FROM_BOB),
    Row("bob", Unreact(REF, "👍"), Unreacted(BOB, "bob", Seq(10), "👍"), note=THUMBS),
    # To delete a reaction is to take it back
    Row("bob", Delete(REF), Unreacted(BOB, "bob", Seq(3), "👍", Seq(10)), of=FROM_BOB_THUMB, note=THUMBS),
    Row("bob", PinMessage(REF), Pinned(BOB, "bob", Seq(10))),
    Row("bob", PinMessage(REF), Pinned(BOB, "bob", Seq(10)), "ann+bob"),
]


@pytest.mark.parametrize("row", DECIDED, ids=lambda row: f"{row.who}-{type(row.command).__name__}-{row.where}")
def test_what_comes_of_a_command(row: Row) -> None:
    """One event in the message's room, or none where the other one silently hears nothing; nothing is changed yet."""
    world = scene()
    its = message(world, row.where, row.of, row.note)
    before = world.state()
    decision = world.decide(row.who, row.command, message=its)
    events = [(its_room.id, event) for its_room, event in decision.events]
    assert events == ([] if row.event is None else [(its.room, row.event)])
    assert decision.answer == row.answer
    assert world.state() == before


def test_a_moderator_deletes_what_those_below_him_said() -> None:
    """It is written down in the audit, with the reason."""
    world = scene()
    its = message(world, "#tea")
    decision = world.decide("carol", Delete(REF, "spam\x1b"), message=its)
    deleted, audited = decision.events
    assert deleted[1] == Deleted(CAROL, "carol", Seq(10), ANN, "ann", reason="spam")
    assert audited[1] == Audited(CAROL, "carol", "delete", "ann", its.room, "#tea", "spam")


def test_who_does_not_see_the_speaker_is_named_to_him() -> None:
    """An answer is no way around the notice that somebody blocks one."""
    world = scene()
    world.block("bob", "ann")
    decision = world.decide("ann", Reply(REF, "sure"), message=message(world, "#tea"))
    assert decision.signals == ((ANN, Hiding("#tea", ("bob",))),)


SETTINGS: Final[Mapping[str, Change]] = {
    "archived": Change(is_archived=True),
    "needs_voice": Change(is_moderated=True),
    "not_allowed": Change(is_topic_locked=True),
}

REFUSED: Final[list[tuple[str, MessageCommand, RefusalCode, Mapping[str, object]]]] = [
    ("dave", Reply(REF, "hi"), "no_such_message", {}),
    ("dave", React(REF, "👍"), "no_such_message", {"where": "ann+bob"}),
    ("ann", Reply(REF, "hi"), "no_such_message", {"of": Removed(BOB, "bob")}),
    ("ann", Reply(REF, "hi"), "no_such_message", {"of": ERASED}),
    ("ann", Reply(REF, " "), "empty", {}),
    ("bob", Edit(REF, "hi"), "not_allowed", {}),
    ("carol", Edit(REF, "hi"), "not_allowed", {}),
    ("ann", Edit(REF, "hello"), "unchanged", {}),
    ("ann", Edit(REF, ""), "empty", {}),
    ("ann", Edit(REF, "x"), "list_full", {"note": Note(edits=tuple(map(Seq, range(EDITS_LIMIT))))}),
    ("bob", Delete(REF), "not_allowed", {}),
    ("carol", Delete(REF), "not_allowed", {"where": "bob+carol", "of": FROM_BOB}),
    ("ann", Delete(REF), "not_allowed", {"of": FROM_BOB_THUMB, "note": THUMBS}),
    ("bob", Delete(REF), "no_such_message", {"of": FROM_BOB_THUMB}),
    ("bob", Reply(REF, "hm"), "no_such_message", {"of": FROM_BOB_THUMB, "note": THUMBS}),
    ("bob", React(REF, "👍"), "unchanged", {"note": THUMBS}),
    ("bob", React(REF, ""), "bad_reaction", {}),
    ("bob", React(REF, "two words"), "bad_reaction", {}),
    ("bob", React(REF, "\u200b"), "bad_reaction", {}),
    ("bob", React(REF, "\ufe0f\u200d\u0301"), "bad_reaction", {}),
    ("bob", React(REF, "x" * (REACTION_LENGTH + 1)), "bad_reaction", {}),
    (
        "bob",
        React(REF, "!"),
        "list_full",
        {"note": Note(reactions={str(n): {ANN: "a"} for n in range(REACTIONS_LIMIT)})},
    ),
    (
        "bob",
        React(REF, "1"),
        "list_full",
        {"note": Note(reactions={"1": {person_id(str(n)): "x" for n in range(REACTORS_LIMIT)}})},
    ),
    ("ann", Unreact(REF, "👍"), "unchanged", {"note": THUMBS}),
    ("ann", Unreact(REF, "👎"), "unchanged", {}),
    ("ann", UnpinMessage(REF), "unchanged", {}),
    ("dave", React(REF, "👍"), "refused_by_recipient", {"where": "bob+dave", "of": FROM_BOB}),
    ("dave", PinMessage(REF), "refused_by_recipient", {"where": "bob+dave", "of": FROM_BOB}),
    ("bob", Reply(REF, "hi"), "archived", {"change": "archived"}),
    ("bob", React(REF, "👍"), "archived", {"change": "archived"}),
    ("bob", Reply(REF, "hi"), "needs_voice", {"change": "needs_voice"}),
    ("bob", PinMessage(REF), "needs_voice", {"change": "needs_voice"}),
    ("bob", PinMessage(REF), "not_allowed", {"change": "not_allowed"}),
]


@pytest.mark.parametrize(("who", "command", "code", "more"), REFUSED, ids=str)
def test_who_is_refused(who: str, command: MessageCommand, code: RefusalCode, more: Mapping[str, object]) -> None:
    """Each rule says no with its own code, and nothing is changed."""
    world = scene()
    where, of, note = str(more.get("where", "#tea")), more.get("of", HELLO), more.get("note")
    if (change := more.get("change")) is not None:
        world.happen(world.house.channels["#tea"], SettingsChanged(ANN, "ann", SETTINGS[str(change)]))
    assert isinstance(of, AnyEvent)
    assert note is None or isinstance(note, Note)
    its = message(world, where, of, note)
    before = world.state()
    with pytest.raises(Refused) as refused:
        world.decide(who, command, message=its)
    assert refused.value.refusal.code == code
    assert world.state() == before


def test_long_versions_are_bounded() -> None:
    """However few they are: a message that was edited is read with all of them."""
    world = scene()
    note = Note((Version("é" * (VERSIONS_BYTES // 2), 1),), "hello")
    with pytest.raises(Refused) as refused:
        world.decide("ann", Edit(REF, "x"), message=message(world, "#tea", HELLO, note))
    assert refused.value.refusal.code == "list_full"


def test_reactions_are_for_all_who_may_read() -> None:
    """Where few may speak, all the others may still show what they think; but not who is muted."""
    world = scene()
    tea = world.house.channels["#tea"]
    world.happen(tea, SettingsChanged(ANN, "ann", Change(access="announcement")))
    its = message(world, "#tea")
    assert world.decide("bob", React(REF, "👍"), message=its).events
    world.happen(tea, Muted(CAROL, "carol", BOB, "bob"))
    with pytest.raises(Refused) as refused:
        world.decide("bob", React(REF, "👍"), message=its)
    assert refused.value.refusal.code == "muted"


def test_nobody_answers_what_was_said_before_he_came() -> None:
    """In a room that shows newcomers nothing of its past, there is no such message for them."""
    world = scene()
    tea = world.house.channels["#tea"]
    world.happen(tea, SettingsChanged(ANN, "ann", Change(history="joined")))
    tea.seq = Seq(20)
    world.happen(tea, world.joining("dave"))
    with pytest.raises(Refused) as refused:
        world.decide("dave", Reply(REF, "what?"), message=message(world, "#tea", seq=20))
    assert refused.value.refusal.code == "no_such_message"
    assert world.decide("dave", Reply(REF, "what?"), message=message(world, "#tea", seq=21)).events


def test_pins_are_few() -> None:
    """One more than the most is refused; taking one off makes place, and what was pinned can be unpinned."""
    world = scene()
    tea = world.house.channels["#tea"]
    for seq in range(1, PINS_LIMIT + 1):
        world.happen(tea, Pinned(ANN, "ann", Seq(seq)))
    with pytest.raises(Refused, match="100 messages are pinned"):
        world.decide("ann", PinMessage(REF), message=message(world, "#tea", seq=500))
    with pytest.raises(Refused, match="pinned already"):
        world.decide("ann", PinMessage(REF), message=message(world, "#tea", seq=1))
    unpinned = world.decide("ann", UnpinMessage(REF), message=message(world, "#tea", seq=1))
    assert [event for _, event in unpinned.events] == [Unpinned(ANN, "ann", Seq(1))]


WITH_PIN: Final = room(pins={Seq(3): Pin("ann", NOON)})

HAPPENINGS: Final = [
    (room(), Pinned(ANN, "ann", Seq(3)), WITH_PIN),
    (WITH_PIN, Pinned(BOB, "bob", Seq(3)), room(pins={Seq(3): Pin("bob", NOON)})),
    (WITH_PIN, Unpinned(BOB, "bob", Seq(3)), room()),
    (room(), Unpinned(BOB, "bob", Seq(3)), room()),
    (WITH_PIN, Deleted(ANN, "ann", Seq(3), ANN, "ann"), room()),
    (WITH_PIN, Deleted(ANN, "ann", Seq(4), ANN, "ann"), WITH_PIN),
    (WITH_PIN, Edited(ANN, "ann", Seq(3), "x"), WITH_PIN),
    (WITH_PIN, Reacted(ANN, "ann", Seq(3), "x"), WITH_PIN),
    (WITH_PIN, Unreacted(ANN, "ann", Seq(3), "x"), WITH_PIN),
    (WITH_PIN, Removed(ANN, "ann"), WITH_PIN),
]


@pytest.mark.parametrize(("before", "event", "after"), HAPPENINGS, ids=str)
def test_events_change_the_room(before: Room, event: AnyEvent, after: Room) -> None:
    """Only what is pinned is a matter of the room; all else is of the message."""
    changed = copy_room(before)
    apply(changed, event, NOON)
    assert changed == after


def at(seq: int, event: AnyEvent, note: Note | None = None) -> Record:
    """Return a record of room 1; its time is ten times its place."""
    return Record(RoomId(1), Seq(seq), seq * 10, event, note)


EDITED: Final = at(3, Said(ANN, "ann", "hi"), Note((Version("hello", 30),), "hi", 50, (Seq(5),)))

REVISED: Final = [
    (at(3, HELLO), at(5, Edited(ANN, "ann", Seq(3), "hi")), EDITED),
    (
        EDITED,
        at(6, Edited(ANN, "ann", Seq(3), "hey")),
        at(
            3,
            Said(ANN, "ann", "hey"),
            Note((Version("hello", 30), Version("hi", 50)), "hey", 60, (Seq(5), Seq(6))),
        ),
    ),
    (at(3, HELLO), at(5, Edited(ANN, "ann", Seq(3), "")), at(3, HELLO)),
    (EDITED, at(6, Deleted(ANN, "ann", Seq(3), ANN, "ann")), at(3, Removed(ANN, "ann"))),
    (EDITED, at(6, Deleted(BOB, "bob", Seq(3), ANN, "ann", reason="x")), at(3, Removed(ANN, "ann", "bob", "x"))),
    (at(3, Removed(ANN, "ann")), at(6, Edited(ANN, "ann", Seq(3), "hi")), at(3, Removed(ANN, "ann"))),
    (at(3, HELLO), at(6, Reacted(BOB, "bob", Seq(3), "👍")), at(3, HELLO, THUMBS)),
    (at(3, HELLO, THUMBS), at(6, Reacted(BOB, "bob", Seq(3), "👍")), at(3, HELLO, THUMBS)),
    (at(3, HELLO, THUMBS), at(6, Unreacted(BOB, "bob", Seq(3), "👍")), at(3, HELLO, NO_NOTE)),
    (at(3, HELLO, THUMBS), at(6, Unreacted(ANN, "ann", Seq(3), "👍")), at(3, HELLO, THUMBS)),
    (at(3, HELLO), at(4, ANSWER), at(3, HELLO, Note(replies=1, last_reply=Seq(4)))),
    (
        at(3, HELLO, Note(replies=2, last_reply=Seq(5))),
        at(6, Deleted(BOB, "bob", Seq(4), BOB, "bob", Seq(3))),
        at(3, HELLO, Note(replies=1, last_reply=Seq(5))),
    ),
    # Nobody loses a thread because its first message is gone
    (
        at(3, HELLO, Note(replies=2, last_reply=Seq(5), reactions={"x": {BOB: "bob"}})),
        at(6, Deleted(ANN, "ann", Seq(3), ANN, "ann")),
        at(3, Removed(ANN, "ann"), Note(replies=2, last_reply=Seq(5))),
    ),
]
"""A message, a record about it, and the message afterwards."""


@pytest.mark.parametrize(("before", "change", "after"), REVISED, ids=str)
def test_how_a_message_looks_afterwards(before: Record, change: Record, after: Record) -> None:
    """Each event changes what it is about; and a note brings all of that back, but for what is gone."""
    assert revise(before, change) == after
    said = before.event if before.note is None or not before.note.versions else HELLO
    if not isinstance(after.event, Removed):
        assert shown(at(3, said), after.note) == after


@QUICK
@given(any_event(), st.lists(any_event(), max_size=20))
def test_revising_never_fails(first: AnyEvent, changes: list[AnyEvent]) -> None:
    """Whatever the store has accepted, in any order; and what is deleted has no text any more."""
    looks = at(3, first)
    for place, event in enumerate(changes, 4):
        about = msgspec.structs.replace(event, message=Seq(3)) if hasattr(event, "message") else event
        looks = revise(looks, at(place, about))
    if isinstance(looks.event, Removed):
        assert not (looks.note or NO_NOTE).versions


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("hi", "hi"),
        ("\n  hi  \nthere", "hi"),
        ("x" * QUOTE_LENGTH, "x" * QUOTE_LENGTH),
        ("x" * 61, "x" * 59 + "…"),
        ("", ""),
    ],
)
def test_a_quote_is_the_beginning_of_a_line(text: str, quote: str) -> None:
    """One line, cut where it would be long."""
    assert quote_of("ann", text) == Quote("ann", quote)


@pytest.mark.parametrize(
    "text", ["", "1", "1-", "-1", "a-1", "1-1-1", "1 - 1", "٣-1", "9" * 40 + "-1", "1-9223372036854775808", "0-1"]
)
def test_what_is_no_reference_is_refused(text: str) -> None:
    """As if there were no such message."""
    with pytest.raises(Refused, match="no such message"):
        parse_ref(text)


@given(st.integers(1, 2**63 - 1), st.integers(1, 2**63 - 1))
def test_a_reference_reads_as_it_is_written(its_room: int, seq: int) -> None:
    """It stands in links."""
    ref = MessageRef(RoomId(its_room), Seq(seq))
    assert parse_ref(str(ref)) == ref
