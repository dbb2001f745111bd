"""A program that appends to a store for ever: `python -m tests.stores.appender ADDRESS`.

It prints what was acknowledged, each record's `seq` and text on a line. The test that runs it kills it in the middle.
"""

import asyncio
import sys
from itertools import count

from hubbub.core.features.messages import Said
from hubbub.core.kinds import RoomId
from hubbub.core.room import RoomKind
from hubbub.service.ports import Draft, Store
from hubbub.stores.sql import SqlStore
from tests.stores.events import said
from tests.stores.places import database_of


async def append_forever(address: str) -> None:
    """Open the store and let several writers append to one room at once."""
    store = SqlStore(database_of(address))
    await store.open()
    tea = await store.open_room(RoomKind.CHANNEL, "#tea", "#tea")
    async with asyncio.TaskGroup() as writers:
        for writer in range(4):
            writers.create_task(_write(store, tea.id, writer))


async def _write(store: Store, room: RoomId, writer: int) -> None:
    for turn in count():
        drafts = [Draft(room, said(f"{writer}/{turn}/{part}")) for part in range(3)]
        for record in await store.append(drafts, turn):
            if isinstance(record.event, Said):
                sys.stdout.write(f"{record.seq} {record.event.text}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(append_forever(sys.argv[1]))
