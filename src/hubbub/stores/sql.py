"""The store in a database: SQLite or PostgreSQL, one code path."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from hubbub.core.catalog import Record
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.room import RoomHead, RoomKind
from hubbub.service.hook_store import HookStore
from hubbub.service.imports import Publication, RoomImport
from hubbub.service.notebook import Notebook
from hubbub.service.ports import Draft, SentMessage, Snapshot, Store, StoreUnavailable
from hubbub.service.searching import SearchPage, SearchRequest
from hubbub.service.shelf import Shelf
from hubbub.service.vault import Vault
from hubbub.stores import import_operations, nonce_operations, operations
from hubbub.stores import message_operations as messages
from hubbub.stores.database import Database, OutcomeUnknown
from hubbub.stores.file_storage import FileStorage, folder_storage
from hubbub.stores.hooks import SqlHooks
from hubbub.stores.notebook import SqlNotebook
from hubbub.stores.searcher import Searcher
from hubbub.stores.shelf import SqlShelf
from hubbub.stores.vault import SqlVault

DATABASE_FILE: Final = "hubbub.db"
"""Name of the SQLite database in the data folder."""


class Storage(NamedTuple):
    """What one server keeps."""

    store: Store
    """Opens and closes the database, for all of them."""
    vault: Vault
    notebook: Notebook
    shelf: Shelf
    files: FileStorage
    """Where what is in files is kept: not in the database."""
    hooks: HookStore


def open_storage(database: str, data: Path) -> Storage:
    """Return the storage, yet to be opened, that the settings name: a PostgreSQL URL or, if empty, SQLite in `data`."""
    found = _find_database(database, data)
    return Storage(
        SqlStore(found), SqlVault(found), SqlNotebook(found), SqlShelf(found), folder_storage(data), SqlHooks(found)
    )


def _find_database(database: str, data: Path) -> Database:
    # Each knows its own driver; only one of them is needed.
    if database:
        from hubbub.stores.postgres import PostgresDatabase  # noqa: PLC0415

        return PostgresDatabase(database)
    from hubbub.stores.sqlite import SqliteDatabase  # noqa: PLC0415

    return SqliteDatabase(data / DATABASE_FILE)


OUTCOME_SECONDS: Final = 10.0
"""How long to find out what became of a commit that was not answered. Later, what was kept after all is heard as if
another node had written it, but its author has been told to try again."""

OUTCOME_POLL_SECONDS: Final = 0.1
"""How often to ask meanwhile."""


class SqlStore:
    """Keeps everything in a database, which several nodes may share."""

    def __init__(self, database: Database, outcome_seconds: float = OUTCOME_SECONDS) -> None:
        self._database = database
        self._outcome_seconds = outcome_seconds
        self._searcher = Searcher(database)

    async def open(self) -> None:
        """Connect, and create or migrate the tables. Raises `StoreUnusable`."""
        await self._database.open()

    async def close(self) -> None:
        """Disconnect; harmless when repeated."""
        await self._database.close()

    async def open_room(self, kind: RoomKind, key: str, name: str) -> RoomHead:
        """Return the room of that kind and key, creating it with `name` if there is none."""
        found = await self.find_room(kind, key)
        if found is None:
            return await self._database.write(lambda it: operations.open_room(it, kind, key, name))
        return found

    async def find_room(self, kind: RoomKind, key: str) -> RoomHead | None:
        """Return the room of that kind and key, or None."""
        return await self._database.read(lambda it: operations.find_room(it, kind, key))

    async def load_head(self, room: RoomId) -> RoomHead | None:
        """Return the room of that id, or None."""
        return await self._database.read(lambda it: operations.load_head(it, room))

    async def list_rooms(self, kind: RoomKind) -> list[RoomHead]:
        """Return all rooms of a kind, ordered by key."""
        return await self._database.read(lambda it: operations.list_rooms(it, kind))

    async def list_memberships(self, person: PersonId) -> list[RoomHead]:
        """Return the channels that somebody is in and the conversations that are his, in the order of their ids."""
        return await self._database.read(lambda it: operations.list_memberships(it, person))

    async def append(self, drafts: Sequence[Draft], time_ms: int) -> list[Record]:
        """Keep all drafts in one transaction, or raise `LookupError` for a room that does not exist."""
        if not drafts:
            return []
        try:
            return await self._database.write(lambda it: operations.append(it, drafts, time_ms))
        except OutcomeUnknown as lost:
            return await self._require_kept(lost.result)

    async def _require_kept(self, records: list[Record]) -> list[Record]:
        """Find out whether these were kept, over a new connection; raise `StoreUnavailable` when they were not."""
        deadline = time.monotonic() + self._outcome_seconds
        while True:
            try:
                kept = await self._database.write(lambda it: operations.was_appended(it, records))
            except StoreUnavailable:
                if time.monotonic() > deadline:
                    raise
                await asyncio.sleep(OUTCOME_POLL_SECONDS)
                continue
            if not kept:
                raise StoreUnavailable("the connection to the database was lost before the commit")
            return records

    async def load_records(self, room: RoomId, after: Seq, limit: int) -> list[Record]:
        """Return up to `limit` of a room's records with `seq > after`, in order."""
        return await self._database.read(lambda it: operations.load_records(it, room, after, limit))

    async def load_messages(self, room: RoomId, before: Seq | None, limit: int) -> list[Record]:
        """Return a room's last `limit` messages with `seq < before`, in order."""
        return await self._database.read(lambda it: messages.load_messages(it, room, before, limit))

    async def load_messages_after(self, room: RoomId, after: Seq, limit: int) -> list[Record]:
        """Return a room's first `limit` messages with `seq > after`, in order."""
        return await self._database.read(lambda it: messages.load_messages_after(it, room, after, limit))

    async def load_message(self, room: RoomId, seq: Seq) -> Record | None:
        """Return one message as it looks now, or None where there is none."""
        return await self._database.read(lambda it: messages.load_message(it, room, seq))

    async def load_thread(self, room: RoomId, root: Seq, before: Seq | None, limit: int) -> list[Record]:
        """Return the last `limit` answers in a thread with `seq < before`, in order."""
        return await self._database.read(lambda it: messages.load_thread(it, room, root, before, limit))

    async def find_time(self, room: RoomId, time_ms: int) -> Seq:
        """Return the `seq` of a room's first message from that time on, or one that is greater than all."""
        return await self._database.read(lambda it: messages.find_time(it, room, time_ms))

    async def index(self, limit: int, heads: Mapping[RoomId, Seq] | None = None) -> int:
        """Index about so many messages that are not yet, up to these records or anywhere; return how many."""
        return await self._searcher.index(limit, heads)

    async def search(self, request: SearchRequest) -> SearchPage:
        """Return what was said that the request looks for. Raises `ValueError` for a cursor that no page has given."""
        return await self._searcher.search(request)

    async def erase_messages(self, room: RoomId, before_ms: int, keep: int | None) -> Seq:
        """Erase a room's oldest messages, and return the last one's `seq`."""
        return await self._database.write(lambda it: operations.erase_messages(it, room, before_ms, keep))

    async def purge(self, *, thoroughly: bool = True) -> None:
        """Let nothing that was erased stand in any file of the database."""
        removed = await self._searcher.purge(thoroughly=thoroughly)
        await self._database.purge(thoroughly=removed > 0)
        if removed:
            await self._searcher.note_purged(removed)

    async def load_snapshot(self, room: RoomId) -> Snapshot | None:
        """Return the room's snapshot, or None."""
        return await self._database.read(lambda it: operations.load_snapshot(it, room))

    async def save_snapshot(self, room: RoomId, snapshot: Snapshot) -> None:
        """Keep a room's snapshot instead of an older one."""
        await self._database.write(lambda it: operations.save_snapshot(it, room, snapshot))

    async def load_sent(self, since_ms: int, limit: int) -> list[SentMessage]:
        """Return what was sent with nonces since then, the newest first."""
        return await self._database.read(lambda it: nonce_operations.load_sent(it, since_ms, limit))

    async def forget_sent(self, before_ms: int) -> None:
        """Forget what was sent before."""
        await self._database.write(lambda it: nonce_operations.forget_sent(it, before_ms))

    async def load_identity(self) -> str:
        """Return which database this is."""
        return await self._database.read(import_operations.load_identity)

    async def find_imported(self, source: str, external_ids: Sequence[str]) -> dict[str, tuple[RoomId, Seq]]:
        """Return where those of these things are that were imported from a source."""
        return await self._database.read(lambda it: import_operations.find_imported(it, source, external_ids))

    async def import_records(
        self, source: str, imports: Sequence[RoomImport], time_ms: int, publications: Sequence[Publication] = ()
    ) -> int:
        """Keep what happened elsewhere, in one transaction, and return how many records that made."""
        return await self._database.write(
            lambda it: import_operations.import_records(it, source, imports, time_ms, publications)
        )

    async def load_heads(self, rooms: Sequence[RoomId]) -> dict[RoomId, Seq]:
        """Return the last `seq` of each of these rooms that exists."""
        return await self._database.read(lambda it: operations.load_heads(it, rooms))
