"""The contract of a store: what was said can be erased, and then it is gone; all else stays in its place."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hubbub.core.catalog import MESSAGE_EVENTS, AnyEvent, Record
from hubbub.core.features.messages import ERASED, Confided
from hubbub.core.kinds import RoomId, Seq
from hubbub.core.roles import RoomRole
from hubbub.core.room import RoomKind
from hubbub.service.ports import ERASE_LIMIT, Draft, Snapshot, Store, StoreUnavailable
from hubbub.stores.memory import MemoryStore
from tests.fuzz.budget import QUICK
from tests.stores.conftest import OpenRoom, OpenStore
from tests.stores.events import ANN, joined, said
from tests.stores.places import sqlite_store

NOTHING = Seq(0)
EVERYTHING = 1_000_000


async def fill(store: Store, room: RoomId, *events: AnyEvent) -> None:
    """Have these events happen a second after each other, from the first second on."""
    for second, event in enumerate(events, 1):
        await store.append([Draft(room, event)], second * 1_000)


async def texts(store: Store, room: RoomId) -> list[str]:
    """Return what can be read of everything said in a room."""
    records = await store.load_records(room, Seq(0), EVERYTHING)
    messages = await store.load_messages(room, None, EVERYTHING)
    assert [record for record in records if isinstance(record.event, MESSAGE_EVENTS)] == messages
    return [record.event.text for record in messages if isinstance(record.event, MESSAGE_EVENTS)]


async def test_what_is_too_old_is_erased(store: Store, open_room: OpenRoom, open_store: OpenStore) -> None:
    """In this room only; all stores agree, and the places and times of what is gone remain."""
    tea, milk = await open_room("#tea"), await open_room("#milk")
    await fill(store, tea, joined(), said("one"), said("two"), joined(), said("three"))
    await fill(store, milk, said("one"))
    assert await store.erase_messages(tea, 3_500, None) == 3
    assert await texts(store, tea) == await texts(await open_store(), tea) == ["three"]
    assert await texts(store, milk) == ["one"]
    records = await store.load_records(tea, Seq(0), EVERYTHING)
    assert records[:4] == [
        Record(tea, Seq(1), 1_000, joined()),
        Record(tea, Seq(2), 2_000, ERASED),
        Record(tea, Seq(3), 3_000, ERASED),
        Record(tea, Seq(4), 4_000, joined()),
    ]
    assert await store.erase_messages(tea, 3_500, None) == NOTHING
    assert await store.load_heads([tea]) == {tea: 5}
    (record,) = await store.append([Draft(tea, said("four"))], 6_000)
    assert record.seq == 6


async def test_what_is_for_some_of_a_room_is_erased(store: Store, open_room: OpenRoom) -> None:
    """As everything that is said."""
    tea = await open_room("#tea")
    await fill(store, tea, Confided(ANN, "ann", "psst", RoomRole.MODERATOR), said("one"))
    assert await store.erase_messages(tea, 1_500, None) == 1
    assert await texts(store, tea) == ["one"]
    assert [record.event for record in await store.load_records(tea, Seq(0), 1)] == [ERASED]


@pytest.mark.parametrize(
    ("keep", "last", "left"),
    [
        (None, 0, ["one", "two", "three"]),
        (5, 0, ["one", "two", "three"]),
        (3, 0, ["one", "two", "three"]),
        (2, 2, ["two", "three"]),
        (1, 4, ["three"]),
    ],
)
async def test_what_is_too_much_is_erased(
    store: Store, open_room: OpenRoom, keep: int | None, last: int, left: list[str]
) -> None:
    """Only messages count; the newest stay."""
    tea = await open_room("#tea")
    await fill(store, tea, joined(), said("one"), joined(), said("two"), said("three"), joined())
    assert await store.erase_messages(tea, 0, keep) == last
    assert await texts(store, tea) == left
    assert await store.erase_messages(tea, 0, keep) == NOTHING


async def test_both_limits_hold(store: Store, open_room: OpenRoom) -> None:
    """Whichever erases more."""
    tea = await open_room("#tea")
    await fill(store, tea, said("one"), said("two"), said("three"))
    assert await store.erase_messages(tea, 1_500, 1) == 2
    assert await store.erase_messages(tea, 9_000, 1) == 3
    assert await texts(store, tea) == []


async def test_order_is_that_of_the_places(store: Store, open_room: OpenRoom) -> None:
    """A message stamped by a clock that was far ahead goes with those after it."""
    tea = await open_room("#tea")
    for second in (1, 2**40, 2, 3):
        await store.append([Draft(tea, said(f"{second}"))], second * 1_000)
    assert await store.erase_messages(tea, 2_500, None) == 3
    assert await texts(store, tea) == ["3"]


async def test_erasing_takes_a_batch_at_a_time(store: Store, open_room: OpenRoom) -> None:
    """So that whoever says something meanwhile does not wait for a million others."""
    tea = await open_room("#tea")
    await store.append([Draft(tea, said(f"{number}")) for number in range(ERASE_LIMIT + 10)], 1_000)
    assert await store.erase_messages(tea, 2_000, None) == ERASE_LIMIT
    assert len(await texts(store, tea)) == 10
    assert await store.erase_messages(tea, 0, 4) == ERASE_LIMIT + 6
    assert await store.erase_messages(tea, 2_000, None) == ERASE_LIMIT + 10
    assert await store.erase_messages(tea, 2_000, None) == NOTHING


async def test_nothing_is_erased_in_a_room_that_is_not_there(store: Store) -> None:
    """And nothing breaks."""
    assert await store.erase_messages(RoomId(99), 2_000, 1) == NOTHING
    await store.purge()


@settings(QUICK, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 20)), max_size=12),
    st.integers(0, 20),
    st.none() | st.integers(1, 5),
)
async def test_all_stores_erase_the_same(
    tmp_path: Path, happened: list[tuple[bool, int]], before_ms: int, keep: int | None
) -> None:
    """The one in memory is the measure."""
    stores: list[Store] = [MemoryStore(), sqlite_store(tmp_path / "hubbub.db")]
    results = []
    for store in stores:
        await store.open()
        room = (await store.open_room(RoomKind.CHANNEL, f"#{happened}{before_ms}{keep}", "")).id
        await store.append([], 0)
        if await store.load_heads([room]) == {room: 0}:
            for number, (is_message, time_ms) in enumerate(happened):
                await store.append([Draft(room, said(f"{number}") if is_message else joined())], time_ms)
            last = await store.erase_messages(room, before_ms, keep)
            results.append((last, await texts(store, room)))
        await store.close()
    assert len(results) < 2 or results[0] == results[1]


async def test_sqlite_keeps_no_trace(tmp_path: Path) -> None:
    """After the purge no file holds the words any more: neither of a short message nor of one on pages of its own."""
    path = tmp_path / "hubbub.db"
    store = sqlite_store(path)
    await store.open()
    room = (await store.open_room(RoomKind.CHANNEL, "#tea", "#tea")).id
    secrets = ["short-secret", "long-secret" * 1_000]
    await fill(store, room, *(said(text) for text in secrets), said("kept"))
    await store.save_snapshot(room, Snapshot(Seq(3), b"{}"))
    assert any(b"short-secret" in file.read_bytes() for file in tmp_path.iterdir())
    assert await store.erase_messages(room, 2_500, None) == 2
    await store.purge()
    for file in tmp_path.iterdir():
        assert b"short-secret" not in file.read_bytes(), file
        assert b"long-secret" not in file.read_bytes(), file
    assert await texts(store, room) == ["kept"]
    await store.close()


async def test_sqlite_cannot_purge_while_another_program_reads(tmp_path: Path) -> None:
    """Its log is needed there: it has to be done later, and that is said."""
    path = tmp_path / "hubbub.db"
    store = sqlite_store(path, patience_seconds=0.05)
    await store.open()
    room = (await store.open_room(RoomKind.CHANNEL, "#tea", "#tea")).id
    await fill(store, room, said("one"))
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM records").fetchall()
    await fill(store, room, said("two"))
    with pytest.raises(StoreUnavailable):
        await store.purge()
    reader.close()
    await store.purge()
    await store.close()
