"""A backup comes back into either database, whichever it came from, and from every version that ever was."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.room import RoomKind
from hubbub.server.config import Settings
from hubbub.server.errors import StartError
from hubbub.service.ports import Draft, Snapshot
from hubbub.service.vault import Credentials, ScramVerifier
from hubbub.stores.sql import open_storage
from hubbub.stores.upgrade import upgrade
from hubbub.stores.version import HEAD
from tests.server.backups.backups import (
    ANN,
    EVENTS,
    check,
    restore,
    restore_async,
    settings_for,
    take,
    take_async,
)
from tests.stores.postgres_server import PostgresServer, running_postgres

CREDENTIALS = Credentials("a hash", ScramVerifier(b"\0salt\xff", 4_096, b"stored\0", b"server\n"))

Place = Callable[[str], Settings]
"""Returns where a server of that name keeps its data; nothing is there yet."""


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    """Run a PostgreSQL server for all tests."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def place(tmp_path: Path, postgres: PostgresServer) -> Place:
    """Give empty places in SQLite and PostgreSQL."""

    def make(kind: str) -> Settings:
        database = ""
        if kind.endswith("postgresql"):
            name = kind.replace(" ", "_")
            asyncio.run(postgres.execute(f"DROP DATABASE IF EXISTS {name}"))
            asyncio.run(postgres.execute(f"CREATE DATABASE {name}"))
            database = postgres.url(name)
        return settings_for(tmp_path / kind, database)

    return make


async def fill(settings: Settings) -> None:
    """Put something into many tables."""
    storage = open_storage(settings.database, Path(settings.data))
    await storage.store.open()
    rooms = [await storage.store.open_room(RoomKind.CHANNEL, key, key) for key in ("#tea", "#Äpfel", "#apfel", "#zoo")]
    await storage.store.append([Draft(head.id, event) for head in rooms for event in EVENTS], 1_000)
    await storage.store.save_snapshot(rooms[0].id, Snapshot(Seq(3), b"\0\xffstate\n"))
    await storage.vault.save_credentials(ANN, CREDENTIALS)
    for name in ("Ä", "a", "Z", "🍵", "é"):
        await storage.notebook.save_draft(PersonId(name), rooms[0].id, "not yet said")
    await storage.notebook.save_level(ANN, rooms[0].id, "nothing")
    await storage.store.close()


@pytest.mark.parametrize("source", ["sqlite", "postgresql"])
@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_from_either_into_either(place: Place, source: str, target: str) -> None:
    """All rows are the same afterwards, byte for byte, and a new room gets the next number."""
    old, new = place(f"old {source}"), place(f"new {target}")
    asyncio.run(fill(old))
    backup, manifest = asyncio.run(take_async(old))
    assert check(backup).about.database == source
    asyncio.run(restore_async(backup, new))
    _, same = asyncio.run(take_async(new))
    assert same.tables == manifest.tables
    assert {name for name, tally in same.tables.items() if tally.rows} >= {
        "records",
        "snapshots",
        "credentials",
        "drafts",
        "levels",
    }
    assert asyncio.run(open_new_room(new)) == asyncio.run(open_new_room(old))


async def open_new_room(settings: Settings) -> RoomId:
    """Let a room begin to exist."""
    storage = open_storage(settings.database, Path(settings.data))
    await storage.store.open()
    head = await storage.store.open_room(RoomKind.CHANNEL, "#new", "#new")
    await storage.store.close()
    return head.id


def test_a_database_that_is_not_empty_is_left_alone(place: Place) -> None:
    """Nothing in it is changed, and nothing appears in the folder."""
    old, new = place("old sqlite"), place("new postgresql")
    asyncio.run(fill(old))
    asyncio.run(fill(new))
    backup, _ = asyncio.run(take_async(old))
    before = asyncio.run(take_async(new))[1].tables
    with pytest.raises(StartError, match="database is not empty: there is a table"):
        asyncio.run(restore_async(backup, new))
    assert asyncio.run(take_async(new))[1].tables == before
    assert not Path(new.data).exists()


def test_a_damaged_backup_leaves_a_database_empty(place: Place) -> None:
    """What was written until the damage was found is taken back."""
    old, new = place("old sqlite"), place("new postgresql")
    asyncio.run(fill(old))
    backup, _ = asyncio.run(take_async(old))
    with pytest.raises(Exception, match="cut off"):
        asyncio.run(restore_async(backup[:-1], new))
    asyncio.run(restore_async(backup, new))


def test_nobody_is_there(tmp_path: Path) -> None:
    """A PostgreSQL server that cannot be reached is told in a sentence."""
    settings = settings_for(tmp_path / "data", "postgresql://hubbub@/hubbub?host=/nowhere")
    with pytest.raises(StartError, match="No PostgreSQL server can be reached"):
        asyncio.run(take_async(settings))


def old_database(path: Path, version: str) -> None:
    """Make a database as hubbub made it when that was the version."""
    path.parent.mkdir(parents=True)
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=sa.NullPool)
    with engine.begin() as connection:
        upgrade(connection, version)
        connection.execute(sa.text("INSERT INTO rooms (kind, key, name, seq) VALUES ('channel', '#tea', '#tea', 0)"))


@pytest.mark.parametrize("version", ["0001", "0004", HEAD])
def test_every_version_comes_back_as_it_was(tmp_path: Path, version: str) -> None:
    """A backup of an older database makes an older one, which the next start brings up to date."""
    old_database(tmp_path / "old" / "hubbub.db", version)
    backup = take(tmp_path / "old")
    assert check(backup).about.tables == version
    restore(backup, tmp_path / "new")
    with closing(sqlite3.connect(tmp_path / "new" / "hubbub.db")) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [(version,)]
    assert asyncio.run(open_new_room(settings_for(tmp_path / "new"))) == 2


def test_a_newer_database_is_left_to_a_newer_hubbub(tmp_path: Path) -> None:
    """What is in its tables cannot be known."""
    old_database(tmp_path / "data" / "hubbub.db", HEAD)
    with closing(sqlite3.connect(tmp_path / "data" / "hubbub.db")) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StartError, match="newer hubbub: it has version 9999"):
        take(tmp_path / "data")
