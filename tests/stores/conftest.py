"""Where the contract of a store is tested: in memory, in a SQLite file, and in a real PostgreSQL."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from hubbub.core.kinds import RoomId
from hubbub.core.room import RoomKind
from hubbub.service.notebook import Notebook
from hubbub.service.ports import Store
from hubbub.service.shelf import Shelf
from hubbub.service.vault import Vault
from tests.stores.places import Place, database_place, memory_place
from tests.stores.postgres_server import PostgresServer, running_postgres

OpenStore = Callable[[], Awaitable[Store]]
"""Opens one more store on the same place; all are closed after the test."""

OpenVault = Callable[[], Awaitable[Vault]]
"""Opens one more vault on the same place, by opening its store."""

OpenDesk = Callable[[], Awaitable[tuple[Store, Notebook]]]
"""Opens one more store on the same place, with the notebook beside it."""

OpenShelf = Callable[[], Awaitable[tuple[Store, Shelf]]]
"""Opens one more store on the same place, with the shelf beside it."""

OpenRoom = Callable[[str], Awaitable[RoomId]]


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Run a PostgreSQL server for all tests."""
    with running_postgres() as server:
        yield server


@pytest.fixture
async def postgres_url(postgres: PostgresServer) -> str:
    """Give the URL of an empty database; emptied, not made, because that is ten times faster."""
    return postgres.url(await postgres.empty_database())


@pytest.fixture
def sqlite_path(tmp_path: Path) -> Path:
    """Give the path of a database that does not exist yet, nor does its folder."""
    return tmp_path / "data" / "hubbub.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """Give the path or URL of an empty database, each kind in turn."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_path"))
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Place:
    """Give an empty place of each kind in turn."""
    match request.param:
        case "memory":
            return memory_place()
        case "sqlite":
            return database_place(str(request.getfixturevalue("sqlite_path")))
        case _:
            return database_place(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def open_store(place: Place) -> AsyncIterator[OpenStore]:
    """Open stores on the place."""
    async with AsyncExitStack() as stores:

        async def open_one() -> Store:
            store = place.make()
            await store.open()
            stores.push_async_callback(store.close)
            return store

        yield open_one


@pytest.fixture
async def open_vault(place: Place) -> AsyncIterator[OpenVault]:
    """Open vaults on the place."""
    async with AsyncExitStack() as stores:

        async def open_one() -> Vault:
            storage = place.make_storage()
            await storage.store.open()
            stores.push_async_callback(storage.store.close)
            return storage.vault

        yield open_one


@pytest.fixture
async def vault(open_vault: OpenVault) -> Vault:
    """Open a vault on the place."""
    return await open_vault()


@pytest.fixture
async def store(open_store: OpenStore) -> Store:
    """Open a store on the place."""
    return await open_store()


@pytest.fixture
def open_room(store: Store) -> OpenRoom:
    """Open channels by their keys."""

    async def open_channel(key: str) -> RoomId:
        return (await store.open_room(RoomKind.CHANNEL, key, key)).id

    return open_channel


@pytest.fixture
async def open_desk(place: Place) -> AsyncIterator[OpenDesk]:
    """Open stores on the place, each with its notebook."""
    async with AsyncExitStack() as stores:

        async def open_one() -> tuple[Store, Notebook]:
            storage = place.make_storage()
            await storage.store.open()
            stores.push_async_callback(storage.store.close)
            return storage.store, storage.notebook

        yield open_one


@pytest.fixture
async def open_shelf(place: Place) -> AsyncIterator[OpenShelf]:
    """Open stores on the place, each with its shelf."""
    async with AsyncExitStack() as stores:

        async def open_one() -> tuple[Store, Shelf]:
            storage = place.make_storage()
            await storage.store.open()
            stores.push_async_callback(storage.store.close)
            return storage.store, storage.shelf

        yield open_one
