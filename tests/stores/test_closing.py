"""Opening a store by its setting, and closing it."""

import asyncio
from pathlib import Path

import pytest

from hubbub.core.kinds import RoomId
from hubbub.core.room import RoomKind
from hubbub.service.ports import Draft, StoreUnavailable
from hubbub.stores.sql import SqlStore, open_storage
from tests.stores.events import said
from tests.stores.places import database_of


async def test_a_closed_store(address: str) -> None:
    """After closing, as when a server stops, requests are refused and not forgotten."""
    store = SqlStore(database_of(address))
    await store.open()
    await store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        await store.find_room(RoomKind.CHANNEL, "#tea")
    with pytest.raises(StoreUnavailable, match="closed"):
        await store.append([Draft(RoomId(1), said("lost"))], 1)


async def test_what_was_begun_is_finished_before_closing(address: str) -> None:
    """Closing waits for the appends under way; they are kept."""
    store = SqlStore(database_of(address))
    await store.open()
    tea = await store.open_room(RoomKind.CHANNEL, "#tea", "#tea")
    async with asyncio.TaskGroup() as tasks:
        appends = [tasks.create_task(store.append([Draft(tea.id, said(str(turn)))], 1)) for turn in range(20)]
        await appends[0]
        await store.close()
    await store.open()
    assert await store.load_heads([tea.id]) == {tea.id: 20}
    await store.close()


async def test_the_setting_names_the_store(postgres_url: str, tmp_path: Path) -> None:
    """A URL names a database, and nothing a file in the data folder."""
    in_database, in_file = open_storage(postgres_url, tmp_path / "unused"), open_storage("", tmp_path / "data")
    for store in (in_database.store, in_file.store):
        await store.open()
        await store.open_room(RoomKind.CHANNEL, "#tea", "#tea")
        await store.close()
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
