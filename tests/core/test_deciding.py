"""Deciding: one table says what comes of every command, and another who is refused, and why."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import pytest

from hubbub.core.answers import Answer
from hubbub.core.catalog import AnyCommand, AnyEvent
from hubbub.core.features.blocking import Block, Blocked, Unblock, Unblocked
from hubbub.core.features.membership import REASON_LIMIT, Join, Joined, Leave, Left
from hubbub.core.features.messages import DEFAULTS, Announced, Broadcast, Said, Say, Tell
from hubbub.core.features.presence import AWAY_LIMIT, ComeBack, GoAway
from hubbub.core.features.renaming import Rename, Renamed
from hubbub.core.features.topics import TOPIC_LIMIT, SetTopic, TopicSet
from hubbub.core.kinds import PersonId, RefusalCode, Refused
from hubbub.core.limits import Limits
from hubbub.core.message_answers import Outcome, Told
from hubbub.core.names import Name
from hubbub.core.people_answers import BlocksChanged, Called
from hubbub.core.room import HOUSE_KEY, Topic
from hubbub.core.room_answers import Departed, TopicFound
from hubbub.core.scene import DONE
from hubbub.core.signals import Accepting, AnySignal, Hiding, Idling, Refusing, Returning
from tests.core.world import World, person_id

ANN, BOB, CAROL, DAVE = map(person_id, ("ann", "bob", "carol", "dave"))


def scene() -> World:
    """Ann and Bob are in #Tea, Carol and Dave in #den. Bob blocks Carol and is away; Dave blocks Ann silently."""
    world = World("ann", "bob", "carol", "dave")
    world.channel("#Tea", "ann", "bob", topic="green")
    world.channel("#den", "carol", "dave")
    for one, other in (("ann", "bob"), ("ann", "ann"), ("ann", "carol"), ("ann", "dave"), ("bob", "carol")):
        world.direct(one, other)
    world.block("bob", "carol")
    world.block("dave", "ann", silent=True)
    world.person("bob").away = "lunch"
    return world


class Row(NamedTuple):
    """What comes of a command: events by their room's key, an answer, signals, and a name claimed."""

    who: str
    command: AnyCommand
    events: tuple[tuple[str, AnyEvent], ...] = ()
    answer: Answer = DONE
    signals: tuple[tuple[PersonId, AnySignal], ...] = ()
    claim: Name | None = None


def told(*outcomes: Outcome, text: str = "hi") -> Told:
    """Return what a sender is answered."""
    return Told(text, outcomes)


MESSAGE_BYTES: Final = DEFAULTS.message_bytes
HI: Final = Said(ANN, "ann", "hi")
ANN_TO_ANN, ANN_TO_BOB, ANN_TO_CAROL = (" ".join(sorted({ANN, other})) for other in (ANN, BOB, CAROL))
BOB_HEARS: Final = Outcome("bob", "delivered", "lunch")
ANN_RENAMED: Final = ("#tea", Renamed(ANN, "ann", "Anna"))

