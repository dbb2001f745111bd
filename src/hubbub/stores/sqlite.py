"""SQLite: one thread writes, another reads, a third one searches, and none waits for another."""

import asyncio
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from hubbub.core.kinds import RoomId, Seq
from hubbub.service.ports import StoreUnavailable, StoreUnusable
from hubbub.stores.database import PATIENCE_SECONDS, Rows, Work
from hubbub.stores.operations import load_heads
from hubbub.stores.prepared import load_statements
from hubbub.stores.sqlite_errors import why_unavailable, why_unusable
from hubbub.stores.sqlite_file import connect, prepare
from hubbub.stores.statement import Statement
from hubbub.stores.worker import Worker

if TYPE_CHECKING:
    from hubbub.stores.statements import Statements

T = TypeVar("T")

REWRITE_BYTES: Final = 256 * 1024 * 1024
"""Largest file that is written anew to be purged: two or three seconds in which nobody can say anything."""


class SqliteDatabase:
    """A database in a file. Other processes on the same machine may share it.

    Each piece of work is done in one go on a thread: a hop to it and back costs more CPU than its statements.
    """

    keeps_index = True

    def __init__(self, path: Path, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._path = path
        self._patience_seconds = patience_seconds
        self._statements = load_statements("sqlite")
        self._sessions: tuple[_Session, _Session, _Session] | None = None

    async def open(self) -> None:
        """Make the file where there is none, and bring its tables up to date. Raises `StoreUnusable`."""
        try:
            await asyncio.to_thread(prepare, self._path, self._patience_seconds)
            async with AsyncExitStack() as opened:
                writer = await self._start("hubbub-store-write")
                opened.push_async_callback(writer.close)
                reader = await self._start("hubbub-store-read")
                opened.push_async_callback(reader.close)
                searcher = await self._start("hubbub-store-search")
                opened.pop_all()
        except (sqlite3.Error, OSError) as error:
            if sentence := why_unusable(error, self._path):
                raise StoreUnusable(sentence) from error
            raise
        self._sessions = (writer, reader, searcher)

    async def close(self) -> None:
        """Close the file when what was begun is done; harmless when repeated."""
        sessions, self._sessions = self._sessions, None
        # The writer comes last: whoever is the last one to close tidies up the write-ahead log.
        for session in reversed(sessions or ()):
            await session.close()

    async def read(self, work: Work[T]) -> T:
        """Do work that changes nothing, on the reading thread."""
        _, reader, _ = self._require_open()
        return await reader.do(partial(_finish, work, self._statements))

    async def browse(self, work: Work[T]) -> T:
        """Do work that changes nothing and may take long, on the searching thread."""
        _, _, searcher = self._require_open()
        return await searcher.do(partial(_finish, work, self._statements))

    async def write(self, work: Work[T]) -> T:
        """Do work in one transaction, on the writing thread; on return it is on the disk."""
        writer, _, _ = self._require_open()
        return await writer.do(partial(_transact, work, self._statements))

    async def purge(self, *, thoroughly: bool) -> None:
        """Write the log back into the file, and empty it: old pages with erased texts would stand there for long.

        If `thoroughly`, write the file anew before, unless it is so large that everybody would wait for it.
        Raises `StoreUnavailable` when another program is reading, and it has to be done later.
        """
        writer, _, _ = self._require_open()
        if thoroughly:
            await writer.do(_rewrite)
        if await writer.do(_empty_log):
            raise StoreUnavailable("another program reads the database, so the log keeps what was erased")

    async def _start(self, name: str) -> "_Session":
        worker = Worker(name)
        try:
            return _Session(worker, await worker.run(lambda: connect(self._path, self._patience_seconds)))
        except BaseException:
            worker.stop()
            raise

    def _require_open(self) -> "tuple[_Session, _Session, _Session]":
        if self._sessions is None:
            raise StoreUnavailable("the database is closed")
        return self._sessions


class _Session:
    """A connection, and the one thread that may use it."""

    def __init__(self, worker: Worker, raw: sqlite3.Connection) -> None:
        self._worker = worker
        self._raw = raw

    async def do(self, job: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return await self._worker.run(partial(job, self._raw))
        except sqlite3.Error as error:
            if reason := why_unavailable(error):
                raise StoreUnavailable(reason) from error
            raise

    async def close(self) -> None:
        await self._worker.run(self._raw.close)
        self._worker.stop()


class _Connection:
    """What the work sees, on the thread. Its coroutines never suspend."""

    keeps_index = True

    def __init__(self, raw: sqlite3.Connection, statements: "Statements") -> None:
        self.statements: Final = statements
        self._raw = raw

    async def fetch(self, statement: Statement, **parameters: object) -> Rows:
        return self._raw.execute(statement.sql, statement.order(parameters)).fetchall()

    async def execute(self, statement: Statement, rows: Sequence[Mapping[str, object]]) -> None:
        self._raw.executemany(statement.sql, map(statement.order, rows))

    async def lock_heads(self, rooms: Collection[RoomId]) -> dict[RoomId, Seq]:
        return await load_heads(self, rooms)  # BEGIN IMMEDIATE has locked everything


def _transact(work: Work[T], statements: "Statements", raw: sqlite3.Connection) -> T:
    # IMMEDIATE: a transaction that begins by reading could find, when it comes to write, that another was faster.
    raw.execute("BEGIN IMMEDIATE")
    try:
        result = _finish(work, statements, raw)
        raw.execute("COMMIT")
    except BaseException:
        if raw.in_transaction:  # some errors, such as a full disk, have ended it already
            raw.execute("ROLLBACK")
        raise
    return result


def _rewrite(raw: sqlite3.Connection) -> None:
    """Write a file that is not too large anew.

    SQLite overwrites what it deletes, but not the copies of rows that it leaves behind in a page when it moves them to
    another one: a few of a thousand messages that are deleted later have stood there.
    """
    ((pages,),) = raw.execute("PRAGMA page_count").fetchall()
    ((page_bytes,),) = raw.execute("PRAGMA page_size").fetchall()
    if pages * page_bytes <= REWRITE_BYTES:
        raw.execute("VACUUM")


def _empty_log(raw: sqlite3.Connection) -> bool:
    """Return whether somebody was in the way: https://sqlite.org/pragma.html#pragma_wal_checkpoint."""
    ((busy, *_),) = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return bool(busy)


def _finish(work: Work[T], statements: "Statements", raw: sqlite3.Connection) -> T:
    """Run a coroutine to its end, here and now."""
    coroutine = work(_Connection(raw, statements))
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    coroutine.close()
    raise RuntimeError("work on a database may await nothing but its connection")
