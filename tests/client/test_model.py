"""What a client knows: a snapshot plus the records since equals a fresh snapshot."""

import pytest
from msgspec.structs import replace

from hubbub.client.model import RECENT, SINCE_LIMIT, Kept, KnownRoom, Model
from hubbub.core import catalog
from hubbub.core.account_answers import LoggedIn
from hubbub.core.attention_answers import LevelFound, UnreadView
from hubbub.core.catalog import AnyEvent
from hubbub.core.features.annotating import Deleted, Edited, Reacted, Removed
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Confided, Said
from hubbub.core.features.moderation import Kicked
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.settings import RoomRenamed
from hubbub.core.features.topics import TopicSet
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.roles import RoomRole
from hubbub.core.room import Topic
from hubbub.core.signals import Levelling, Marking
from hubbub.wire.native import LimitsInfo, RoomState, ServerInfo, Welcome, You

ANN, BOB = PersonId("p1"), PersonId("p2")

TEA = RoomId(4)

LIMITS = LimitsInfo(1, 1, 1, 1, 1, 1, 1, 1, 1)


def state(seq: int = 0, **fields: object) -> RoomState:
    """Return a snapshot of #tea."""
    return RoomState(TEA, "#tea", "channel", Seq(seq), **fields)  # type: ignore[arg-type] # whatever a test wants


def welcome(*rooms: RoomState, unread: tuple[UnreadView, ...] = ()) -> Welcome:
    """Return a welcome to Ann."""
    return Welcome(1, ServerInfo("s", "hubbub"), You(ANN, "ann"), LIMITS, rooms, unread)


def record(seq: int, event: AnyEvent) -> catalog.Record:
    """Return a record of #tea."""
    return catalog.Record(TEA, Seq(seq), 1_000 + seq, event)


def model_with(*events: AnyEvent, start: RoomState | None = None) -> Model:
    """Return what is known after these events."""
    model = Model()
    model.welcome(welcome(start or state()))
    for seq, event in enumerate(events, (start or state()).seq + 1):
        assert model.apply(record(seq, event), "#tea")
    return model


def test_what_is_for_some_of_a_room() -> None:
    """It is kept with the others, and counted no more than the server does."""
    aside = Confided(BOB, "bob", "psst", RoomRole.SPEAKER)
    model = model_with(Said(BOB, "bob", "one"), aside, Deleted(BOB, "bob", Seq(2), BOB, "bob", to=RoomRole.SPEAKER))
    room = model.rooms[TEA]
    assert [one.event for one in room.recent] == [Said(BOB, "bob", "one"), Removed(BOB, "bob", to=RoomRole.SPEAKER)]
    assert room.unread == 1


def test_messages_are_kept_as_they_look_now() -> None:
    """What was edited says the new text, and of what was deleted a tombstone is left."""
    model = model_with(
        Said(BOB, "bob", "one"),
        Said(BOB, "bob", "two"),
        Edited(BOB, "bob", Seq(1), "first"),
        Deleted(BOB, "bob", Seq(2), BOB, "bob"),
        Reacted(ANN, "ann", Seq(1), "👍"),
    )
    first, second = model.rooms[TEA].recent
    assert isinstance(first.event, Said)
    assert first.event.text == "first"
    assert first.note is not None
    assert first.note.reactions == {"👍": {ANN: "ann"}}
    assert isinstance(second.event, Removed)
    assert model.since() == {4: 5}


def test_of_what_one_is_told() -> None:
    """As the welcome says it, and as it is said here or elsewhere since; of somebody else other things hold."""
    model = model_with()
    model.welcome(replace(welcome(state()), levels={TEA: "nothing", RoomId(9): "all"}))
    assert model.levels == {TEA: "nothing", 9: "all"}
    model.notice(Levelling("#tea", "mentions", TEA))
    model.take_answer(LevelFound("#den", "default", RoomId(9)))
    assert model.levels == {TEA: "mentions"}
    model.rename(You(ANN, "anna"))
    assert model.levels == {TEA: "mentions"}
    model.rename(You(BOB, "bob"))
    assert model.levels == {}
    model.take_answer(LoggedIn("bob", (), levels={TEA: "all"}))
    assert model.levels == {TEA: "all"}


def test_only_the_last_messages_are_kept() -> None:
    """However much is said, memory has a bound."""
    model = model_with(*(Said(BOB, "bob", str(number)) for number in range(RECENT + 50)))
    recent = model.rooms[TEA].recent
    assert len(recent) == RECENT
    assert recent[-1].seq == RECENT + 50


def test_members_are_counted_and_named() -> None:
    """Whoever comes, goes, is put out or renamed is followed, by name once all of them were asked for."""
    model = Model()
    model.welcome(welcome(state(member_count=2)))
    room = model.rooms[TEA]
    room.members = {"ann", "bob"}
    events: list[AnyEvent] = [
        Joined(PersonId("p3"), "cy"),
        Left(BOB, "bob"),
        Renamed(PersonId("p3"), "cy", "cyd"),
        Joined(BOB, "bob"),
        Kicked(ANN, "ann", BOB, "bob"),
    ]
    for seq, event in enumerate(events, 1):
        model.apply(record(seq, event), "#tea")
    assert room.members == {"ann", "cyd"}
    assert room.member_count == 2


def test_topics_and_names_of_rooms_change() -> None:
    """As the server would tell it anew."""
    model = model_with(TopicSet(BOB, "bob", "leaves"), RoomRenamed(BOB, "bob", "#tea", "#chai", "#chai"))
    room = model.find_room("#CHAI")
    assert room is model.rooms[TEA]
    assert room.topic == Topic("leaves", "bob", 1_001)
    model.apply(record(3, TopicSet(BOB, "bob", "")), "#chai")
    assert room.topic is None