DECIDED: Final = [
    # Saying
    Row("ann", Say("#Tea", "hi"), (("#tea", HI),)),
    Row("ann", Say("#TEA", " hi\x07\n", "action"), (("#tea", Said(ANN, "ann", " hi", "action")),)),
    Row("ann", Say("#tea", "hi", "notice"), (("#tea", Said(ANN, "ann", "hi", "notice")),)),
    Row("bob", Say("#tea", "x" * MESSAGE_BYTES), (("#tea", Said(BOB, "bob", "x" * MESSAGE_BYTES)),)),
    # Telling: each recipient once, however he is written; what becomes of it, for each
    Row("ann", Tell(("bob",), "hi"), ((ANN_TO_BOB, HI),), told(BOB_HEARS)),
    Row("ann", Tell(("BOB", "bob"), "hi"), ((ANN_TO_BOB, HI),), told(BOB_HEARS)),
    Row("ann", Tell(("ann",), "hi"), ((ANN_TO_ANN, HI),), told(Outcome("ann", "delivered"))),
    Row("carol", Tell(("bob",), "hi"), (), told(Outcome("bob", "refused", refusal="refused_by_recipient"))),
    Row("ann", Tell(("dave",), "hi"), (), told(Outcome("dave", "delivered"))),
    Row("ann", Tell(("zoe", "zoe", "no one"), "hi"), (), told(Outcome("zoe", "unknown"), Outcome("no one", "unknown"))),
    Row(
        "ann",
        Tell(("carol", "zoe", "dave", "bob"), "hi"),
        ((ANN_TO_CAROL, HI), (ANN_TO_BOB, HI)),
        told(Outcome("carol", "delivered"), Outcome("zoe", "unknown"), Outcome("dave", "delivered"), BOB_HEARS),
    ),
    # Broadcasting
    Row("bob", Broadcast("hi"), ((HOUSE_KEY, Announced(BOB, "bob", "hi")),)),
    Row(
        "carol",
        Broadcast("hi"),
        ((HOUSE_KEY, Announced(CAROL, "carol", "hi")),),
        signals=((CAROL, Hiding("", ("bob",))),),
    ),
    # Joining and leaving
    Row("ann", Join("#den"), (("#den", Joined(ANN, "ann")),)),
    Row("ann", Join("den"), (("#den", Joined(ANN, "ann")),)),
    Row("ann", Join("#tea")),
    Row("ann", Leave("#tea"), (("#tea", Left(ANN, "ann")),), Departed("#Tea")),
    Row("ann", Leave("#tea", "x" * 999), (("#tea", Left(ANN, "ann", "x" * REASON_LIMIT)),), Departed("#Tea")),
    Row("ann", Leave("#tea", "a\x1b[1m\nb"), (("#tea", Left(ANN, "ann", "a[1m b")),), Departed("#Tea")),
    # Topics
    Row("bob", SetTopic("#tea", "black"), (("#tea", TopicSet(BOB, "bob", "black")),)),
    Row("bob", SetTopic("#tea", "a\nb\x1b"), (("#tea", TopicSet(BOB, "bob", "a b")),)),
    Row("bob", SetTopic("#tea", " \n"), (("#tea", TopicSet(BOB, "bob", "")),)),
    Row("bob", SetTopic("#tea", "green"), (), TopicFound("#Tea", Topic("green", "ann", 0))),
    Row("carol", SetTopic("#den", ""), (), TopicFound("#den", None)),
    Row("bob", SetTopic("#tea", "x" * TOPIC_LIMIT), (("#tea", TopicSet(BOB, "bob", "x" * TOPIC_LIMIT)),)),
    # Names
    Row("ann", Rename("Anna"), (ANN_RENAMED,), Called("Anna"), claim=Name("Anna", "anna")),
    Row("ann", Rename("ANN"), (("#tea", Renamed(ANN, "ann", "ANN")),), Called("ANN"), claim=Name("ANN", "ann")),
    Row("ann", Rename("ann"), (), Called("ann")),
    # Blocking: those who are blocked are told, unless it is done silently
    Row(
        "ann",
        Block(("bob", "", "zoe", "BOB", "zoe")),
        ((ANN, Blocked(ANN, "ann", BOB, "bob")),),
        BlocksChanged(("bob",), ("zoe",)),
        ((BOB, Refusing("ann")),),
    ),
    Row("ann", Block(("bob",), True), ((ANN, Blocked(ANN, "ann", BOB, "bob", True)),), BlocksChanged(("bob",), ())),
    Row("bob", Block(("carol",)), (), BlocksChanged((), (), ("carol",))),
    Row(
        "dave",
        Block(("ann",)),
        ((DAVE, Blocked(DAVE, "dave", ANN, "ann")),),
        BlocksChanged(("ann",), ()),
        ((ANN, Refusing("dave")),),
    ),
    Row("ann", Block(("zoe",)), (), BlocksChanged((), ("zoe",))),
    # Whoever was told of a block is told of its end
    Row(
        "bob",
        Unblock(("Carol", "ann")),
        ((BOB, Unblocked(BOB, "bob", CAROL)),),
        BlocksChanged(("carol",), ("ann",)),
        ((CAROL, Accepting("bob")),),
    ),
    Row(
        "bob",
        Unblock(("carol", "CAROL")),
        ((BOB, Unblocked(BOB, "bob", CAROL)),),
        BlocksChanged(("carol",), ()),
        ((CAROL, Accepting("bob")),),
    ),
    Row("dave", Unblock(("ann",)), ((DAVE, Unblocked(DAVE, "dave", ANN)),), BlocksChanged(("ann",), ())),
    # Presence
    Row("ann", GoAway("tea"), signals=((BOB, Idling("ann", "tea")),)),
    Row("bob", GoAway("lunch")),
    Row("ann", GoAway("x" * 999), signals=((BOB, Idling("ann", "x" * AWAY_LIMIT)),)),
    Row("ann", GoAway("a\x1b[1m\nb"), signals=((BOB, Idling("ann", "a[1m b")),)),
    Row("bob", ComeBack(), signals=((ANN, Returning("bob")),)),
]


