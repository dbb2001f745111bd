"""Messages in a store: found before, after and at a time; and how they look after what was done to them."""

from collections.abc import Sequence
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hubbub.core.catalog import MESSAGE_EVENTS, AnyEvent, Record
from hubbub.core.features.annotating import Deleted, Edited, Reacted, Removed, Unreacted
from hubbub.core.features.messages import Announced, Confided, Said
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.notes import Note, Version
from hubbub.core.revising import revise, revised_by
from hubbub.core.roles import RoomRole
from hubbub.core.room import RoomKind
from hubbub.service.ports import Draft, Store
from tests.stores.conftest import OpenRoom
from tests.stores.events import ANN, joined, said

BOB: Final = PersonId("bob-id")
FIRST: Final = Seq(1)


@pytest.fixture
async def room(open_room: OpenRoom) -> RoomId:
    """Open a channel."""
    return await open_room("#tea")


async def keep(store: Store, room: RoomId, *events: AnyEvent, time_ms: int = 1) -> list[Record]:
    """Append these, in one transaction."""
    return await store.append([Draft(room, event) for event in events], time_ms)


def seqs(records: Sequence[Record]) -> list[int]:
    """Return where they are."""
    return [record.seq for record in records]


async def test_messages_after_a_place(store: Store, room: RoomId) -> None:
    """The first ones behind it, in order, and no comings and goings."""
    await keep(store, room, said("1"), joined(), said("3"), said("4"), joined())
    assert seqs(await store.load_messages_after(room, Seq(0), 2)) == [1, 3]
    assert seqs(await store.load_messages_after(room, Seq(1), 9)) == [3, 4]
    assert seqs(await store.load_messages_after(room, Seq(4), 9)) == []


async def test_one_message(store: Store, room: RoomId) -> None:
    """What is no message, or not there, is not found."""
    _, message = await keep(store, room, joined(), said("hi"))
    assert await store.load_message(room, Seq(2)) == message
    assert await store.load_message(room, Seq(1)) is None
    assert await store.load_message(room, Seq(3)) is None
    assert await store.load_message(RoomId(99), Seq(1)) is None


async def test_what_is_for_some_of_a_room(store: Store, room: RoomId) -> None:
    """It has a place among the messages, and leaves a tombstone that is for as few; it cannot say anything else."""
    aside = Confided(BOB, "bob", "psst", RoomRole.MODERATOR)
    await keep(store, room, said("one"), aside, said("two"), Edited(BOB, "bob", Seq(2), "louder"))
    assert await store.load_message(room, Seq(2)) == Record(room, Seq(2), 1, aside)
    assert seqs(await store.load_messages(room, None, 9)) == [1, 2, 3]
    assert seqs(await store.load_messages_after(room, Seq(1), 1)) == [2]
    await keep(store, room, Deleted(ANN, "ann", Seq(2), BOB, "bob", reason="why", to=RoomRole.MODERATOR))
    removed = Removed(BOB, "bob", "ann", "why", RoomRole.MODERATOR)
    assert await store.load_message(room, Seq(2)) == Record(room, Seq(2), 1, removed)
    assert [record.event for record in await store.load_records(room, Seq(1), 1)] == [removed]


async def test_a_room_is_found_by_its_id(store: Store, room: RoomId) -> None:
    """As it is found by its name."""
    await keep(store, room, said("hi"))
    head = await store.load_head(room)
    assert head is not None
    assert (head.id, head.seq) == (room, 1)
    assert await store.load_head(RoomId(99)) is None


async def test_where_a_time_begins(store: Store, room: RoomId) -> None:
    """Messages before that place are older, and those from it on are not."""
    for time_ms in (10, 20, 20, 30):
        await keep(store, room, joined(), said("hi"), time_ms=time_ms)
    for wanted, after in ((0, [2, 4, 6, 8]), (10, [2, 4, 6, 8]), (11, [4, 6, 8]), (20, [4, 6, 8]), (31, [])):
        place = await store.find_time(room, wanted)
        assert seqs(await store.load_messages_after(room, Seq(place - 1), 9)) == after
    assert await store.find_time(RoomId(99), 5) == 1


async def test_an_edit_is_shown_and_its_versions_kept(store: Store, room: RoomId) -> None:
    """Wherever the message is loaded; the records stay as they were written."""
    await keep(store, room, said("hello"), time_ms=10)
    await keep(store, room, Edited(ANN, "ann", FIRST, "hi"), time_ms=20)
    note = Note((Version("hello", 10),), "hi", 20, (Seq(2),))
    shown = Record(room, FIRST, 10, said("hi"), note)
    assert await store.load_messages(room, None, 9) == [shown]
    assert await store.load_messages_after(room, Seq(0), 9) == [shown]
    assert await store.load_message(room, FIRST) == shown
    assert (await store.load_records(room, Seq(0), 1))[0].event == said("hello")


