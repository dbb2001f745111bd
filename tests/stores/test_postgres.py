"""A PostgreSQL store in trouble: it says so, and when the trouble is over it works again by itself."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from hubbub.core.kinds import RoomId, Seq
from hubbub.core.room import RoomKind
from hubbub.service.ports import Draft, Store, StoreUnavailable
from hubbub.stores.postgres_server import connect
from hubbub.stores.statements import Statements
from tests.stores.events import joined, said
from tests.stores.places import postgres_store
from tests.stores.postgres_server import PostgresServer
from tests.stores.proxy import Fate, Proxy

SHORT_PATIENCE = 1.5
"""Long enough to connect on a busy machine, in seconds; passed on to the server, which frees locks after as long."""

BEFORE = said("before")


@pytest.fixture
async def network(postgres: PostgresServer) -> AsyncIterator[Proxy]:
    """Put a network that can break before the server."""
    folder = Path(tempfile.mkdtemp(prefix="hubbub-proxy-"))
    proxy = Proxy(folder, postgres.folder)
    await proxy.start()
    yield proxy
    await proxy.cut()
    shutil.rmtree(folder)


@pytest.fixture
async def store(postgres: PostgresServer, network: Proxy) -> AsyncIterator[Store]:
    """Open a store behind the network, that does not wait long."""
    url = postgres.url(await postgres.empty_database(), folder=network.folder)
    store = postgres_store(url, SHORT_PATIENCE, outcome_seconds=3 * SHORT_PATIENCE)
    await store.open()
    yield store
    await store.close()


@pytest.fixture
async def room(store: Store) -> RoomId:
    """Make a room with one record."""
    head = await store.open_room(RoomKind.CHANNEL, "#tea", "#tea")
    await store.append([Draft(head.id, BEFORE)], 1)
    return head.id


@asynccontextmanager
async def session(postgres: PostgresServer) -> AsyncIterator[asyncpg.Connection]:
    """Connect past the network, as another program would."""
    connection = await asyncpg.connect(postgres.url("postgres"))
    try:
        yield connection
    finally:
        await connection.close()


async def texts(store: Store, room: RoomId) -> list[str]:
    """Return everything that was said, and check that its numbers have no gap."""
    records = await store.load_messages(room, None, 100)
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    return [record.event.text for record in records if hasattr(record.event, "text")]


async def waiting_for_a_lock(other: asyncpg.Connection, append: "asyncio.Task[object]") -> int:
    """Wait until the append waits for a lock; return the process of the server that does it for him."""
    while not (process := await other.fetchval("SELECT pid FROM pg_locks WHERE NOT granted")):
        assert not append.done()
    return int(process)


async def test_a_server_out_of_reach(store: Store, room: RoomId, network: Proxy) -> None:
    """While the server cannot be reached every request is refused; when it can, all work again."""
    await network.cut()
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="the connection to the database was lost"):
            await store.append([Draft(room, said("lost"))], 2)
        with pytest.raises(StoreUnavailable, match="the connection to the database was lost"):
            await store.load_records(room, Seq(0), 10)
    await network.start()
    await store.append([Draft(room, said("after"))], 3)
    assert await texts(store, room) == ["before", "after"]


async def test_rows_locked_by_another_program(store: Store, room: RoomId, postgres: PostgresServer) -> None:
    """While another program holds a room's row, appends to it are refused, other rooms and reading go on."""
    milk = await store.open_room(RoomKind.CHANNEL, "#milk", "#milk")
    async with session(postgres) as other:
        async with other.transaction():
            await other.execute("SELECT FROM rooms WHERE id = $1 FOR UPDATE", room)
            with pytest.raises(StoreUnavailable, match="another program holds the rows locked"):
                await store.append([Draft(room, said("lost")), Draft(milk.id, said("lost"))], 2)
            assert await texts(store, room) == ["before"]
            await store.append([Draft(milk.id, said("milk"))], 3)
        await store.append([Draft(room, said("after"))], 4)
    assert await texts(store, room) == ["before", "after"]
    assert await texts(store, milk.id) == ["milk"]


async def test_a_connection_lost_before_the_commit(store: Store, room: RoomId, postgres: PostgresServer) -> None:
    """When the server ends the connection in the middle of a transaction, nothing of it was kept."""
    async with session(postgres) as other:
        async with other.transaction():
            await other.execute("SELECT FROM rooms WHERE id = $1 FOR UPDATE", room)
            append = asyncio.create_task(store.append([Draft(room, said("lost"))], 2))
            waiting = await waiting_for_a_lock(other, append)
            await other.fetchval("SELECT pg_terminate_backend($1)", waiting)
            with pytest.raises(StoreUnavailable):
                await append
        await store.append([Draft(room, said("after"))], 3)
    assert await texts(store, room) == ["before", "after"]


async def test_a_commit_whose_answer_is_lost(store: Store, room: RoomId, network: Proxy) -> None:
    """When the server has committed but could not say so, the store finds out: the records are kept, once."""
    network.next_commit = "answer is lost"
    kept = await store.append([Draft(room, said("kept")), Draft(room, said("too"))], 2)
    assert [record.seq for record in kept] == [2, 3]
    assert await store.load_records(room, Seq(1), 10) == kept


