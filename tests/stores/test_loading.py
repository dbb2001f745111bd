"""The contract of a store: records and snapshots are found again."""

import pytest

from hubbub.core.catalog import AnyEvent
from hubbub.core.features.messages import Announced
from hubbub.core.kinds import RoomId, Seq
from hubbub.core.room import RoomKind
from hubbub.service.ports import Draft, Snapshot, Store
from tests.stores.conftest import OpenRoom, OpenStore
from tests.stores.events import ANN, joined, left, said
from tests.stores.places import Place

NOWHERE = RoomId(999)


@pytest.mark.parametrize(
    ("after", "limit", "seqs"),
    [
        (0, 3, [1, 2, 3]),
        (3, 3, [4, 5, 6]),
        (8, 3, [9, 10]),
        (10, 3, []),
        (99, 3, []),
        (0, 99, range(1, 11)),
        (0, 0, []),
    ],
)
async def test_records_after_a_place(
    store: Store, open_room: OpenRoom, after: int, limit: int, seqs: list[int]
) -> None:
    """At most `limit` records after `after`, in order."""
    tea = await open_room("#tea")
    await store.append([Draft(tea, said(str(number))) for number in range(10)], 1)
    assert [record.seq for record in await store.load_records(tea, Seq(after), limit)] == list(seqs)


@pytest.mark.parametrize(
    ("before", "limit", "seqs"),
    [
        (None, 2, [5, 8]),
        (None, 99, [2, 3, 5, 8]),
        (8, 2, [3, 5]),
        (5, 99, [2, 3]),
        (2, 5, []),
        (1, 5, []),
        (0, 5, []),
        (99, 1, [8]),
        (None, 0, []),
    ],
)
async def test_messages_before_a_place(
    store: Store, open_room: OpenRoom, before: int | None, limit: int, seqs: list[int]
) -> None:
    """The last `limit` things people said before `before`, in order, and nothing else that happened."""
    tea, milk = await open_room("#tea"), await open_room("#milk")
    announced = Announced(ANN, "ann", "hear ye")
    events: list[AnyEvent] = [joined(), said("2"), announced, left(), said("5"), joined(), joined(), said("8"), left()]
    await store.append([Draft(room, event) for event in events for room in (tea, milk)], 1)
    found = await store.load_messages(tea, None if before is None else Seq(before), limit)
    assert [record.seq for record in found] == seqs
    assert [record.event for record in found] == [events[seq - 1] for seq in seqs]
    assert {record.room for record in found} <= {tea}


async def test_a_room_that_does_not_exist_is_empty(store: Store) -> None:
    """Loading from a room nobody has opened finds nothing."""
    assert await store.load_records(NOWHERE, Seq(0), 10) == []
    assert await store.load_messages(NOWHERE, None, 10) == []
    assert await store.load_snapshot(NOWHERE) is None


async def test_the_newest_snapshot_is_kept(store: Store, open_room: OpenRoom, open_store: OpenStore) -> None:
    """A newer snapshot takes the place of an older one, for all stores."""
    tea, milk = await open_room("#tea"), await open_room("#milk")
    assert await store.load_snapshot(tea) is None
    await store.save_snapshot(tea, Snapshot(Seq(3), b"three"))
    await store.save_snapshot(tea, Snapshot(Seq(7), bytes(range(256))))
    assert await (await open_store()).load_snapshot(tea) == Snapshot(Seq(7), bytes(range(256)))
    assert await store.load_snapshot(milk) is None


async def test_an_older_snapshot_is_ignored(store: Store, open_room: OpenRoom, open_store: OpenStore) -> None:
    """A node that comes late with its snapshot does not undo a newer one."""
    tea = await open_room("#tea")
    await store.save_snapshot(tea, Snapshot(Seq(7), b"seven"))
    await (await open_store()).save_snapshot(tea, Snapshot(Seq(3), b"three"))
    assert await store.load_snapshot(tea) == Snapshot(Seq(7), b"seven")


async def test_everything_is_there_after_a_restart(place: Place) -> None:
    """What a closed store has kept, the next one finds: rooms, records and snapshots."""
    before = place.make()
    await before.open()
    tea = await before.open_room(RoomKind.CHANNEL, "#tea", "#Tea")
    kept = await before.append([Draft(tea.id, said("hello"))], 1)
    await before.save_snapshot(tea.id, Snapshot(Seq(1), b"state"))
    await before.close()

    after = place.make()
    await after.open()
    assert (await after.open_room(RoomKind.CHANNEL, "#tea", "")).id == tea.id
    assert await after.load_records(tea.id, Seq(0), 10) == kept
    assert await after.load_snapshot(tea.id) == Snapshot(Seq(1), b"state")
    assert [record.seq for record in await after.append([Draft(tea.id, said("again"))], 2)] == [2]
    await after.close()


async def test_closing_is_harmless(place: Place) -> None:
    """A store may be closed before it was opened, and more than once."""
    store = place.make()
    await store.close()
    await store.open()
    await store.close()
    await store.close()
