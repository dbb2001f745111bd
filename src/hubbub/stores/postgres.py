"""PostgreSQL: the truth that several nodes share."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final, TypeVar

import asyncpg
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from hubbub.core.kinds import RoomId, Seq
from hubbub.service.ports import StoreUnavailable, StoreUnusable
from hubbub.stores.database import PATIENCE_SECONDS, OutcomeUnknown, Rows, Work
from hubbub.stores.operations import json_array
from hubbub.stores.postgres_errors import is_lost, why_unavailable, why_unusable
from hubbub.stores.schema import HEAD
from hubbub.stores.statements import Statement, Statements

POOL_SIZE: Final = 8
"""Most connections a node holds: one writes, the others read."""

ANSWER_SECONDS: Final = 30.0
"""Longest wait for any answer; a server that is silent for so long counts as lost."""

_MIGRATION_LOCK: Final = 0x687562627562
"""Key of the advisory lock under which one node migrates while the others wait: "hubbub" in ASCII."""

# A server may be set up to acknowledge before its disk has it; this store may not.
_REFUSE_ASYNCHRONOUS_COMMIT: Final = (
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)

T = TypeVar("T")


class PostgresDatabase:
    """A database on a server, by URL: `postgresql://user:password@host:5432/name`, with libpq's parameters."""

    def __init__(self, url: str, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._url = url
        self._patience_seconds = patience_seconds
        self._statements = Statements("postgresql+asyncpg")
        self._pool: asyncpg.Pool | None = None

    async def open(self) -> None:
        """Connect, and bring the tables up to date. Raises `StoreUnusable`."""
        try:
            self._pool = await asyncpg.create_pool(
                min_size=0, init_size=1, max_size=POOL_SIZE, connect=self._connect, reset=_keep
            )
            if await self._version(self._pool) != HEAD:
                await self._upgrade()
        except BaseException as error:
            await self.close()
            if sentence := why_unusable(error, self._url):
                raise StoreUnusable(sentence) from error
            raise

    async def close(self) -> None:
        """Disconnect when what was begun is done, or after the usual patience; harmless when repeated."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        try:
            await asyncio.wait_for(pool.close(), self._patience_seconds)
        except TimeoutError:
            pool.terminate()

    async def read(self, work: Work[T]) -> T:
        """Do work that changes nothing; each of its queries sees what was committed before it."""
        async with self._connection() as raw:
            return await work(_Connection(raw, self._statements))

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

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[asyncpg.Connection]:
        if self._pool is None:
            raise StoreUnavailable("the database is closed")
        try:
            async with self._pool.acquire(timeout=self._patience_seconds) as raw:
                yield raw
        except Exception as error:
            if reason := why_unavailable(error):
                raise StoreUnavailable(reason) from error
            raise

    async def _version(self, pool: asyncpg.Pool) -> str | None:
        """Return which migrations the database has seen, without importing what would run them."""
        if await pool.fetchval("SELECT to_regclass('alembic_version')") is None:
            return None
        version: str | None = await pool.fetchval("SELECT version_num FROM alembic_version")
        return version

    async def _upgrade(self) -> None:
        from hubbub.stores.upgrade import upgrade  # noqa: PLC0415 - slow, and needed only after an update

        engine = create_async_engine("postgresql+asyncpg://", async_creator=self._connect, poolclass=sa.NullPool)
        try:
            async with engine.begin() as connection:
                await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
                await connection.run_sync(upgrade)
        except sa.exc.DBAPIError as error:
            raise error.driver_exception from error

    async def _connect(self, **by_pool: object) -> asyncpg.Connection:
        milliseconds = str(round(self._patience_seconds * 1000))
        raw = await asyncpg.connect(
            self._url,
            timeout=self._patience_seconds,
            command_timeout=ANSWER_SECONDS,
            server_settings={
                "application_name": "hubbub",
                "lock_timeout": milliseconds,
                # Of a node that is cut off, the server lets the locks go: others wait for them.
                "idle_in_transaction_session_timeout": milliseconds,
            },
            **by_pool,
        )
        await raw.execute(_REFUSE_ASYNCHRONOUS_COMMIT)
        return raw


class _Connection:
    """A connection lent by the pool."""

    def __init__(self, raw: asyncpg.Connection, statements: Statements) -> None:
        self.statements: Final = statements
        self._raw = raw

    async def fetch(self, statement: Statement, **parameters: object) -> Rows:
        rows: Rows = await self._raw.fetch(statement.sql, *statement.order(parameters))
        return rows

    async def execute(self, statement: Statement, rows: Sequence[Mapping[str, object]]) -> None:
        await self._raw.executemany(statement.sql, map(statement.order, rows))

    async def lock_heads(self, rooms: Collection[RoomId]) -> dict[RoomId, Seq]:
        return dict(await self.fetch(self.statements.lock_heads, rooms=json_array(rooms)))


async def _keep(raw: asyncpg.Connection) -> None:
    """Do nothing when a connection comes back to the pool: by default the driver sends a RESET, a round trip more."""


async def _roll_back(transaction: asyncpg.transaction.Transaction) -> None:
    try:
        await transaction.rollback()
    except Exception as error:
        if not is_lost(error):  # a server that lost us has rolled back by itself
            raise
