"""Databases of every age become the current one, and newer ones are left alone."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import asyncpg
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine

from hubbub.core.catalog import Record
from hubbub.core.kinds import Seq
from hubbub.core.room import RoomKind
from hubbub.service.ports import Draft, StoreUnusable
from hubbub.stores.postgres_server import connect
from hubbub.stores.schema import metadata
from hubbub.stores.sql import SqlStore
from hubbub.stores.version import HEAD
from hubbub.wire.records import encode_event
from tests.harness.processes import marked_environment
from tests.stores.events import said
from tests.stores.places import database_of, database_place

T = TypeVar("T")

HERE = Path(__file__).parents[2]

INSERT_ROOM = sa.text("INSERT INTO rooms (kind, key, name, seq) VALUES ('channel', '#tea', '#tea', 1)")
INSERT_RECORD = sa.text("INSERT INTO records (room, seq, time_ms, message_seq, body) VALUES (1, 1, 5, 1, :body)")


async def on_database(address: str, job: Callable[[sa.Connection], T]) -> T:
    """Do something in a transaction of SQLAlchemy's own, beside the store."""
    if not address.startswith("postgresql:"):
        Path(address).parent.mkdir(exist_ok=True)
        engine = sa.create_engine(f"sqlite:///{address}", poolclass=sa.NullPool)
        with engine.begin() as connection:
            return job(connection)
    async_engine = create_async_engine(
        "postgresql+asyncpg://", async_creator=lambda: connect(address, 5), poolclass=sa.NullPool
    )
    async with async_engine.begin() as async_connection:
        return await async_connection.run_sync(job)


async def open_and_close(address: str) -> None:
    """Open a store as a starting server does, and close it again."""
    store = SqlStore(database_of(address))
    await store.open()
    await store.close()


def migrate_to(connection: sa.Connection, version: str) -> None:
    """Run the migrations up to a version, as the hubbub of that time did."""
    config = Config()
    config.set_main_option("script_location", "hubbub.stores:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def version_of(connection: sa.Connection) -> str | None:
    """Return the database's version as alembic knows it."""
    return MigrationContext.configure(connection).get_current_revision()


def differences_of(connection: sa.Connection) -> list[object]:
    """Return what differs from the tables of `schema`, but for the search index, which no migration makes."""
    options = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith("search_")}
    differences: list[object] = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    return differences


def tables_of(connection: sa.Connection) -> set[str]:
    """Return the names of all tables."""
    return set(sa.inspect(connection).get_table_names())


async def test_an_empty_database_becomes_the_current_one(address: str) -> None:
    """Whatever makes the tables of a new one makes exactly those of `schema`: see `test_prepared` for SQLite."""
    await open_and_close(address)
    assert await on_database(address, version_of) == HEAD
    differences = await on_database(address, differences_of)
    assert differences == []


def test_head_is_the_last_migration() -> None:
    """The version that the program takes for the current one is that of the last migration."""
    config = Config()
    config.set_main_option("script_location", "hubbub.stores:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


async def test_opening_again_changes_nothing(address: str) -> None:
    """A database that is current keeps what is in it, however often it is opened."""
    store = SqlStore(database_of(address))
    await store.open()
    tea = await store.open_room(RoomKind.CHANNEL, "#tea", "#tea")
    kept = await store.append([Draft(tea.id, said("hello"))], 1)
    await store.close()
    for _ in range(2):
        await store.open()
        assert await store.load_records(tea.id, Seq(0), 10) == kept
        await store.close()


async def test_simultaneous_first_openings(address: str) -> None:
    """Of any number of servers that find an empty database, one makes its tables and all the others wait for that."""
    await asyncio.gather(*(open_and_close(address) for _ in range(5)))
    assert await on_database(address, version_of) == HEAD


@pytest.mark.parametrize("version", ["0001"])
async def test_a_database_of_any_age_becomes_the_current_one(address: str, version: str) -> None:
    """What an older hubbub has kept is there after the update, and the tables are those of a new database."""
    await on_database(address, lambda it: migrate_to(it, version))
    event = encode_event(said("hello")).decode()
    await on_database(address, lambda it: it.execute(INSERT_ROOM))
    await on_database(address, lambda it: it.execute(INSERT_RECORD, {"body": event}))
    store, vault, *_ = database_place(address).make_storage()
    await store.open()
    tea = await store.find_room(RoomKind.CHANNEL, "#tea")
    assert tea is not None
    assert await store.load_records(tea.id, Seq(0), 10) == [Record(tea.id, Seq(1), 5, said("hello"))]
    assert await vault.list_codes() == []
    await store.close()
    assert await on_database(address, version_of) == HEAD
    differences = await on_database(address, differences_of)
    assert differences == []


async def test_a_newer_database_is_refused(address: str) -> None:
    """A database that a newer hubbub has written is not touched, and a sentence says what to do."""
    await open_and_close(address)
    await on_database(address, lambda it: it.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnusable, match=r"written by a newer hubbub: it has version 9999.* up to .* Start the"):
        await open_and_close(address)
    assert await on_database(address, version_of) == "9999"


async def test_a_database_of_another_program_is_refused(address: str) -> None:
    """Tables that have the names of ours but were not made by a migration are not touched."""
    await on_database(address, lambda it: it.exec_driver_sql("CREATE TABLE snapshots (something text)"))
    with pytest.raises(StoreUnusable, match=r"tables of another program \(snapshots\)"):
        await open_and_close(address)
    assert await on_database(address, tables_of) == {"snapshots"}


async def test_a_failing_migration_leaves_nothing(address: str) -> None:
    """A migration that fails in the middle has changed nothing, and the next start tries again."""
    # In the way of an index, which comes after the first tables.
    await on_database(address, lambda it: it.exec_driver_sql("CREATE TABLE records_messages (something text)"))
    with pytest.raises((sqlite3.OperationalError, asyncpg.DuplicateTableError)):
        await open_and_close(address)
    assert await on_database(address, tables_of) == {"records_messages"}
    await on_database(address, lambda it: it.exec_driver_sql("DROP TABLE records_messages"))
    await open_and_close(address)
    assert await on_database(address, version_of) == HEAD


async def test_a_current_database_is_opened_without_what_would_migrate_it(address: str) -> None:
    """A server whose database is current does not import that: it would take as long as half of all the rest."""
    if address.startswith("postgresql:"):
        await open_and_close(address)
    for _ in range(2):
        imported = imported_while_opening(address)
        assert "hubbub.stores.prepared" in imported
        assert not imported & {"alembic", "sqlalchemy"}


def imported_while_opening(address: str) -> set[str]:
    """Return which modules a process of its own has imported when it has opened the store."""
    program = """
import asyncio, sys
from hubbub.stores.sql import SqlStore
from tests.stores.places import database_of

async def main():
    store = SqlStore(database_of(sys.argv[1]))
    await store.open()
    await store.close()

asyncio.run(main())
print(*sys.modules)
"""
    command = [sys.executable, "-c", program, address]
    process = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE, env=marked_environment())
    return set(process.stdout.split())
