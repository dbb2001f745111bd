"""The contract of a store: rooms."""

import asyncio

import pytest

from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.room import RoomHead, RoomKind
from hubbub.service.ports import Draft, Store
from tests.stores.conftest import OpenRoom, OpenStore
from tests.stores.events import ANN, joined, left


async def test_opening_creates_a_room(store: Store) -> None:
    """A room that is opened first begins to exist, with its kind, key and name, and no record."""
    head = await store.open_room(RoomKind.CHANNEL, "#tea", "#Tea")
    assert head == RoomHead(head.id, RoomKind.CHANNEL, "#tea", "#Tea", Seq(0))


async def test_opening_again_finds_the_same_room(store: Store) -> None:
    """A room that exists is found by its key and keeps its name, whatever name is given."""
    first = await store.open_room(RoomKind.CHANNEL, "#tea", "#Tea")
    assert await store.open_room(RoomKind.CHANNEL, "#tea", "#TEA") == first


async def test_kinds_have_keys_of_their_own(store: Store) -> None:
    """The same key in two kinds is two rooms."""
    heads = [await store.open_room(kind, "same", "") for kind in RoomKind]
    assert len({head.id for head in heads}) == len(RoomKind)
    assert [head.kind for head in heads] == list(RoomKind)


async def test_finding_creates_nothing(store: Store) -> None:
    """A room that was never opened is not found, not even after it was looked for."""
    assert await store.find_room(RoomKind.CHANNEL, "#tea") is None
    assert await store.find_room(RoomKind.CHANNEL, "#tea") is None
    assert await store.list_rooms(RoomKind.CHANNEL) == []


async def test_found_as_opened(store: Store, open_store: OpenStore) -> None:
    """What one store has opened, another one finds at once."""
    head = await store.open_room(RoomKind.DIRECT, "ann bob", "")
    assert await (await open_store()).find_room(RoomKind.DIRECT, "ann bob") == head


@pytest.mark.parametrize(
    "key", ["#tea", "#\N{CJK UNIFIED IDEOGRAPH-8336}\N{TEACUP WITHOUT HANDLE}", "' OR 1=1 --", "%"]
)
async def test_keys_are_taken_literally(store: Store, key: str) -> None:
    """A key is any text; no character in it means anything else."""
    head = await store.open_room(RoomKind.CHANNEL, key, key)
    assert await store.find_room(RoomKind.CHANNEL, key) == head
    assert head.key == key
    assert await store.find_room(RoomKind.CHANNEL, key.swapcase() + ".") is None


async def test_rooms_are_listed_by_key(store: Store) -> None:
    """All rooms of the kind and no others, in the order of their keys' code points, whatever language the store is."""
    keys = ["#b", "#B", "#\N{LATIN SMALL LETTER E WITH ACUTE}", "#a-", "#a", "#\N{GRINNING FACE}", "#ab"]
    for key in keys:
        await store.open_room(RoomKind.CHANNEL, key, "")
    await store.open_room(RoomKind.PERSONAL, "#aa", "")
    assert [head.key for head in await store.list_rooms(RoomKind.CHANNEL)] == sorted(keys)


async def test_heads_know_the_last_record(store: Store, open_room: OpenRoom) -> None:
    """A room's head says how many records there are, however it is asked for."""
    tea, milk = await open_room("#tea"), await open_room("#milk")
    await store.append([Draft(tea, joined()), Draft(milk, joined()), Draft(tea, joined())], 1)
    found = await store.find_room(RoomKind.CHANNEL, "#tea")
    assert found is not None
    assert found.seq == 2
    assert (await store.open_room(RoomKind.CHANNEL, "#tea", "")).seq == 2
    assert {head.key: head.seq for head in await store.list_rooms(RoomKind.CHANNEL)} == {"#tea": 2, "#milk": 1}
    assert await store.load_heads([tea, milk]) == {tea: 2, milk: 1}


async def test_heads_of_many_rooms(store: Store, open_room: OpenRoom) -> None:
    """Heads are loaded for any number of rooms at once; rooms that do not exist are left out."""
    tea = await open_room("#tea")
    missing = [RoomId(tea + number) for number in range(1, 3000)]
    assert await store.load_heads([*missing, tea]) == {tea: 0}
    assert await store.load_heads([]) == {}


async def test_simultaneous_openings_find_one_room(open_store: OpenStore) -> None:
    """Of any number of simultaneous openings of one key, from any stores, all get the same room."""
    stores = [await open_store() for _ in range(3)]
    for number in range(5):
        heads = await asyncio.gather(
            *(store.open_room(RoomKind.CHANNEL, f"#{number}", f"#{number}") for store in stores for _ in range(5))
        )
        assert len(set(heads)) == 1
    assert len(await stores[0].list_rooms(RoomKind.CHANNEL)) == 5


async def test_memberships_are_those_of_the_last_record(store: Store, open_room: OpenRoom) -> None:
    """Whoever has come and not gone is a member, however often he did both, in one transaction or in several."""
    tea, milk, gin = await open_room("#tea"), await open_room("#milk"), await open_room("#gin")
    await store.append([Draft(tea, joined()), Draft(milk, joined()), Draft(milk, left()), Draft(gin, left())], 1)
    assert [head.key for head in await store.list_memberships(ANN)] == ["#tea"]
    await store.append([Draft(milk, joined()), Draft(tea, left()), Draft(tea, joined()), Draft(gin, joined())], 2)
    await store.append([Draft(gin, left()), Draft(gin, left())], 3)
    heads = await store.list_memberships(ANN)
    assert [(head.key, head.seq) for head in heads] == [("#tea", 3), ("#milk", 3)]


async def test_a_conversation_belongs_to_its_people(store: Store) -> None:
    """It is among the memberships of everybody in its key from the moment it is opened, and of nobody else."""
    direct = await store.open_room(RoomKind.DIRECT, "ann-id bob-id", "")
    await store.open_room(RoomKind.DIRECT, "ann-id bob-id", "")
    own = await store.open_room(RoomKind.DIRECT, "ann-id", "")
    await store.open_room(RoomKind.PERSONAL, "ann-id", "")
    assert await store.list_memberships(ANN) == [direct, own]
    assert await store.list_memberships(PersonId("bob-id")) == [direct]
    assert await store.list_memberships(PersonId("carol-id")) == []
