"""A SQLite store in trouble: it says so, reading goes on, and when the trouble is over so does writing."""

import asyncio
import resource
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hubbub.core.kinds import RoomId, Seq
from hubbub.core.room import RoomKind
from hubbub.service.ports import Draft, Store, StoreUnavailable, StoreUnusable
from hubbub.stores.database import Connection
from hubbub.stores.sql import SqlStore
from hubbub.stores.sqlite import SqliteDatabase
from hubbub.stores.statements import Statements
from tests.stores.events import said
from tests.stores.places import sqlite_store

LONG = "x" * 10_000
SHORT_PATIENCE = 0.05
PAGE = 4096
"""What SQLite reads and writes at once, in bytes."""


@pytest.fixture
async def store(sqlite_path: Path) -> AsyncIterator[Store]:
    """Open a store that does not wait long."""
    store = sqlite_store(sqlite_path, SHORT_PATIENCE)
    await store.open()
    yield store
    await store.close()


@pytest.fixture
async def room(store: Store) -> RoomId:
    """Make a room with one record."""
    head = await store.open_room(RoomKind.CHANNEL, "#tea", "#tea")
    await store.append([Draft(head.id, said("before"))], 1)
    return head.id


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a real disk of one megabyte, which only root may."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk can be mounted by root alone")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """Leave no room on the disk; return the file to delete to have some again."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65_536, 1):
            try:
                while file.write(b"\0" * size):
                    pass
            except OSError:
                continue
    return ballast


@contextmanager
def no_file_may_grow_beyond(size_bytes: int) -> Iterator[None]:
    """Let the operating system refuse writes beyond an offset, as a quota does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def damage(path: Path, offset: int) -> None:
    """Overwrite the file from there to its end."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(b"\xff" * (size - offset))


async def require_untouched(store: Store, room: RoomId) -> None:
    """Check that reading works and finds the one record, and nothing of what could not be kept."""
    assert [record.event for record in await store.load_records(room, Seq(0), 10)] == [said("before")]
    assert await store.load_heads([room]) == {room: 1}


async def require_recovered(store: Store, room: RoomId) -> None:
    """Check that writing works again, and numbering goes on as if nothing had been tried meanwhile."""
    assert [record.seq for record in await store.append([Draft(room, said("after"))], 3)] == [2]
    assert [record.event for record in await store.load_records(room, Seq(0), 10)] == [said("before"), said("after")]


@pytest.mark.parametrize("drafts", [30, 300])
async def test_full_disk(small_disk: Path, drafts: int) -> None:
    """While the disk is full appends are refused and reading goes on; with room on it they work at once.

    Both where the commit does not fit, and where SQLite runs out of room while it is still collecting.
    """
    store = sqlite_store(small_disk / "hubbub.db")
    await store.open()
    tea = (await store.open_room(RoomKind.CHANNEL, "#tea", "#tea")).id
    await store.append([Draft(tea, said("before"))], 1)
    ballast = fill(small_disk)
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="the disk with the database is full"):
            await store.append([Draft(tea, said(LONG))] * drafts, 2)
        await require_untouched(store, tea)
    ballast.unlink()
    await require_recovered(store, tea)
    await store.close()


async def test_a_disk_too_full_to_begin(small_disk: Path) -> None:
    """A server is not started on a full disk, and a sentence says why."""
    fill(small_disk)
    store = sqlite_store(small_disk / "hubbub.db")
    with pytest.raises(StoreUnusable, match=r"The disk is full, and .*hubbub.db needs room\. Make some"):
        await store.open()


async def test_a_disk_that_refuses(store: Store, room: RoomId, sqlite_path: Path) -> None:
    """Any other failure to write is passing, too."""
    log = sqlite_path.with_name("hubbub.db-wal")
    with no_file_may_grow_beyond(log.stat().st_size):
        with pytest.raises(StoreUnavailable, match="the disk with the database"):
            await store.append([Draft(room, said(LONG))] * 30, 2)
        await require_untouched(store, room)
    await require_recovered(store, room)


async def test_locked_by_another_program(store: Store, room: RoomId, sqlite_path: Path) -> None:
    """While another program holds the lock appends are refused and reading goes on; then they work at once."""
    with closing(sqlite3.connect(sqlite_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="another program holds the database locked"):
            await store.append([Draft(room, said("lost"))], 2)
        with pytest.raises(StoreUnavailable):
            await store.open_room(RoomKind.CHANNEL, "#milk", "#milk")
        await require_untouched(store, room)
        other.execute("ROLLBACK")
    await require_recovered(store, room)


async def test_a_failing_insert_keeps_nothing(store: Store, room: RoomId, sqlite_path: Path) -> None:
    """When a statement in the middle of a transaction fails, those before it are undone."""
    with closing(sqlite3.connect(sqlite_path, isolation_level=None)) as other:
        other.execute("INSERT INTO records (room, seq, time_ms, body) VALUES (?, 3, 0, '')", (room,))
        with pytest.raises(sqlite3.IntegrityError):
            await store.append([Draft(room, said("2")), Draft(room, said("3"))], 2)
        other.execute("DELETE FROM records WHERE seq = 3")
    await require_untouched(store, room)
    await require_recovered(store, room)


async def test_damage_found_later(sqlite_path: Path) -> None:
    """A database that proves to be damaged while in use makes its requests fail, not the server."""
    store = sqlite_store(sqlite_path)
    await store.open()
    tea = (await store.open_room(RoomKind.CHANNEL, "#tea", "#tea")).id
    await store.append([Draft(tea, said(LONG))] * 10, 1)
    await store.close()
    await store.open()
    damage(sqlite_path, PAGE)
    with pytest.raises(StoreUnavailable, match="the database file is damaged"):
        await store.load_records(tea, Seq(0), 10)
    await store.close()


async def test_work_that_waits_for_something_else(sqlite_path: Path) -> None:
    """Work that awaits anything but its connection would hang its thread: it is told so, and undone."""
    database = SqliteDatabase(sqlite_path)
    await database.open()

    async def work(connection: Connection) -> None:
        await connection.execute(connection.statements.rooms.insert, [{"kind": "channel", "key": "#tea", "name": ""}])
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="may await nothing but its connection"):
        await database.write(work)
    assert await SqlStore(database).find_room(RoomKind.CHANNEL, "#tea") is None
    await database.close()


PLANS = [
    ("before", "SEARCH records USING INDEX records_messages (room=? AND message_seq<?)"),
    ("after", "SEARCH records USING INDEX records_messages (room=? AND message_seq>?)"),
    ("one", "SEARCH records USING PRIMARY KEY (room=? AND seq=?)"),
    ("in_thread", "SEARCH records USING INDEX records_threads (room=? AND thread=? AND seq<?)"),
]
"""Statements about messages, and how SQLite finds what they ask for."""


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(("name", "plan"), PLANS)
async def test_messages_are_found_by_their_index(room: RoomId, sqlite_path: Path, name: str, plan: str) -> None:
    """Looking for messages reads neither the comings and goings between them, nor a whole room for one of them."""
    statement = getattr(Statements("sqlite+pysqlite").messages, name)
    values = {"room": room, "before": 10, "after": 1, "seq_": 5, "thread": 5, "limit": 20}
    with closing(sqlite3.connect(sqlite_path)) as other:
        found = other.execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.order(values)).fetchall()
    assert found[0][3] == plan
