"""What the store of a server holds, read by our own store as another process would."""

import asyncio
from pathlib import Path

from hubbub.core.catalog import Record
from hubbub.core.features.messages import Said
from hubbub.core.kinds import Seq
from hubbub.core.room import LOBBY, RoomKind
from hubbub.stores.sql import open_storage

PAGE = 1_000
"""Records read at a time."""


def records_of_lobby(data: Path) -> list[Record]:
    """Return everything that ever happened in the lobby; the `seq` must continue without gaps or repeats."""
    records = asyncio.run(_load(data))
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    return records


def said_in_lobby(data: Path) -> list[tuple[str, str]]:
    """Return who said what in the lobby, in order."""
    events = (record.event for record in records_of_lobby(data))
    return [(event.name, event.text) for event in events if isinstance(event, Said)]


async def _load(data: Path) -> list[Record]:
    store = open_storage("", data).store
    await store.open()
    try:
        room = await store.find_room(RoomKind.CHANNEL, LOBBY)
        assert room is not None
        records: list[Record] = []
        while page := await store.load_records(room.id, Seq(len(records)), PAGE):
            records += page
        return records
    finally:
        await store.close()