async def test_a_deleted_message_is_gone(store: Store, room: RoomId) -> None:
    """Not a word of it is in any record, nor of what it said in between; a tombstone stands in its place."""
    await keep(store, room, said("secret one"), Edited(ANN, "ann", FIRST, "secret two"))
    await keep(store, room, Reacted(BOB, "bob", FIRST, "👍"))
    await keep(store, room, Deleted(BOB, "bob", FIRST, ANN, "ann", reason="spam"))
    (tombstone,) = await store.load_messages(room, None, 9)
    assert tombstone.event == Removed(ANN, "ann", "bob", "spam")
    assert tombstone.note is None
    assert "secret" not in repr(await store.load_records(room, Seq(0), 99))


async def test_what_another_node_edits_too_late_is_not_kept(store: Store, room: RoomId) -> None:
    """The message is deleted already: nothing of the edit stays."""
    await keep(store, room, said("one"), Deleted(ANN, "ann", FIRST, ANN, "ann"), Edited(ANN, "ann", FIRST, "secret"))
    assert isinstance((await store.load_messages(room, None, 9))[0].event, Removed)
    assert "secret" not in repr(await store.load_records(room, Seq(0), 99))


async def test_a_thread(store: Store, room: RoomId) -> None:
    """Its answers are found in order, and its first message counts them."""
    await keep(store, room, said("question"), said("something else"))
    answers = [Said(BOB, "bob", text, reply_to=FIRST, thread=FIRST) for text in "abc"]
    await keep(store, room, *answers)
    assert [one.event for one in await store.load_thread(room, FIRST, None, 9)] == answers
    assert seqs(await store.load_thread(room, FIRST, None, 2)) == [4, 5]
    assert seqs(await store.load_thread(room, FIRST, Seq(4), 9)) == [3]
    assert await store.load_thread(room, Seq(2), None, 9) == []
    await keep(store, room, Deleted(BOB, "bob", Seq(4), BOB, "bob", FIRST))
    first = await store.load_message(room, FIRST)
    assert first is not None
    assert first.note == Note(replies=2, last_reply=Seq(5))
    assert [type(one.event) for one in await store.load_thread(room, FIRST, None, 9)] == [Said, Removed, Said]


async def test_what_is_erased_takes_its_notes_along(store: Store, room: RoomId) -> None:
    """Retention erases what was said in between, and who reacted, too."""
    await keep(store, room, said("secret one"), said("kept"))
    await keep(store, room, Edited(ANN, "ann", FIRST, "secret two"), Reacted(BOB, "bob", FIRST, "x"))
    assert await store.erase_messages(room, 0, 1) == 1
    assert [one.event for one in await store.load_messages(room, None, 9)] == [said("kept")]
    assert await store.load_message(room, FIRST) is None
    assert "secret" not in repr(await store.load_records(room, Seq(0), 99))


async def test_what_is_edited_when_it_is_erased_is_not_kept(store: Store, room: RoomId) -> None:
    """Retention was faster than whoever had decided to edit it: nothing of the edit stays."""
    await keep(store, room, said("secret one"), said("kept"))
    assert await store.erase_messages(room, 0, 1) == 1
    await keep(store, room, Edited(ANN, "ann", FIRST, "secret two", (BOB,)))
    assert "secret" not in repr(await store.load_records(room, Seq(0), 99))


@st.composite
def any_history(draw: st.DrawFn) -> list[AnyEvent]:
    """Draw things people do with the messages of one room, some of them with none that is there."""
    seq = st.integers(1, 6).map(Seq)
    texts = st.sampled_from("abc")
    thread = st.one_of(st.just(Seq(0)), seq)
    event = st.one_of(
        st.builds(Said, st.just(ANN), st.just("ann"), texts, thread=thread),
        st.builds(Announced, st.just(ANN), st.just("ann"), texts),
        st.builds(Edited, st.just(ANN), st.just("ann"), seq, texts),
        st.builds(Deleted, st.just(ANN), st.just("ann"), seq, st.just(ANN), st.just("ann"), thread),
        st.builds(Reacted, st.sampled_from((ANN, BOB)), st.just("x"), seq, st.sampled_from("+-")),
        st.builds(Unreacted, st.sampled_from((ANN, BOB)), st.just("x"), seq, st.sampled_from("+-")),
    )
    return draw(st.lists(event, max_size=30))


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=any_history(), batches=st.lists(st.integers(1, 4), max_size=30))
async def test_a_message_looks_as_its_records_say(
    store: Store, open_room: OpenRoom, history: list[AnyEvent], batches: list[int]
) -> None:
    """However they were shared out between transactions, it is what `revise` makes of them one after the other."""
    room = await open_room(f"#tea{len(await store.list_rooms(RoomKind.CHANNEL))}")
    looks, place = dict[Seq, Record](), 0
    for size in (*batches, len(history)):
        for record in await keep(store, room, *history[place : place + size]):
            if isinstance(record.event, MESSAGE_EVENTS):
                looks[record.seq] = record
            for seq in revised_by(record):
                if seq in looks:
                    looks[seq] = revise(looks[seq], record)
        place += size
    assert await store.load_messages(room, None, 99) == [looks[seq] for seq in sorted(looks)]
