"""What PostgreSQL's errors mean for the store. Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html."""

import os
import socket
from typing import Final
from urllib.parse import parse_qs, urlsplit

import asyncpg

_PASSING: Final = {
    "08": "the connection to the database was lost",
    "25": "the database server is read-only",
    "40": "another node was in the way",
    "53": "the database server has no room left",
    "55": "another program holds the rows locked",
    "57": "the database server is stopping or starting",
    "58": "the database server's disk reports an error",
}
"""What is wrong, by error class, when a database that was in use cannot be used now."""

_NAMES: Final = "rooms_kind_key"
"""The constraint that no two channels have the same key."""

_NAME_USED: Final = "another node has just used that name"
"""What is wrong when a renaming was looked at and found possible, and was not any more."""

_DENIED: Final = "28"
_NO_SUCH_DATABASE: Final = "3D"
_NOT_ALLOWED: Final = ("42501", "3F000")  # the second where no schema may even be looked into
_UNKNOWN_PARAMETER: Final = "42704"

_ENDING: Final = ("FATAL", "PANIC")
"""Severities after which the server closes the connection."""


def why_unavailable(error: BaseException) -> str | None:
    """Say in a few words what is wrong, or return None when it is not the database's state but our mistake."""
    if isinstance(error, asyncpg.UniqueViolationError):
        return _NAME_USED if error.constraint_name == _NAMES else None
    if isinstance(error, asyncpg.PostgresError):
        return _PASSING.get(_code(error)[:2])
    return _PASSING["08"] if is_lost(error) else None


def is_lost(error: BaseException) -> bool:
    """Return whether the connection broke, so that what the server made of the last words is unknown."""
    match error:
        case asyncpg.DataError():  # our mistake, though an InterfaceError
            return False
        case asyncpg.PostgresConnectionError() | asyncpg.InterfaceError() | asyncpg.InternalClientError():
            return True
        case OSError():  # time-outs, too
            return True
        case asyncpg.PostgresError():
            return error.severity_en in _ENDING
        case _:
            return False


def why_unusable(error: BaseException, url: str, patience_seconds: float) -> str | None:
    """Say in a sentence why the database cannot be opened and what to do, or return None when that is our mistake.

    `patience_seconds` is how long was waited for an answer.
    """
    place = place_of(url)
    match error:
        case TimeoutError():
            return (
                f"PostgreSQL at {place} did not answer within {patience_seconds:g} seconds. See that it is PostgreSQL "
                "that listens there and not busy with something else, or correct the database URL."
            )
        case ConnectionError(errno=None):  # the driver's own, when the connection ends too early
            return _hung_up(place)
        case OSError():
            reason = _why_unreachable(error)
            return f"No PostgreSQL server can be reached at {place} ({reason}). Start it, or correct the database URL."
        case asyncpg.PostgresError():
            return _why_refused(error, place)
        case _ if is_lost(error):
            return _hung_up(place)
        case _:
            return None


def _hung_up(place: str) -> str:
    return f"PostgreSQL at {place} hung up. Look into its log, and see that it is PostgreSQL that listens there."


def _why_unreachable(error: OSError) -> str:
    """Say it in the system's words, which the loop may have put others around."""
    if isinstance(error, socket.gaierror):
        return "no address is known for that name"
    return os.strerror(error.errno).lower() if error.errno else "for several reasons"


def place_of(url: str) -> str:
    """Return what may be shown of a database URL: where it leads, never a password."""
    parts = urlsplit(url)
    if "@" in parts.path + parts.query + parts.fragment:  # a password with a bare /, ? or # in it has spilled over
        return "the given URL"
    host = parts.netloc.rpartition("@")[2] or parse_qs(parts.query).get("host", ["the local socket"])[0]
    return f"{host}{parts.path}"


def _why_refused(error: asyncpg.PostgresError, place: str) -> str | None:
    code = _code(error)
    if code.startswith(_DENIED):
        return f"PostgreSQL at {place} does not let us in ({error}). Correct user and password in the database URL."
    if code.startswith(_NO_SUCH_DATABASE):
        return f"PostgreSQL has no database at {place} ({error}). Create it with createdb, or correct the database URL."
    if code in _NOT_ALLOWED:
        return f"PostgreSQL at {place} does not let us make tables ({error}). Grant the user CREATE on the schema."
    if code == _UNKNOWN_PARAMETER:
        return f"PostgreSQL at {place} does not understand the database URL ({error}). Correct what follows the '?'."
    if code[:2] in _PASSING:
        return f"PostgreSQL at {place} cannot serve now ({error}). Start again when it can."
    return None


def _code(error: asyncpg.PostgresError) -> str:
    return error.sqlstate or ""
