"""SQLite: one thread writes, another reads, and neither waits for the other."""

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

from hubbub.core.kinds import RoomId, Seq
from hubbub.service.ports import StoreUnavailable, StoreUnusable
from hubbub.stores.database import PATIENCE_SECONDS, Connection, Rows, Work
from hubbub.stores.operations import load_heads
from hubbub.stores.sqlite_errors import why_unavailable, why_unusable
from hubbub.stores.sqlite_file import connect, prepare
from hubbub.stores.statements import Statement, Statements
from hubbub.stores.worker import Worker

T = TypeVar("T")


class SqliteDatabase:
    """A database in a file. Other processes on the same machine may share it.

    Each piece of work is done in one go on a thread: a hop to it and back costs more CPU than its statements.
    """

    def __init__(self, path: Path, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._path = path
        self._patience_seconds = patience_seconds
        self._sessions: tuple[_Session, _Session] | None = None

    async def open(self) -> None:
        """Make the file where there is none, and bring its tables up to date. Raises `StoreUnusable`."""
        statements = Statements("sqlite+pysqlite")
        writing, reading = Worker("hubbub-store-write"), Worker("hubbub-store-read")
        try:
            await writing.run(lambda: prepare(self._path, self._patience_seconds))
            writer = await writing.run(lambda: connect(self._path, self._patience_seconds))
            reader = await reading.run(lambda: connect(self._path, self._patience_seconds))
        except BaseException as error:
            writing.stop()
            reading.stop()
            if isinstance(error, sqlite3.Error | OSError) and (sentence := why_unusable(error, self._path)):
                raise StoreUnusable(sentence) from error
            raise
        self._sessions = (_Session(writing, writer, statements), _Session(reading, reader, statements))

    async def close(self) -> None:
        """Close the file when what was begun is done; harmless when repeated."""
        sessions, self._sessions = self._sessions, None
        # The reader first: the last one to close tidies up the write-ahead log.
        for session in reversed(sessions or ()):
            await session.close()

    async def read(self, work: Work[T]) -> T:
        """Do work that changes nothing, on the reading thread."""
        _, reader = self._require_open()
        return await reader.read(work)

    async def write(self, work: Work[T]) -> T:
        """Do work in one transaction, on the writing thread; on return it is on the disk."""
        writer, _ = self._require_open()
        return await writer.write(work)

    def _require_open(self) -> "tuple[_Session, _Session]":
        if self._sessions is None:
            raise StoreUnavailable("the database is closed")
        return self._sessions


class _Session:
    """A connection, and the one thread that may use it."""

    def __init__(self, worker: Worker, raw: sqlite3.Connection, statements: Statements) -> None:
        self.statements: Final = statements
        self._worker = worker
        self._raw = raw

    async def close(self) -> None:
        await self._worker.run(self._raw.close)
        self._worker.stop()

    async def read(self, work: Work[T]) -> T:
        return await self._do(lambda: _finish(work, self))

    async def write(self, work: Work[T]) -> T:
        return await self._do(lambda: self._transact(work))

    def _transact(self, work: Work[T]) -> T:
        execute = self._raw.execute
        # IMMEDIATE: a transaction that begins by reading could find, when it comes to write, that another was faster.
        execute("BEGIN IMMEDIATE")
        try:
            result = _finish(work, self)
            execute("COMMIT")
        except BaseException:
            if self._raw.in_transaction:  # some errors, such as a full disk, have ended it already
                execute("ROLLBACK")
            raise
        return result

    async def _do(self, job: Callable[[], T]) -> T:
        try:
            return await self._worker.run(job)
        except sqlite3.Error as error:
            if reason := why_unavailable(error):
                raise StoreUnavailable(reason) from error
            raise

    # From here on: what the work sees, on the thread. These coroutines never suspend.

    async def fetch(self, statement: Statement, **parameters: object) -> Rows:
        return self._raw.execute(statement.sql, statement.order(parameters)).fetchall()

    async def execute(self, statement: Statement, rows: Sequence[Mapping[str, object]]) -> None:
        self._raw.executemany(statement.sql, map(statement.order, rows))

    async def lock_heads(self, rooms: Collection[RoomId]) -> dict[RoomId, Seq]:
        return await load_heads(self, rooms)  # BEGIN IMMEDIATE has locked everything


def _finish(work: Work[T], connection: Connection) -> T:
    """Run a coroutine to its end, here and now."""
    coroutine = work(connection)
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    coroutine.close()
    raise RuntimeError("work on a database may await nothing but its connection")
