"""What SQLite's errors mean for the store. Codes: https://sqlite.org/rescode.html."""

import errno
import sqlite3
from pathlib import Path
from typing import Final

_PASSING: Final = {
    sqlite3.SQLITE_BUSY: "another program holds the database locked",
    sqlite3.SQLITE_LOCKED: "another connection holds the database locked",
    sqlite3.SQLITE_FULL: "the disk with the database is full",
    sqlite3.SQLITE_IOERR: "the disk with the database cannot be read or written",
    sqlite3.SQLITE_READONLY: "the database cannot be written",
    sqlite3.SQLITE_CANTOPEN: "the files of the database cannot be opened",
    sqlite3.SQLITE_NOMEM: "there is not enough memory for the database",
    sqlite3.SQLITE_PROTOCOL: "too many programs use the database at once",
    # These pass only when somebody restores a backup, but meanwhile the rest of the server can go on.
    sqlite3.SQLITE_CORRUPT: "the database file is damaged",
    sqlite3.SQLITE_NOTADB: "the database file is damaged",
}
"""What is wrong, by primary result code, when a database that was in use cannot be used now."""

_UNUSABLE: Final = {
    sqlite3.SQLITE_BUSY: "{path} is locked by another program. Stop that program and start again.",
    sqlite3.SQLITE_FULL: "The disk is full, and {path} needs room. Make some and start again.",
    sqlite3.SQLITE_IOERR: "{path} cannot be read or written: the disk reports an error. Check the disk.",
    sqlite3.SQLITE_READONLY: "{path} cannot be written. Give this user the right to write it and its folder.",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened. Give this user the right to write it and its folder.",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged. Restore a backup, or move the file away to begin anew.",
    sqlite3.SQLITE_NOTADB: "{path} is not a database of hubbub. Move it away, or name another data folder.",
}
"""What is wrong and what to do, by primary result code, when a database cannot be opened."""

_PRIMARY: Final = 0xFF
"""The bits of an extended result code that hold the primary one."""


def why_unavailable(error: sqlite3.Error) -> str | None:
    """Say in a few words what is wrong, or return None when it is not the database's state but our mistake."""
    return _PASSING.get(_code(error))


def why_unusable(error: sqlite3.Error | OSError, path: Path) -> str | None:
    """Say in a sentence why the database cannot be opened and what to do, or return None when that is our mistake."""
    if isinstance(error, sqlite3.Error):
        sentence = _UNUSABLE.get(_code(error))
        return sentence and sentence.format(path=path)
    if error.errno == errno.ENOSPC:
        return _UNUSABLE[sqlite3.SQLITE_FULL].format(path=path)
    return f"{path} cannot be written ({error.strerror}). Give this user a data folder of his own."


def _code(error: sqlite3.Error) -> int:
    # Errors of Python's own making, such as a wrong number of parameters, have no code.
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & _PRIMARY
