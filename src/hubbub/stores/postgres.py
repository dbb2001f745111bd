"""PostgreSQL: the truth that several nodes share."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final, TypeVar

import asyncpg

from hubbub.core.kinds import RoomId, Seq
from hubbub.service.ports import StoreUnavailable, StoreUnusable
from hubbub.stores.database import PATIENCE_SECONDS, OutcomeUnknown, Rows, Work
from hubbub.stores.operations import json_array
from hubbub.stores.postgres_errors import is_lost, why_unavailable, why_unusable
from hubbub.stores.postgres_server import connect, prepare
from hubbub.stores.prepared import load_statements
from hubbub.stores.statement import Statement

if TYPE_CHECKING:
    from hubbub.stores.statements import Statements

POOL_SIZE: Final = 8
"""Most connections a node holds: one writes, the others read."""

T = TypeVar("T")


class PostgresDatabase:
    """A database on a server, by URL: `postgresql://user:password@host:5432/name`, with libpq's parameters."""

    keeps_index = False

    def __init__(self, url: str, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._url = url
        self._patience_seconds = patience_seconds
        self._statements = load_statements("postgresql")
        self._pool: asyncpg.Pool | None = None
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def open(self) -> None:
        """Connect, and bring the tables up to date. Raises `StoreUnusable`."""
        try:
            await prepare(self._url, self._patience_seconds)
            self._pool = await asyncpg.create_pool(
                connect=self._connect, init_size=1, min_size=0, max_size=POOL_SIZE, reset=_leave
            )
        except Exception as error:  # as in `_connection`
            if sentence := why_unusable(error, self._url, self._patience_seconds):
                raise StoreUnusable(sentence) from error
            raise

    async def close(self) -> None:
        """Disconnect when what was begun is done, or after the usual patience; harmless when repeated."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        try:
            async with asyncio.timeout(self._patience_seconds):
                # The pool itself would close connections under those who were still waiting for one.
                await self._idle.wait()
                await pool.close()
        except TimeoutError:
            pool.terminate()

    async def read(self, work: Work[T]) -> T:
        """Do work that changes nothing; each of its queries sees what was committed before it."""
        async with self._connection() as raw:
            return await work(_Connection(raw, self._statements))

    async def browse(self, work: Work[T]) -> T:
        """As `read`: each has a connection of its own."""
        return await self.read(work)

    async def write(self, work: Work[T]) -> T:
        """Do work in one transaction; on return the server has it on its disk.

        Raises `OutcomeUnknown` when the connection is lost during COMMIT.
        """
        async with self._connection() as raw:
            # Said in full, because a server may be set up to mean something else by a mere BEGIN.
            transaction = raw.transaction(isolation="read_committed")
            await transaction.start()
            try:
                result = await work(_Connection(raw, self._statements))
            except BaseException:
                await _roll_back(transaction)
                raise
            try:
                await transaction.commit()
            except Exception as error:
                if is_lost(error):
                    raise OutcomeUnknown(result) from error
                raise
            return result

    async def purge(self, *, thoroughly: bool) -> None:
        """Do nothing: autovacuum gives the room of erased rows free, and what comes next is written over them."""

    async def _connect(self, *_arguments: object, **options: object) -> asyncpg.Connection:
        return await connect(self._url, self._patience_seconds, **options)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[asyncpg.Connection]:
        if self._pool is None:
            raise StoreUnavailable("the database is closed")
        self._under_way += 1
        self._idle.clear()
        try:
            async with self._pool.acquire(timeout=self._patience_seconds) as raw:
                yield raw
        except Exception as error:  # the driver's errors, and the system's, have nothing in common
            if reason := why_unavailable(error):
                raise StoreUnavailable(reason) from error
            raise
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()


class _Connection:
    """A connection lent by the pool."""

    keeps_index = False

    def __init__(self, raw: asyncpg.Connection, statements: "Statements") -> None:
        self.statements: Final = statements
        self._raw = raw

    async def fetch(self, statement: Statement, **parameters: object) -> Rows:
        rows: Rows = await self._raw.fetch(statement.sql, *statement.order(parameters))
        return rows

    async def execute(self, statement: Statement, rows: Sequence[Mapping[str, object]]) -> None:
        await self._raw.executemany(statement.sql, map(statement.order, rows))

    async def lock_heads(self, rooms: Collection[RoomId]) -> dict[RoomId, Seq]:
        return dict(await self.fetch(self.statements.rooms.lock_heads, rooms=json_array(rooms)))


async def _leave(raw: asyncpg.Connection) -> None:
    """Take a connection back into the pool as it is: by default the driver sends a RESET, one more round trip."""


async def _roll_back(transaction: asyncpg.transaction.Transaction) -> None:
    try:
        await transaction.rollback()
    except Exception as error:
        if not is_lost(error):  # a server that has lost us rolls back by itself
            raise
