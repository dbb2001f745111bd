"""Keeping: what a client must not lose, on disk: SQLite, on a thread of its own. docs/decisions/terminal.md."""

import asyncio
import contextlib
import fcntl
import hashlib
import os
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

import msgspec

T = TypeVar("T")

FILE: Final = "chat.sqlite"

OWN_FILE: Final = 0o600
"""It holds what was said, and what lets a guest come back: nobody else reads it."""

OWN_FOLDER: Final = 0o700
"""What the XDG Base Directory Specification wants of a folder that is made."""

FLUSH_SECONDS: Final = 0.25
"""How long what can be had again may wait to be written, together with what comes meanwhile."""

BUSY_SECONDS: Final = 5.0
"""How long another process may hold the file."""

TYPED: Final = 1_000
"""Most lines of input that are kept, those typed last."""

VERSION: Final = 2
"""Of the tables. A file of a later version is left alone."""

TABLES: Final = """
CREATE TABLE station (
    id INTEGER PRIMARY KEY,
    endpoint TEXT NOT NULL,
    name TEXT NOT NULL,
    kept BLOB,
    is_open INTEGER NOT NULL DEFAULT 0,
    UNIQUE (endpoint, name)
);
CREATE TABLE room (
    station INTEGER NOT NULL REFERENCES station ON DELETE CASCADE,
    id INTEGER NOT NULL,
    kept BLOB NOT NULL,
    PRIMARY KEY (station, id)
) WITHOUT ROWID;
CREATE TABLE record (
    station INTEGER NOT NULL REFERENCES station ON DELETE CASCADE,
    room INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    kept BLOB NOT NULL,
    PRIMARY KEY (station, room, seq)
) WITHOUT ROWID;
CREATE TABLE draft (
    station INTEGER NOT NULL REFERENCES station ON DELETE CASCADE,
    room TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (station, room)
) WITHOUT ROWID;
CREATE TABLE outgoing (
    place INTEGER PRIMARY KEY,
    station INTEGER NOT NULL REFERENCES station ON DELETE CASCADE,
    nonce TEXT NOT NULL UNIQUE,
    kept BLOB NOT NULL
);
CREATE TABLE typed (place INTEGER PRIMARY KEY, text TEXT NOT NULL);
"""

UNSAVED_DRAFTS: Final = "ALTER TABLE draft ADD COLUMN is_unsaved INTEGER NOT NULL DEFAULT 1"
"""Version 2. No server was told of what was kept before it."""

_UNREADABLE: Final = (sqlite3.Error, msgspec.MsgspecError, ValueError, OverflowError)
"""What comes of a file that is damaged in the middle, or that another program has written into."""

Work = Callable[[sqlite3.Connection], object]
"""What is done with the file, on its thread."""


class Unkept(Exception):  # noqa: N818 - named by what is wrong
    """The file cannot be used; the text says why, as a sentence."""


