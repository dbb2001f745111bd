"""Where stores under test keep their records: any number of store instances share one place."""

from collections.abc import Callable
from pathlib import Path

from hubbub.service.ports import Store
from hubbub.stores.database import PATIENCE_SECONDS, Database
from hubbub.stores.memory import MemoryStore
from hubbub.stores.postgres import PostgresDatabase
from hubbub.stores.sql import OUTCOME_SECONDS, SqlStore
from hubbub.stores.sqlite import SqliteDatabase


class Place:
    """One place; `make` gives a store on it, yet to be opened, as another node or a restarted one would have."""

    def __init__(self, make: Callable[[], Store]) -> None:
        self.make = make


def memory_place() -> Place:
    """Return an empty place in memory, where all stores are one."""
    store = MemoryStore()
    return Place(lambda: store)


def sqlite_store(path: Path, patience_seconds: float = PATIENCE_SECONDS) -> SqlStore:
    """Return a store in that file."""
    return SqlStore(SqliteDatabase(path, patience_seconds))


def postgres_store(
    url: str, patience_seconds: float = PATIENCE_SECONDS, outcome_seconds: float = OUTCOME_SECONDS
) -> SqlStore:
    """Return a store in that database."""
    return SqlStore(PostgresDatabase(url, patience_seconds), outcome_seconds)


def database_of(address: str) -> Database:
    """Return the database that a URL or else a path names, for tests that hand it to another process."""
    if address.startswith("postgresql://"):
        return PostgresDatabase(address)
    return SqliteDatabase(Path(address))
