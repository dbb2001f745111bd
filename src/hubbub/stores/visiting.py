"""Visits: one job on all of a database, done here and now, while a server may be using it.

A job is an ordinary function of a SQLAlchemy connection, the same for both databases. It blocks whoever calls it, so
this is for commands of an operator, never for a server.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import sqlalchemy as sa

from hubbub.service.ports import StoreUnusable
from hubbub.stores.database import PATIENCE_SECONDS
from hubbub.stores.sqlite_errors import why_unusable as why_file_unusable
from hubbub.stores.sqlite_file import connect

T = TypeVar("T")

Job = Callable[[sa.Connection], T]

IS_POSTGRES: Final = "postgresql"
"""The name of its dialect."""


def read_file(path: Path, job: Job[T]) -> T:
    """Do a job that only reads; it sees the database as it is at its first query. Raises `StoreUnusable`."""
    # So that a file which is missing is not made, and nothing is changed by mistake.
    return _visit_file(path, job, lambda: _connect_to_read(path), "BEGIN")


def write_file(path: Path, job: Job[T]) -> T:
    """Do a job that writes a file nobody else uses, quickly and carelessly: with an error the file is worthless.

    Raises `StoreUnusable`.
    """
    return _visit_file(path, job, lambda: _connect_to_fill(path), "BEGIN EXCLUSIVE")


def _visit_file(path: Path, job: Job[T], connect_: Callable[[], sqlite3.Connection], begin: str) -> T:
    engine = sa.create_engine("sqlite://", creator=connect_, poolclass=sa.NullPool)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(begin)
            result = job(connection)
            connection.commit()
            return result
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        cause = error.driver_exception if isinstance(error, sa.exc.DBAPIError) else error
        sentence = why_file_unusable(cause, path) if isinstance(cause, sqlite3.Error | OSError) else None
        if sentence:
            raise StoreUnusable(sentence) from error
        raise
    finally:
        engine.dispose()


def _connect_to_read(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE_SECONDS)
    raw.isolation_level = None
    return raw


def _connect_to_fill(path: Path) -> sqlite3.Connection:
    raw = connect(path, PATIENCE_SECONDS)
    for pragma in ("synchronous = OFF", "journal_mode = OFF", "secure_delete = OFF"):
        raw.execute(f"PRAGMA {pragma}")
    return raw


class _JobError(Exception):
    """The job could not do something else: a full disk where it writes is no fault of the database."""

    def __init__(self, error: OSError) -> None:
        super().__init__(error)
        self.error = error


async def read_server(url: str, job: Job[T]) -> T:
    """Do the same as `read_file` in a PostgreSQL database. Raises `StoreUnusable`."""
    return await _visit_server(url, job, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


async def write_server(url: str, job: Job[T]) -> T:
    """Do a job that writes in one transaction, as long as that takes. Raises `StoreUnusable`."""
    return await _visit_server(url, job, "SET LOCAL lock_timeout = 0")


async def _visit_server(url: str, job: Job[T], begin: str) -> T:
    # Only here: each database knows its own driver.
    import asyncpg  # noqa: PLC0415 - not for SQLite
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415 - not for SQLite

    from hubbub.stores.postgres_errors import why_unusable  # noqa: PLC0415 - not for SQLite
    from hubbub.stores.postgres_server import connect as connect_server  # noqa: PLC0415 - not for SQLite

    async def connect_for_long() -> asyncpg.Connection:
        return await connect_server(url, PATIENCE_SECONDS, command_timeout=None)

    def apart(connection: sa.Connection) -> T:
        try:
            return job(connection)
        except OSError as error:
            raise _JobError(error) from error

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect_for_long, poolclass=sa.NullPool)
    try:
        async with engine.begin() as connection:
            await connection.exec_driver_sql(begin)
            # Whoever reads the backup at the other end of a pipe may take his time.
            await connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
            # And a server may be set up to end whatever takes as long as this does.
            await connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            return await connection.run_sync(apart)
    except _JobError as failed:
        raise failed.error from failed
    except Exception as error:  # the driver's errors, and the system's, have nothing in common
        cause = error.driver_exception if isinstance(error, sa.exc.DBAPIError) else error
        if sentence := why_unusable(cause, url, PATIENCE_SECONDS):
            raise StoreUnusable(sentence) from error
        raise
    finally:
        await engine.dispose()