class Keeping:
    """One file. What is noted is written in order, all that comes together in one transaction."""

    def __init__(self, file: Path, failed: Callable[[str], None]) -> None:
        """Tell `failed` a sentence, once, where nothing can be written any more."""
        self._file = file
        self._failed = failed
        self._has_failed = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="keeping")
        self._connection: sqlite3.Connection | None = None
        self._noted: list[Work] = []
        self._timer: asyncio.TimerHandle | None = None
        self._flushing: asyncio.Task[None] | None = None
        self._preparers: list[Callable[[], None]] = []

    async def open(self) -> None:
        """Open the file, or make it; one that is damaged is put aside, and that is told. Raises `Unkept`."""
        self._connection, aside = await self._on_thread(self._open)
        if aside is not None:
            self._failed(f"{self._file} is damaged. It was put aside as {aside.name}, and a new one is begun.")

    def tell_failures(self, failed: Callable[[str], None]) -> None:
        """Tell somebody else from now on where nothing can be written any more."""
        self._failed = failed

    def _open(self) -> tuple[sqlite3.Connection, Path | None]:
        try:
            self._make_file()
            try:
                return _connect(self._file), None
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
            # What is in it can be had again, but for what waited to be said; nobody can read that there any more.
            aside = self._file.rename(self._file.with_name(f"{FILE}.damaged-{int(time.time())}"))
            self._make_file()
            return _connect(self._file), aside
        except (OSError, sqlite3.Error) as error:
            raise Unkept(f"{self._file} cannot be used: {error}.") from error

    def _make_file(self) -> None:
        self._file.parent.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
        os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, OWN_FILE))
        self._file.chmod(OWN_FILE)

    async def close(self) -> None:
        """Write what is noted, and close the file."""
        if self._connection is not None:
            await self.flush()
            await self._on_thread(self._connection.close)
            self._connection = None
        self._thread.shutdown(wait=False)

    def before_flush(self, prepare: Callable[[], None]) -> Callable[[], None]:
        """Call something before all that is noted is written, so that it notes more; return what ends that."""
        self._preparers.append(prepare)
        return lambda: self._preparers.remove(prepare)

    def note(self, work: Work | None = None, *, is_urgent: bool = False) -> None:
        """Write something soon, or at once; without `work`, what those who are asked before note then."""
        if self._connection is None or self._has_failed:
            return
        if work is not None:
            self._noted.append(work)
        loop = asyncio.get_running_loop()
        if self._timer is not None and is_urgent:
            self._timer.cancel()
            self._timer = None
        if self._timer is None:
            self._timer = loop.call_later(0 if is_urgent else FLUSH_SECONDS, self._begin_flush)

    async def flush(self) -> None:
        """Return when everything that was noted is on disk."""
        self._begin_flush()
        while self._flushing is not None:
            await asyncio.wait([self._flushing])
            if not self._noted:
                return
            self._begin_flush()

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return what is in the file, with everything that was noted before. Raises `Unkept` where that cannot be."""
        await self.flush()
        if self._connection is None:
            raise Unkept("The file is closed.")
        try:
            return await self._on_thread(work, self._connection)
        except _UNREADABLE as error:
            raise Unkept(f"{self._file} cannot be read: {error}.") from error

    async def try_read(self, work: Callable[[sqlite3.Connection], list[T]]) -> list[T]:
        """Return what is in the file; nothing, and that is told, where it cannot be read."""
        try:
            return await self.read(work)
        except Unkept as error:
            self._fail(str(error))
            return []

    def _fail(self, sentence: str) -> None:
        self._noted = []
        if not self._has_failed:
            self._has_failed = True
            self._failed(f"{sentence} Nothing is kept from now on.")

    def _begin_flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._flushing is not None and not self._flushing.done():
            return
        self._flushing = asyncio.get_running_loop().create_task(self._flush(), name="keeping")

    async def _flush(self) -> None:
        for prepare in tuple(self._preparers):
            prepare()
        while self._noted and self._connection is not None:
            noted, self._noted = self._noted, []
            try:
                await self._on_thread(_write, self._connection, noted)
            except _UNREADABLE as error:
                self._fail(f"{self._file} cannot be written any more: {error}.")

    async def _on_thread(self, work: Callable[..., T], *arguments: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)

    # What belongs to no station.

    async def load_typed(self) -> list[str]:
        """Return the lines that were typed, oldest first."""
        return await self.try_read(
            lambda file: [text for (text,) in file.execute("SELECT text FROM typed ORDER BY place")]
        )

    def keep_typed(self, line: str) -> None:
        """Keep a line that was typed."""

        def write(file: sqlite3.Connection) -> None:
            file.execute("INSERT INTO typed (text) VALUES (?)", (line,))
            file.execute("DELETE FROM typed WHERE place <= (SELECT max(place) FROM typed) - ?", (TYPED,))

        self.note(write)

    async def load_open(self) -> list[tuple[str, str]]:
        """Return on which servers somebody was when the last run ended, and as whom, in the order of his coming."""
        query = "SELECT endpoint, name FROM station WHERE is_open > 0 ORDER BY is_open"
        return await self.try_read(lambda file: [(endpoint, name) for endpoint, name in file.execute(query)])

    def keep_open(self, endpoint: str, name: str, *, is_open: bool) -> None:
        """Keep whether the next run is to begin there."""
        here = (endpoint, name.casefold())

        def write(file: sqlite3.Connection) -> None:
            file.execute("INSERT OR IGNORE INTO station (endpoint, name) VALUES (?, ?)", here)
            file.execute("UPDATE station SET is_open = 0 WHERE endpoint = ?", (endpoint,))
            if is_open:
                last = "(SELECT max(is_open) + 1 FROM station)"
                file.execute(f"UPDATE station SET is_open = {last} WHERE endpoint = ? AND name = ?", here)  # noqa: S608 - a constant

        self.note(write)

    def claim(self, endpoint: str, name: str) -> "Claim | None":
        """Be the only process that keeps what belongs to somebody on a server; None where another one is."""
        which = hashlib.sha256(f"{endpoint}\n{name}".encode()).hexdigest()[:16]
        return Claim.make(self._file.with_name(f"{FILE}.{which}.lock"))


class Claim:
    """A lock that ends with the process, however that ends."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def make(cls, file: Path) -> "Claim | None":
        """Take it, or return None where another process has it."""
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWN_FILE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        return cls(descriptor)

    def release(self) -> None:
        """Let another process have it; harmless when repeated."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            with contextlib.suppress(OSError):
                os.close(descriptor)


def find_file() -> Path:
    """Return where everything is kept."""
    # Relative paths are to be ignored, as the XDG Base Directory Specification says.
    configured = Path(os.environ.get("XDG_STATE_HOME", ""))
    folder = configured if configured.is_absolute() else Path.home() / ".local" / "state"
    return folder / "hubbub" / FILE


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        # What somebody has written outlives a power cut: a commit is on disk.
        connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        _require_known(version)
        _require_whole(connection, version)
        for statement in _statements_since(version):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _require_whole(connection: sqlite3.Connection, version: int) -> None:
    if version and not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'typed'").fetchone():
        raise sqlite3.DatabaseError("its tables are not there")


def _statements_since(version: int) -> list[str]:
    """Return what makes the tables of this version out of those of an earlier one."""
    return [
        *(TABLES.split(";")[:-1] if version < 1 else ()),
        *((UNSAVED_DRAFTS,) if version < 2 else ()),  # noqa: PLR2004 - the version that it makes
    ]


def _require_known(version: int) -> None:
    if version > VERSION:
        raise sqlite3.OperationalError("a newer hubbub has written it")


def _write(file: sqlite3.Connection, noted: list[Work]) -> None:
    file.execute("BEGIN IMMEDIATE")
    try:
        for work in noted:
            work(file)
    except BaseException:
        file.execute("ROLLBACK")
        raise
    file.execute("COMMIT")
