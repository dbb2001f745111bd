"""The contract of a store: a room that is renamed is found by its new key, and no two have the same."""

import asyncio

import pytest

from hubbub.core.features.settings import RoomRenamed
from hubbub.core.kinds import RoomId, Seq
from hubbub.core.room import RoomHead, RoomKind
from hubbub.service.ports import Draft, NameConflict, Store, StoreUnavailable
from tests.stores.conftest import OpenRoom, OpenStore
from tests.stores.events import ANN, said


def renamed(room: RoomId, name: str) -> Draft:
    """Return that Ann calls a room so."""
    return Draft(room, RoomRenamed(ANN, "ann", "", name, name.lower()))


async def test_a_renamed_room_has_its_new_name(store: Store, open_store: OpenStore, open_room: OpenRoom) -> None:
    """Every store finds it by the new key alone; its records go on, and the old key is another room's."""
    tea = await open_room("#tea")
    (record,) = await store.append([renamed(tea, "#Mate")], 1)
    assert record.seq == 1
    assert await store.load_records(tea, Seq(0), 10) == [record]
    other = await open_store()
    for one in (store, other):
        head = RoomHead(tea, RoomKind.CHANNEL, "#mate", "#Mate", Seq(1))
        assert await one.find_room(RoomKind.CHANNEL, "#mate") == head
        assert await one.find_room(RoomKind.CHANNEL, "#tea") is None
        assert await one.list_rooms(RoomKind.CHANNEL) == [head]
        assert await one.open_room(RoomKind.CHANNEL, "#mate", "#x") == head
    assert await open_room("#tea") != tea


async def test_a_name_that_another_room_has(store: Store, open_room: OpenRoom) -> None:
    """Is refused, and nothing of what was to be kept with it is."""
    tea, mate = await open_room("#tea"), await open_room("#mate")
    with pytest.raises(NameConflict):
        await store.append([Draft(mate, said("lost")), renamed(tea, "#Mate")], 1)
    assert await store.load_heads([tea, mate]) == {tea: 0, mate: 0}
    assert await store.load_records(mate, Seq(0), 10) == []
    head = await store.find_room(RoomKind.CHANNEL, "#tea")
    assert head is not None
    assert (head.id, head.name) == (tea, "#tea")
    assert await store.append([Draft(mate, said("kept"))], 1), "and it goes on"


async def test_capitals_may_change(store: Store, open_room: OpenRoom) -> None:
    """A room's own key is no other's."""
    tea = await open_room("#tea")
    await store.append([renamed(tea, "#TEA")], 1)
    head = await store.find_room(RoomKind.CHANNEL, "#tea")
    assert head is not None
    assert head.name == "#TEA"


async def test_rooms_may_follow_each_other(store: Store, open_room: OpenRoom) -> None:
    """In one transaction a name is free as soon as the room before has another; kinds have keys of their own."""
    tea, mate = await open_room("#tea"), await open_room("#mate")
    await store.open_room(RoomKind.PERSONAL, "#third", "")
    await store.append([renamed(mate, "#third"), renamed(tea, "#mate"), renamed(mate, "#tea")], 1)
    heads = {head.key: head.id for head in await store.list_rooms(RoomKind.CHANNEL)}
    assert heads == {"#mate": tea, "#tea": mate}


async def test_of_two_at_once_one_has_the_name(open_store: OpenStore) -> None:
    """Whatever stores they use, one is kept and the other one refused."""
    stores = [await open_store() for _ in range(2)]
    for number in range(5):
        rooms = [(await stores[0].open_room(RoomKind.CHANNEL, f"#{number}{place}", "")).id for place in "ab"]
        results = await asyncio.gather(
            *(store.append([renamed(room, f"#new{number}")], 1) for store, room in zip(stores, rooms, strict=True)),
            return_exceptions=True,
        )
        assert sorted(isinstance(result, StoreUnavailable) for result in results) == [False, True]
        heads = [await store.find_room(RoomKind.CHANNEL, f"#new{number}") for store in stores]
        assert heads[0] == heads[1]
