"""The contract of where webhooks are kept, beside each store."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Final

import pytest
from msgspec.structs import replace

from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.service.hook_store import AnyHook, HookId, HookStore, IncomingHook, OutgoingHook, Progress
from hubbub.service.ports import StoreUnavailable
from tests.stores.places import Place, database_place

ANN: Final = PersonId("id-ann")
BOB: Final = PersonId("' OR 1=1 --")
"""Somebody by whom a statement put together from texts would be found out."""

NOON: Final = 1_767_268_800_000
HALL: Final = RoomId(7)
TEA: Final = RoomId(8)

OpenHooks = Callable[[], Awaitable[HookStore]]


@pytest.fixture
async def open_hooks(place: Place) -> AsyncIterator[OpenHooks]:
    """Open stores on the place, each with what keeps webhooks beside it."""
    async with AsyncExitStack() as stores:

        async def open_one() -> HookStore:
            storage = place.make_storage()
            await storage.store.open()
            stores.push_async_callback(storage.store.close)
            return storage.hooks

        yield open_one


@pytest.fixture
async def hooks(open_hooks: OpenHooks) -> HookStore:
    """Open one."""
    return await open_hooks()


def incoming(number: int, room: RoomId = HALL, maker: PersonId = ANN, created_ms: int = NOON) -> IncomingHook:
    """Return a webhook by which nothing was said."""
    person = PersonId(f"hook:{number}")
    secret_hash = b"\0\xffhash" + bytes([number])
    return IncomingHook(HookId(f"in-{number}"), room, person, "ann’s CI", maker, created_ms, secret_hash)


def outgoing(number: int, room: RoomId = HALL, maker: PersonId = ANN, created_ms: int = NOON) -> OutgoingHook:
    """Return a webhook to which nothing was posted."""
    person, url = PersonId(f"hook:{number}"), f"https://example.org/{number}?a=b"
    return OutgoingHook(
        HookId(f"out-{number}"),
        room,
        person,
        "'quoted'",
        maker,
        created_ms,
        url,
        "whsec_AAAA",
        ("messages", "edits"),
        Progress(Seq(3)),
    )


async def test_hooks_come_back_as_they_were_kept(hooks: HookStore, open_hooks: OpenHooks) -> None:
    """What one has kept, any other finds by its id, whatever bytes are in it."""
    await hooks.add(incoming(1))
    await hooks.add(outgoing(1))
    other = await open_hooks()
    assert await other.find(HookId("in-1")) == incoming(1)
    assert await other.find(HookId("out-1")) == outgoing(1)
    assert await other.find(HookId("in-2")) is None


async def test_a_secret_finds_its_hook(hooks: HookStore) -> None:
    """And nothing else does, not even a part of it."""
    await hooks.add(incoming(1))
    await hooks.add(incoming(2))
    assert await hooks.find_secret(incoming(2).secret_hash) == incoming(2)
    assert await hooks.find_secret(incoming(2).secret_hash[:-1]) is None
    assert await hooks.find_secret(b"") is None


async def test_hooks_are_listed_for_each_room(hooks: HookStore) -> None:
    """Of both kinds, the oldest first; and those that are posted to for all rooms together."""
    mine: list[AnyHook] = [incoming(1, created_ms=NOON + 1), outgoing(2), incoming(3, created_ms=NOON + 2)]
    elsewhere = outgoing(4, TEA, created_ms=NOON - 1)
    for hook in (*mine, elsewhere):
        await hooks.add(hook)
    assert await hooks.list_room(HALL) == [mine[1], mine[0], mine[2]]
    assert await hooks.list_room(RoomId(9)) == []
    assert await hooks.list_outgoing() == [elsewhere, mine[1]]


async def test_hooks_are_counted_for_whoever_made_them(hooks: HookStore) -> None:
    """Of both kinds, in all rooms."""
    for hook in (incoming(1), outgoing(2, TEA), incoming(3, maker=BOB)):
        await hooks.add(hook)
    assert [await hooks.count_made_by(who) for who in (ANN, BOB, PersonId("nobody"))] == [2, 1, 0]


async def test_the_latest_use_is_remembered(hooks: HookStore) -> None:
    """Also when an earlier one is told later; others' stay."""
    for hook in (incoming(1), incoming(2)):
        await hooks.add(hook)
    for time_ms, latest_ms in ((NOON, NOON), (NOON - 1, NOON), (NOON + 1, NOON + 1)):
        await hooks.note_use(HookId("in-1"), time_ms)
        assert await hooks.find(HookId("in-1")) == replace(incoming(1), used_ms=latest_ms)
    await hooks.note_use(HookId("gone"), NOON)
    assert await hooks.find(HookId("in-2")) == incoming(2)


async def test_progress_is_kept(hooks: HookStore, open_hooks: OpenHooks) -> None:
    """It replaces the earlier one, of this webhook alone; where that is gone, nothing happens."""
    for hook in (outgoing(1), outgoing(2)):
        await hooks.add(hook)
    later = Progress(Seq(2**40), 3, NOON, is_given_up=True)
    await hooks.save_progress(HookId("out-1"), later)
    await hooks.save_progress(HookId("gone"), later)
    other = await open_hooks()
    assert await other.list_outgoing() == [replace(outgoing(1), progress=later), outgoing(2)]


async def test_a_deleted_hook_is_gone(open_hooks: OpenHooks) -> None:
    """Of many who delete it at once, one has; others stay."""
    stores = [await open_hooks() for _ in range(2)]
    for hook in (incoming(1), outgoing(1), incoming(2)):
        await stores[0].add(hook)
    for hook in (incoming(1), outgoing(1)):
        assert sum(await asyncio.gather(*(one.delete(hook.id) for one in stores for _ in range(3)))) == 1
        assert await stores[1].find(hook.id) is None
    assert await stores[1].list_room(HALL) == [incoming(2)]


async def test_a_closed_store_is_unavailable(address: str) -> None:
    """Whoever asks too late, or too early, is told so."""
    storage = database_place(address).make_storage()
    with pytest.raises(StoreUnavailable):
        await storage.hooks.list_outgoing()
    await storage.store.open()
    await storage.store.close()
    with pytest.raises(StoreUnavailable):
        await storage.hooks.add(incoming(1))


async def test_nothing_is_called_what_cannot_be_kept(hooks: HookStore) -> None:
    """Whatever is asked for."""
    assert await hooks.find(HookId("\0")) is None