@pytest.mark.parametrize("row", DECIDED, ids=lambda row: f"{row.who} {row.command}"[:80])
def test_what_comes_of_a_command(row: Row) -> None:
    """A command that is allowed has these events, in these rooms and this order, this answer and these signals."""
    world = scene()
    before = world.state()
    decision = world.decide(row.who, row.command)
    assert tuple((room.key, event) for room, event in decision.events) == row.events
    assert (decision.answer, decision.signals, decision.claim) == (row.answer, row.signals, row.claim)
    assert world.state() == before, "deciding changes nothing"


TIGHT: Final = Limits(rooms_per_person=1, recipients=2)
NONE: Final = Limits(rooms_per_person=0, recipients=0)

REFUSED: Final[list[tuple[str, AnyCommand, RefusalCode, Mapping[str, str]]]] = [
    ("carol", Say("#tea", "hi"), "not_a_member", {"sentence": "You are not in #Tea. Join it first."}),
    ("ann", Say("#gin", "hi"), "no_such_room", {"sentence": "Nobody is in #gin now. Come in with /join #gin"}),
    ("ann", Say("#a b", "hi"), "bad_room_name", {"suggestion": "#a_b"}),
    ("ann", Say("#tea", "\x00\n "), "empty", {}),
    ("ann", Say("#tea", "é" * (MESSAGE_BYTES // 2) + "."), "too_long", {}),
    ("ann", Tell((), "hi"), "nobody", {}),
    ("ann", Tell(("bob",), ""), "empty", {}),
    ("ann", Tell(("bob",), "x" * (MESSAGE_BYTES + 1)), "too_long", {}),
    ("ann", Tell(("bob", "carol", "zoe"), "hi"), "too_many_recipients", {}),
    ("ann", Broadcast(" "), "empty", {}),
    ("ann", Broadcast("x" * (MESSAGE_BYTES + 1)), "too_long", {}),
    ("ann", Join("#den"), "too_many_rooms", {"sentence": "You are in 1 rooms, and 1 is the most. Leave one first."}),
    ("ann", Join("#"), "bad_room_name", {}),
    ("ann", Leave("#den"), "not_a_member", {}),
    ("ann", Leave("#gin"), "not_a_member", {"sentence": "You are not in #gin."}),
    ("ann", SetTopic("#den", "hi"), "not_a_member", {}),
    ("ann", SetTopic("#gin", "hi"), "no_such_room", {}),
    ("ann", SetTopic("#tea", "x" * (TOPIC_LIMIT + 1)), "too_long", {}),
    ("ann", SetTopic("#tea", "\x1b"), "empty", {}),
    ("ann", Rename("bob"), "name_taken", {"suggestion": "bob2", "sentence": "Username 'bob' is already taken."}),
    ("ann", Rename("a b"), "bad_name", {"suggestion": "a_b"}),
    ("ann", Rename("server"), "bad_name", {}),
    ("ann", ComeBack(), "not_away", {}),
    ("ann", Block(()), "nobody", {}),
    ("ann", Block(("", "")), "nobody", {}),
    ("ann", Block(("bob", "ann")), "nobody", {"sentence": "You cannot block yourself."}),
]
"""Who asks for what, under `TIGHT` limits, why he may not, and what else the refusal says."""


@pytest.mark.parametrize(("who", "command", "code", "more"), REFUSED, ids=lambda value: str(value)[:60])
def test_who_is_refused_and_why(who: str, command: AnyCommand, code: str, more: Mapping[str, str]) -> None:
    """A command that a rule forbids changes nothing and says why in a code for programs and a sentence for people."""
    world = scene()
    before = world.state()
    with pytest.raises(Refused) as refused:
        world.decide(who, command, TIGHT)
    refusal = refused.value.refusal
    assert refusal.code == code
    assert {key: getattr(refusal, key) for key in more} == more
    assert refusal.sentence.isprintable()
    assert world.state() == before


def test_a_limit_of_zero_is_none() -> None:
    """An operator who sets 0 lets people join and write as much as they like."""
    world = scene()
    assert world.decide("ann", Join("#den"), NONE).events
    assert world.decide("ann", Tell(("bob", "carol", "dave"), "hi"), NONE).events


def test_who_is_in_is_no_newcomer() -> None:
    """Turning to a room one is in is never refused, even with as many rooms as one may have."""
    assert scene().decide("ann", Join("#tea"), TIGHT) == scene().decide("ann", Join("#tea"))


def test_a_speaker_is_warned_of_those_who_do_not_see_him() -> None:
    """Only of those who are in that room and did not do it silently, by their names as they are now."""
    world = scene()
    tea = world.house.require_channel("#tea")
    world.happen(tea, Joined(CAROL, "carol"))
    assert world.decide("carol", Say("#tea", "hi")).signals == ((CAROL, Hiding("#Tea", ("bob",))),)
    world.block("ann", "carol")
    world.block("dave", "carol")
    world.person("bob").name = "Rob"
    assert world.decide("carol", Say("#tea", "hi")).signals == ((CAROL, Hiding("#Tea", ("Rob", "ann"))),)


def test_a_speaker_is_warned_once_a_room() -> None:
    """Who was told that somebody does not see him in a room is not told with every message."""
    world = scene()
    tea = world.house.require_channel("#tea")
    world.happen(tea, Joined(CAROL, "carol"))
    world.person("carol").warned.add(tea.id)
    assert world.decide("carol", Say("#tea", "hi")).signals == ()
    assert world.decide("carol", Broadcast("hi")).signals, "that is another place"


def test_nobody_is_warned_of_the_silent_or_the_absent() -> None:
    """A silent block gives no sign, and one by somebody in another room concerns nobody here."""
    world = scene()
    world.happen(world.house.require_channel("#den"), Joined(ANN, "ann"))
    assert world.decide("ann", Say("#den", "hi")).signals == ()
    world.house.dismiss(world.person("bob"))
    assert world.decide("carol", Broadcast("hi")).signals == (), "who blocked her is gone"


def test_someone_is_unblocked_by_the_name_he_was_blocked_under() -> None:
    """A block can be taken back when its person has gone or is called something else."""
    world = scene()
    world.house.dismiss(world.person("carol"))
    assert world.decide("bob", Unblock(("Carol",))).answer == BlocksChanged(("carol",), ())


def test_away_is_told_to_roommates_once() -> None:
    """However many rooms one shares with somebody, one signal says it; strangers do not hear it."""
    world = scene()
    world.happen(world.house.require_channel("#den"), Joined(ANN, "ann"))
    world.happen(world.house.require_channel("#den"), Joined(BOB, "bob"))
    told_to = sorted(person for person, _ in world.decide("ann", GoAway("")).signals)
    assert told_to == sorted([BOB, CAROL]), "Dave does not want to hear of her"
