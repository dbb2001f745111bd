"""The contract of a store: records get their order, all or none."""

import asyncio
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hubbub.core.catalog import AnnotatingEvent, AnyEvent, Record
from hubbub.core.features.settings import RoomRenamed
from hubbub.core.kinds import RoomId, Seq
from hubbub.service.ports import Draft, Store
from tests.stores.conftest import OpenRoom, OpenStore
from tests.stores.events import any_event, joined, said

ALL = 1_000_000
"""More records than any test writes."""


async def test_records_come_back_in_the_order_of_the_drafts(store: Store, open_room: OpenRoom) -> None:
    """Each draft becomes the record in its place, stamped with its room's next number and the given time."""
    tea, milk = await open_room("#tea"), await open_room("#milk")
    kept = await store.append([Draft(tea, joined()), Draft(milk, said("1")), Draft(tea, said("2"))], 1234)
    assert kept == [
        Record(tea, Seq(1), 1234, joined()),
        Record(milk, Seq(1), 1234, said("1")),
        Record(tea, Seq(2), 1234, said("2")),
    ]
    assert await store.append([Draft(tea, said("3"))], 5) == [Record(tea, Seq(3), 5, said("3"))]


async def test_kept_records_are_loaded_as_they_were_returned(store: Store, open_room: OpenRoom) -> None:
    """What is loaded later, by the same store or another, equals what was returned."""
    tea, milk = await open_room("#tea"), await open_room("#milk")
    kept = await store.append([Draft(room, said(str(number))) for number in range(50) for room in (tea, milk)], 1)
    for room in (tea, milk):
        assert await store.load_records(room, Seq(0), ALL) == [record for record in kept if record.room == room]


async def test_others_see_at_once_what_was_kept(store: Store, open_room: OpenRoom, open_store: OpenStore) -> None:
    """When `append` returns, any other store on the same place loads the records."""
    tea = await open_room("#tea")
    other = await open_store()
    for number in range(5):
        kept = await store.append([Draft(tea, said(str(number)))], 1)
        assert await other.load_records(tea, Seq(number), ALL) == kept


async def test_appending_nothing(store: Store) -> None:
    """No drafts make no records."""
    assert await store.append([], 1) == []


async def test_all_or_nothing(store: Store, open_room: OpenRoom) -> None:
    """When one draft of many cannot be kept, none is, and numbering goes on as if nothing had been tried."""
    tea = await open_room("#tea")
    await store.append([Draft(tea, said("before"))], 1)
    nowhere = RoomId(tea + 1)
    with pytest.raises(LookupError):
        await store.append([Draft(tea, said("lost")), Draft(nowhere, said("lost")), Draft(tea, said("lost"))], 2)
    assert await store.load_heads([tea, nowhere]) == {tea: 1}
    after = await store.append([Draft(tea, said("after"))], 3)
    assert after == [Record(tea, Seq(2), 3, said("after"))]
    assert [record.event for record in await store.load_records(tea, Seq(0), ALL)] == [said("before"), said("after")]


async def test_a_large_batch(store: Store, open_room: OpenRoom) -> None:
    """Any number of drafts in any number of rooms is one append."""
    rooms = [await open_room(f"#{number}") for number in range(50)]
    kept = await store.append([Draft(room, said(str(turn))) for turn in range(100) for room in rooms], 1)
    assert [(record.room, record.seq) for record in kept] == [(room, turn + 1) for turn in range(100) for room in rooms]
    assert set((await store.load_heads(rooms)).values()) == {100}


async def test_simultaneous_appends_leave_no_gap(open_store: OpenStore, open_room: OpenRoom) -> None:
    """However many stores append to the same rooms at once, in whatever order, no number repeats or is missing."""
    rooms = [await open_room(f"#{number}") for number in range(4)]
    stores = [await open_store() for _ in range(3)]

    async def append(writer: int, turn: int) -> list[Record]:
        # Opposite orders of rooms, in which careless stores wait for each other for ever.
        order = rooms if (writer + turn) % 2 else rooms[::-1]
        drafts = [Draft(room, said(f"{writer} {turn} {half}")) for half in range(2) for room in order]
        return await stores[writer].append(drafts, turn)

    batches = await asyncio.gather(*(append(writer, turn) for turn in range(15) for writer in range(len(stores))))
    kept = defaultdict(list)
    for batch in batches:
        for record in batch:
            kept[record.room].append(record)
    for room in rooms:
        assert await stores[0].load_records(room, Seq(0), ALL) == sorted(kept[room], key=lambda record: record.seq)
        assert sorted(record.seq for record in kept[room]) == list(range(1, len(batches) * 2 + 1))


async def test_drafts_of_one_append_stay_together(open_store: OpenStore, open_room: OpenRoom) -> None:
    """Nobody else's record gets between those of one append to one room."""
    tea = await open_room("#tea")
    stores = [await open_store() for _ in range(2)]
    drafts = [Draft(tea, said(str(number))) for number in range(5)]
    batches = await asyncio.gather(*(store.append(drafts, 1) for _ in range(10) for store in stores))
    for batch in batches:
        assert [record.seq - batch[0].seq for record in batch] == list(range(5))


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(any_event(), min_size=1), time_ms=st.integers(0, 2**53))
async def test_any_event_survives(store: Store, open_room: OpenRoom, events: list[AnyEvent], time_ms: int) -> None:
    """Whatever happened is loaded exactly as it was kept."""
    tea = await open_room("#tea")
    before = (await store.load_heads([tea]))[tea]
    # Whether a room may be called so is a contract of its own, and so is what becomes of what was said.
    here = before + len(events)
    events = [
        one
        for one in events
        if not isinstance(one, RoomRenamed) and not (isinstance(one, AnnotatingEvent) and one.message <= here)
    ]
    kept = await store.append([Draft(tea, event) for event in events], time_ms)
    assert kept == [Record(tea, Seq(before + n), time_ms, event) for n, event in enumerate(events, start=1)]
    assert await store.load_records(tea, before, ALL) == kept
