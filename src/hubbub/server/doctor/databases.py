"""The database: whether it can be read, is of this version, whole, and in agreement with itself."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from hubbub.server.doctor.findings import Finding, ok, problem, warning
from hubbub.service.ports import StoreUnusable
from hubbub.stores.moving import find_version
from hubbub.stores.shapes import shapes_of
from hubbub.stores.version import HEAD
from hubbub.stores.visiting import IS_POSTGRES

SHOWN: Final = 3
"""How many of many faults are told one by one."""

LARGE_LOG_BYTES: Final = 512_000_000
"""SQLite's log is written back after 4 MB, unless somebody reads for long."""

OLDEST_POSTGRES: Final = 130_000
"""As `server_version_num` says it. The PostgreSQL project mends nothing older than five years."""

_RESTORE: Final = (
    "Restore a backup into another folder: hubbub restore FILE --data NEW. Keep this one until it is done."
)

_Query = tuple[str, str]

# Each finds rows that should not be there, in a few milliseconds even where there are millions of records.
_QUICK: Final[tuple[_Query, ...]] = (
    (
        "rooms whose last record is missing",
        (
            "SELECT name FROM rooms WHERE seq > 0 AND NOT EXISTS"
            " (SELECT 1 FROM records WHERE records.room = rooms.id AND records.seq = rooms.seq)"
        ),
    ),
    (
        "rooms with records behind their last one",
        (
            "SELECT name FROM rooms WHERE EXISTS"
            " (SELECT 1 FROM records WHERE records.room = rooms.id AND records.seq > rooms.seq)"
        ),
    ),
    (
        "rooms whose state is from later than their records",
        "SELECT rooms.name FROM rooms JOIN snapshots ON snapshots.room = rooms.id WHERE snapshots.seq > rooms.seq",
    ),
    (
        "memberships in rooms that are not there",
        "SELECT person FROM memberships WHERE NOT EXISTS (SELECT 1 FROM rooms WHERE rooms.id = memberships.room)",
    ),
)

_THOROUGH: Final[tuple[_Query, ...]] = (
    (
        "rooms with records missing",
        (
            "SELECT rooms.name FROM rooms LEFT JOIN records ON records.room = rooms.id"
            " GROUP BY rooms.id, rooms.name, rooms.seq HAVING count(records.seq) <> rooms.seq"
        ),
    ),
    (
        "records of rooms that are not there",
        "SELECT DISTINCT room FROM records WHERE NOT EXISTS (SELECT 1 FROM rooms WHERE rooms.id = records.room)",
    ),
    (
        "notes on messages that are not there",
        (
            "SELECT room FROM notes WHERE NOT EXISTS"
            " (SELECT 1 FROM records WHERE records.room = notes.room AND records.seq = notes.seq)"
        ),
    ),
)

_LAST_RECORD: Final = (
    "SELECT max(records.time_ms) FROM rooms JOIN records ON records.room = rooms.id AND records.seq = rooms.seq"
)


class Examined(msgspec.Struct, frozen=True):
    """What has been found in a database."""

    findings: tuple[Finding, ...]
    last_record_ms: int = 0
    """The greatest time of a room's last record."""


def examine_database(connection: sa.Connection, *, thoroughly: bool) -> Examined:
    """Look at all of it, or at what is there at once. Raises `StoreUnusable` and the driver's errors."""
    version = find_version(connection)
    findings = [_judge_version(version)]
    if findings[0].level == "problem":
        return Examined(tuple(findings))
    if connection.dialect.name == IS_POSTGRES:
        findings += _look_at_server(connection)
    else:
        findings += _look_at_pages(connection, thoroughly=thoroughly)
    # Older ones have not all of the tables; the next start brings them up to date.
    if version == HEAD and not any(finding.level == "problem" for finding in findings):
        findings += _look_at_rows(connection, thoroughly=thoroughly)
    last = connection.execute(sa.text(_LAST_RECORD)).scalar()
    return Examined(tuple(findings), int(last or 0))


def judge_log(size_bytes: int) -> Iterator[Finding]:
    """Say whether SQLite's log has so many bytes that something must be wrong."""
    if size_bytes > LARGE_LOG_BYTES:
        yield warning(
            "database",
            f"The log of the database has {size_bytes / 1_000_000:,.0f} MB: some program has been reading for long.",
            "End it; a backup into a slow pipe is one. The log shrinks by itself then.",
        )


def _judge_version(version: str) -> Finding:
    try:
        shapes_of(version)
    except StoreUnusable as error:
        return problem("database", str(error), "Start the newer hubbub, or restore a backup from before.")
    if version != HEAD:
        return ok("database", f"It has version {version}; the next start brings it to {HEAD}.")
    return ok("database", f"It has the current version, {HEAD}.")


def _look_at_server(connection: sa.Connection) -> Iterator[Finding]:
    def show(setting: str) -> str:
        return str(connection.exec_driver_sql(f"SELECT current_setting('{setting}')").scalar_one())

    name = f"PostgreSQL {show('server_version')}"
    if int(show("server_version_num")) < OLDEST_POSTGRES:
        yield warning("database", f"{name} is too old: nobody mends it any more.", "Update it.")
    else:
        yield ok("database", f"{name} answers.")
    for setting in ("fsync", "full_page_writes"):
        if show(setting) == "off":
            yield warning(
                "database",
                f"{name} runs with {setting} = off: a power cut can destroy everything.",
                f"Set {setting} = on in its postgresql.conf.",
            )
    if show("default_transaction_read_only") == "on":
        yield problem("database", f"{name} takes nothing new: it is read-only.", "Name the server that is written to.")


def _look_at_pages(connection: sa.Connection, *, thoroughly: bool) -> Iterator[Finding]:
    """Have SQLite look at itself: https://sqlite.org/pragma.html#pragma_quick_check."""
    pragma = "integrity_check" if thoroughly else "quick_check"
    faults = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {pragma}({SHOWN})")]
    if faults == ["ok"]:
        checked = (
            "All of it is as SQLite wants it." if thoroughly else "It is as SQLite wants it; --thorough looks at all."
        )
        yield ok("database", checked)
        return
    for fault in faults:
        yield problem("database", f"The database file is damaged: {' '.join(fault.split())}.", _RESTORE)


def _look_at_rows(connection: sa.Connection, *, thoroughly: bool) -> Iterator[Finding]:
    faults = 0
    for what, query in (*_QUICK, *(_THOROUGH if thoroughly else ())):
        rows = connection.execute(sa.text(query)).fetchmany(SHOWN + 1)
        if rows:
            faults += 1
            yield problem("database", f"There are {what}: {_list(rows)}.", _RESTORE)
    if not faults:
        rooms, records = connection.exec_driver_sql("SELECT count(*), coalesce(sum(seq), 0) FROM rooms").one()
        yield ok("database", f"{rooms} rooms and {records} records agree with each other.")


def _list(rows: Sequence[sa.Row[Any]]) -> str:
    names = [str(row[0]) or "a conversation" for row in rows]
    return ", ".join(names[:SHOWN]) + (" and more" if len(names) > SHOWN else "")