def test_a_return_counts_nothing_twice() -> None:
    """The welcome tells of this moment; what was missed leads up to it, and is not added to it."""
    model = model_with(Joined(BOB, "bob"), start=state(5, member_count=1))
    assert model.welcome(welcome(state(8, member_count=3)), model.since()) == {TEA}
    room = model.rooms[TEA]
    model.apply(record(7, Joined(PersonId("p3"), "cy")), "#tea")
    model.apply(record(8, TopicSet(BOB, "bob", "leaves")), "#tea")
    assert room.member_count == 3
    model.resumed(TEA, Seq(8))
    assert (room.member_count, room.seq) == (3, 8)
    model.apply(record(9, Said(BOB, "bob", "hi")), "#tea")
    assert [message.seq for message in room.recent] == [9]


def test_no_more_rooms_are_named_than_a_server_hears_of() -> None:
    """Of somebody who has talked with everybody; the newest conversations are those that matter."""
    model = Model()
    model.welcome(welcome())
    for number in range(1, SINCE_LIMIT + 3):
        model.apply(catalog.Record(RoomId(number), Seq(1), 0, Said(BOB, "bob", "hi")), f"@{number}")
    assert list(model.since()) == list(range(3, SINCE_LIMIT + 3))


def test_what_is_hidden_counts_as_known() -> None:
    """The last records of a room may not be meant for one, and are not asked for again."""
    model = model_with(Said(BOB, "bob", "hi"))
    model.welcome(welcome(state(4)), model.since())
    model.resumed(TEA, Seq(4))
    assert model.since() == {4: 4}
    assert not model.apply(record(4, Said(BOB, "bob", "hi")), "#tea")


def test_unread_messages_are_counted_until_they_are_read() -> None:
    """Whoever speaks has read what was said before; a mark from another connection counts here, too."""
    view = UnreadView("#tea", Seq(0), 3, 1, Seq(1), Seq(0))
    model = Model()
    model.welcome(welcome(state(3), unread=(view,)))
    room = model.rooms[TEA]
    assert (room.unread, room.calls, room.read_to) == (3, 1, 0)
    model.apply(record(4, Said(BOB, "bob", "ann?", mentions=(ANN,))), "#tea")
    assert (room.unread, room.calls, room.read_to) == (4, 2, 0)
    model.apply(record(5, Said(ANN, "ann", "yes, @ann", mentions=(ANN,))), "#tea")
    assert (room.unread, room.calls, room.read_to) == (0, 0, 5)
    for seq, calls_all in ((6, False), (7, True)):
        model.apply(record(seq, Said(BOB, "bob", "hi", calls_all=calls_all)), "#tea")
    model.notice(Marking("#tea", Seq(9), Seq(7)))
    assert (room.unread, room.calls, room.read_to) == (2, 1, 5)
    model.notice(Marking("#tea", Seq(0), Seq(6)))
    assert (room.unread, room.calls, room.read_to) == (1, 1, 6)
    model.notice(Marking("", Seq(0), Seq(9)))
    assert (room.unread, room.calls, room.read_to) == (0, 0, 7)


def test_what_was_missed_is_counted_once() -> None:
    """The server has counted it already when it is brought, also where all of it was read elsewhere."""
    model = model_with(Said(BOB, "bob", "hi"))
    for view, unread in ((UnreadView("#tea", Seq(0), 2, 1, Seq(1), Seq(0)), 2), (None, 0)):
        seq = model.rooms[TEA].seq + 1
        model.welcome(welcome(state(seq), unread=(view,) if view else ()), model.since())
        assert model.apply(record(seq, Said(BOB, "bob", "missed")), "#tea")
        model.resumed(TEA, Seq(seq))
        assert model.rooms[TEA].unread == unread


def test_what_an_earlier_run_has_kept_is_known_at_once() -> None:
    """The server is asked only for what came after it, and what it has is not taken twice."""
    model = Model()
    model.restore(Kept("s", You(ANN, "ann"), (state(4),)))
    assert model.keep("k") == Kept("s", You(ANN, "ann"), (state(4),), "k")
    assert (model.you.id, model.server_id, model.since()) == (ANN, "s", {4: 4})
    assert model.welcome(welcome(state(5)), model.since()) == {TEA}
    assert not model.apply(record(4, Said(BOB, "bob", "known")), "#tea")
    assert model.apply(record(5, Said(BOB, "bob", "missed")), "#tea")


@pytest.mark.parametrize("cut", range(7))
def test_a_snapshot_plus_the_records_since_equals_a_fresh_one(cut: int) -> None:
    """Wherever a client comes in, it ends up knowing the same."""
    events: list[AnyEvent] = [
        Joined(BOB, "bob"),
        Said(BOB, "bob", "hi"),
        TopicSet(BOB, "bob", "leaves"),
        Edited(BOB, "bob", Seq(2), "hello"),
        Reacted(ANN, "ann", Seq(2), "👍"),
        Left(BOB, "bob"),
    ]
    whole = model_with(*events).rooms[TEA]
    begun = model_with(*events[:cut]).rooms[TEA]
    snapshot = state(begun.seq, topic=begun.topic, member_count=begun.member_count, recent=tuple(begun.recent))
    resumed = model_with(*events[cut:], start=snapshot).rooms[TEA]
    assert facts(resumed) == facts(whole)


def facts(room: KnownRoom) -> tuple[object, ...]:
    """Return what a snapshot tells of a room."""
    return room.id, room.name, room.seq, room.topic, room.member_count, list(room.recent)
