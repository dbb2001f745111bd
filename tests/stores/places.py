"""Where stores under test keep their records: any number of store instances share one place."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from hubbub.service.ports import Store
from hubbub.stores.database import PATIENCE_SECONDS, Database
from hubbub.stores.file_storage import folder_storage
from hubbub.stores.hooks import SqlHooks
from hubbub.stores.memory import MemoryStore
from hubbub.stores.memory_hooks import MemoryHooks
from hubbub.stores.memory_notebook import MemoryNotebook
from hubbub.stores.memory_shelf import MemoryShelf
from hubbub.stores.memory_vault import MemoryVault
from hubbub.stores.notebook import SqlNotebook
from hubbub.stores.postgres import PostgresDatabase
from hubbub.stores.shelf import SqlShelf
from hubbub.stores.sql import OUTCOME_SECONDS, SqlStore, Storage
from hubbub.stores.sqlite import SqliteDatabase
from hubbub.stores.vault import SqlVault

NO_FILES: Final = folder_storage(Path("/nowhere"))
"""Where what is in files would be: what is known of them is all that is asked for here."""


class Place:
    """One place; `make_storage` gives a storage on it, yet to be opened, as another node would have, or a later one."""

    def __init__(self, make_storage: Callable[[], Storage]) -> None:
        self.make_storage = make_storage

    def make(self) -> Store:
        """Give a store alone."""
        return self.make_storage().store


def memory_place() -> Place:
    """Return an empty place in memory, where all stores are one."""
    store = MemoryStore()
    storage = Storage(store, MemoryVault(), MemoryNotebook(store), MemoryShelf(store), NO_FILES, MemoryHooks())
    return Place(lambda: storage)


def database_place(address: str) -> Place:
    """Return a place in the database that a URL or else a path names."""

    def make_storage() -> Storage:
        database = database_of(address)
        return Storage(
            SqlStore(database),
            SqlVault(database),
            SqlNotebook(database),
            SqlShelf(database),
            NO_FILES,
            SqlHooks(database),
        )

    return Place(make_storage)


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
