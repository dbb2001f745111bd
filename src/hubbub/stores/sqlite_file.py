"""The file of a SQLite database: making it, connecting to it, and bringing its tables up to date."""

import os
import secrets
import sqlite3
import time
from pathlib import Path
from typing import Final

from hubbub.service.ports import StoreUnusable
from hubbub.stores.prepared import load_tables
from hubbub.stores.search_tables import prepare_index
from hubbub.stores.version import HEAD

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
"""Only the user who runs the server reads what people say. SQLite gives its other files the rights of the first."""

_WAL_RETRY_SECONDS: Final = 0.01
"""Switching to WAL fails at once, without the usual patience, while another program does the same."""

_VERSION_TABLE: Final = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
    " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
"""As alembic makes it."""


def connect(path: Path, patience_seconds: float) -> sqlite3.Connection:
    """Open the file, for use on the calling thread. Raises `sqlite3.Error`."""
    # Without isolation level the driver adds no BEGIN or COMMIT of its own.
    connection = sqlite3.connect(path, timeout=patience_seconds, isolation_level=None)
    try:
        # In WAL mode only FULL writes every commit through to the disk: https://sqlite.org/pragma.html#pragma_synchronous
        connection.execute("PRAGMA synchronous = FULL")
        # What is erased is overwritten with zeros in the file: https://sqlite.org/pragma.html#pragma_secure_delete
        connection.execute("PRAGMA secure_delete = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def prepare(path: Path, patience_seconds: float) -> None:
    """Make the file and its folder where they are missing, and bring the tables up to date.

    Raises `StoreUnusable`, `sqlite3.Error` or `OSError`.
    """
    path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE))
    connection = connect(path, patience_seconds)
    try:
        _switch_to_wal(connection, path, patience_seconds)
        if _version(connection) != HEAD and not _make_if_new(connection):
            from hubbub.stores.sqlite_upgrade import upgrade_file  # noqa: PLC0415 - slow, and needed only after an update

            upgrade_file(path, patience_seconds)
        prepare_index(connection)
    finally:
        connection.close()


def _switch_to_wal(connection: sqlite3.Connection, path: Path, patience_seconds: float) -> None:
    """Have readers and the writer not wait for each other, and a commit cost one write; the file remembers it."""
    deadline = time.monotonic() + patience_seconds
    mode = ""
    while not mode:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_WAL_RETRY_SECONDS)
    if mode != "wal":
        raise StoreUnusable(
            f"{path} lies where SQLite cannot share memory with it. Name a data folder on a local disk."
        )


def _version(connection: sqlite3.Connection) -> str | None:
    """Return which migrations the database has seen, without importing what would run them."""
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'").fetchall():
        return None
    versions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    return versions[0][0] if versions else None


def _make_if_new(connection: sqlite3.Connection) -> bool:
    """Make the tables, as all migrations would, where there is nothing at all. Return whether they are there now."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        is_new = not connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
        if is_new:
            for sql in (*load_tables(), _VERSION_TABLE):
                connection.execute(sql)
            connection.execute("INSERT INTO identity VALUES (?)", [secrets.token_hex(8)])
            connection.execute("INSERT INTO alembic_version VALUES (?)", [HEAD])
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # some errors, such as a full disk, have ended it already
            connection.execute("ROLLBACK")
        raise
    # Somebody else may have made them while this one waited to begin.
    return is_new or _version(connection) == HEAD