@pytest.mark.parametrize("fate", ["request is lost", "request is stuck"])
async def test_a_commit_that_never_arrives(store: Store, room: RoomId, network: Proxy, fate: Fate) -> None:
    """When the server was never asked to commit, the store finds out: nothing was kept, and it can be tried again.

    Also when the server does not know yet that the store is gone, and keeps the room's row for it.
    """
    network.next_commit = fate
    with pytest.raises(StoreUnavailable, match="lost before the commit"):
        await store.append([Draft(room, said("lost"))], 2)
    await store.append([Draft(room, said("after"))], 3)
    assert await texts(store, room) == ["before", "after"]


async def test_a_commit_that_arrives_late(postgres: PostgresServer, store: Store, room: RoomId, network: Proxy) -> None:
    """When the request for a commit is still on its way, the store waits for what becomes of it."""
    patient = postgres_store(postgres.url("postgres", folder=network.folder))
    await patient.open()
    network.next_commit = "request is late"
    append = asyncio.create_task(patient.append([Draft(room, said("kept"))], 2))
    async with session(postgres) as other:
        await waiting_for_a_lock(other, append)
    network.release.set()
    assert [record.seq for record in await append] == [2]
    assert await texts(store, room) == ["before", "kept"]
    await patient.close()


async def test_another_nodes_record_in_the_place_of_a_lost_one(
    store: Store, room: RoomId, network: Proxy, postgres: PostgresServer
) -> None:
    """A record that another node writes in the meantime is not mistaken for one's own."""
    node = postgres_store(postgres.url("postgres"))
    await node.open()
    network.next_commit = "request is stuck"
    lost, other = await asyncio.gather(
        store.append([Draft(room, said("lost"))], 2), append_behind(node, room), return_exceptions=True
    )
    await node.close()
    assert isinstance(lost, StoreUnavailable)
    assert other is None
    assert await texts(store, room) == ["before", "other"]


async def append_behind(node: Store, room: RoomId) -> None:
    """Append on another node as soon as the room's row is free."""
    await node.append([Draft(room, said("other"))], 2)


async def test_a_commit_nobody_can_ask_about(store: Store, room: RoomId, network: Proxy) -> None:
    """When the server stays out of reach after a commit, the append is refused in the end, whatever became of it.

    The next one goes on from what was kept.
    """
    network.next_commit = "answer is lost"
    network.cut_at_commit = True
    with pytest.raises(StoreUnavailable):
        await store.append([Draft(room, said("kept all the same"))], 2)
    await network.start()
    await store.append([Draft(room, said("after"))], 3)
    assert await texts(store, room) == ["before", "kept all the same", "after"]


async def test_closing_does_not_wait_for_ever(store: Store, room: RoomId, postgres: PostgresServer) -> None:
    """A server that stops does not wait longer than it is patient for what hangs in the database."""
    async with session(postgres) as other, other.transaction():
        await other.execute("SELECT FROM rooms WHERE id = $1 FOR UPDATE", room)
        append = asyncio.create_task(store.append([Draft(room, said("lost"))], 2))
        await waiting_for_a_lock(other, append)
        await store.close()
        with pytest.raises(StoreUnavailable):
            await append


async def test_a_failing_insert_keeps_nothing(store: Store, room: RoomId, postgres: PostgresServer) -> None:
    """When a statement in the middle of a transaction fails, those before it are undone."""
    async with session(postgres) as other:
        await other.execute("INSERT INTO records (room, seq, time_ms, body) VALUES ($1, 3, 0, '')", room)
        with pytest.raises(asyncpg.UniqueViolationError):
            await store.append([Draft(room, said("2")), Draft(room, said("3"))], 2)
        await other.execute("DELETE FROM records WHERE seq = 3")
    assert await store.load_heads([room]) == {room: 1}
    await store.append([Draft(room, said("after"))], 3)
    assert await texts(store, room) == ["before", "after"]


def test_rows_are_locked_in_one_order() -> None:
    """Whoever locks several rooms locks them by their ids, or two would one day wait for each other for ever.

    The server's planner chooses another order only in large tables, so that no test would meet it.
    """
    words = Statements("postgresql+asyncpg").rooms.lock_heads.sql.split()
    assert " ".join(words).endswith("ORDER BY rooms.id FOR UPDATE OF rooms")


async def test_commits_reach_the_servers_disk(postgres: PostgresServer) -> None:
    """Even where the database is set up to acknowledge early, this store's commits wait for the disk."""
    async with session(postgres) as administrator:
        await administrator.execute("ALTER DATABASE postgres SET synchronous_commit = off")
        try:
            raw = await connect(postgres.url("postgres"), 5)
            assert await raw.fetchval("SHOW synchronous_commit") == "on"
            await raw.close()
        finally:
            await administrator.execute("ALTER DATABASE postgres RESET synchronous_commit")


async def test_messages_are_found_by_their_index(store: Store, room: RoomId, postgres: PostgresServer) -> None:
    """Looking for messages does not read the comings and goings between them."""
    await store.append([Draft(room, joined()) for _ in range(5000)], 2)
    statement = Statements("postgresql+asyncpg").messages.before
    parameters = statement.order({"room": room, "before": 10_000, "limit": 20})
    async with session(postgres) as other:
        await other.execute("ANALYZE records")
        plan = await other.fetch(f"EXPLAIN {statement.sql}", *parameters)
    assert "Index Scan Backward using records_messages" in "\n".join(line for (line,) in plan)
