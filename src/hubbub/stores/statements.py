"""The statements of the store, each written once in SQLAlchemy and compiled once into the database's own words."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from hubbub.core.room import RoomKind
from hubbub.stores.import_statements import ImportStatements
from hubbub.stores.message_statements import MessageStatements, listed_rooms
from hubbub.stores.notebook_statements import NotebookStatements
from hubbub.stores.schema import memberships, records, rooms, snapshots
from hubbub.stores.search_statements import SearchStatements
from hubbub.stores.statement import Statement
from hubbub.stores.vault_statements import VaultStatements

_HEAD_COLUMNS: Final = (rooms.c.id, rooms.c.kind, rooms.c.key, rooms.c.name, rooms.c.seq)
_IS_SHOWN: Final = rooms.c.kind != RoomKind.STAGED.value
_RECORD_COLUMNS: Final = (records.c.room, records.c.seq, records.c.time_ms, records.c.body)


class Statements:
    """All statements of the store, with those about messages and those of the vault, for one driver.

    The driver is as SQLAlchemy names it: `sqlite+pysqlite`, `postgresql+asyncpg`. Lists of rooms are given as JSON,
    which both databases read.
    """

    def __init__(self, driver: str) -> None:
        dialect = sa.make_url(f"{driver}://").get_dialect()()

        def compile_(clause: sa.ClauseElement) -> Statement:
            return Statement(clause, dialect)

        self.find_room: Final = compile_(
            sa.select(*_HEAD_COLUMNS).where(rooms.c.kind == sa.bindparam("kind"), rooms.c.key == sa.bindparam("key"))
        )
        self.load_head: Final = compile_(sa.select(*_HEAD_COLUMNS).where(rooms.c.id == sa.bindparam("room"), _IS_SHOWN))
        self.list_rooms: Final = compile_(sa.select(*_HEAD_COLUMNS).where(rooms.c.kind == sa.bindparam("kind")))
        self.insert_room: Final = compile_(_insert_room(dialect))
        """Parameters `kind`, `key`, `name`; does nothing where the room exists."""

        self.list_memberships: Final = compile_(
            sa.select(*_HEAD_COLUMNS)
            .join(memberships, memberships.c.room == rooms.c.id)
            .where(memberships.c.person == sa.bindparam("person"), _IS_SHOWN)
            .order_by(rooms.c.id)
        )
        self.insert_membership: Final = compile_(_insert_membership(dialect))
        """Parameters `person`, `room`; does nothing where there is one."""
        self.delete_membership: Final = compile_(
            sa.delete(memberships).where(
                memberships.c.person == sa.bindparam("person"), memberships.c.room == sa.bindparam("room")
            )
        )

        heads = sa.select(rooms.c.id, rooms.c.seq).where(rooms.c.id.in_(listed_rooms(dialect)))
        self.heads: Final = compile_(heads)
        """Parameter `rooms`."""
        self.lock_heads: Final = compile_(_locking(heads, dialect))
        """As `heads`, holding the rows until the transaction ends; all transactions take them in the same order."""
        self.set_head: Final = compile_(
            sa.update(rooms).values(seq=sa.bindparam("head")).where(rooms.c.id == sa.bindparam("room"))
        )
        self.insert_record: Final = compile_(sa.insert(records))
        """Parameters: the columns of the table."""

        self.load_records: Final = compile_(
            sa.select(*_RECORD_COLUMNS)
            .where(records.c.room == sa.bindparam("room"), records.c.seq > sa.bindparam("after"))
            .order_by(records.c.seq)
            .limit(sa.bindparam("limit"))
        )

        self.rename_room: Final = compile_(
            sa.update(rooms)
            .values(key=sa.bindparam("new_key"), name=sa.bindparam("new_name"))
            .where(rooms.c.id == sa.bindparam("room"))
        )
        """Fails where another room of the kind has the key."""

        messages = sa.select(records.c.message_seq).where(
            records.c.room == sa.bindparam("room"), records.c.message_seq.is_not(None)
        )
        self.oldest_messages: Final = compile_(
            messages.add_columns(records.c.time_ms).order_by(records.c.message_seq).limit(sa.bindparam("limit"))
        )
        self.message_from_end: Final = compile_(
            messages.order_by(records.c.message_seq.desc()).limit(1).offset(sa.bindparam("keep"))
        )
        """The newest message after so many newer ones."""
        self.erase_messages: Final = compile_(
            sa.update(records)
            .values(body=sa.bindparam("erased"), message_seq=sa.null(), author=sa.null(), thread=sa.null())
            .where(records.c.room == sa.bindparam("room"), records.c.message_seq <= sa.bindparam("last"))
        )

        self.load_snapshot: Final = compile_(
            sa.select(snapshots.c.seq, snapshots.c.state).where(snapshots.c.room == sa.bindparam("room"))
        )
        self.save_snapshot: Final = compile_(_save_snapshot(dialect))
        """Parameters: the columns of the table; does nothing where a newer one is kept."""

        self.search: Final = SearchStatements(compile_)
        """For SQLite alone."""
        self.messages: Final = MessageStatements(compile_, dialect)
        self.imports: Final = ImportStatements(compile_, dialect)
        self.vault: Final = VaultStatements(compile_, dialect)
        self.notebook: Final = NotebookStatements(compile_, dialect)


def _upsert(table: sa.Table, dialect: sa.Dialect) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if dialect.name == "sqlite" else postgresql.insert(table)


def _insert_room(dialect: sa.Dialect) -> sa.ClauseElement:
    return (
        _upsert(rooms, dialect)
        .values(kind=sa.bindparam("kind"), key=sa.bindparam("key"), name=sa.bindparam("name"))
        .on_conflict_do_nothing(index_elements=["kind", "key"])
        .inline()
    )


def _insert_membership(dialect: sa.Dialect) -> sa.ClauseElement:
    values: dict[str, object] = {column.name: sa.bindparam(column.name) for column in memberships.c}
    return _upsert(memberships, dialect).values(values).on_conflict_do_nothing().inline()


def _save_snapshot(dialect: sa.Dialect) -> sa.ClauseElement:
    insert = _upsert(snapshots, dialect).values({column.name: sa.bindparam(column.name) for column in snapshots.c})
    new = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=["room"], set_={"seq": new.seq, "state": new.state}, where=new.seq > snapshots.c.seq
    )


def _locking(heads: sa.Select[tuple[int, int]], dialect: sa.Dialect) -> sa.ClauseElement:
    if dialect.name == "sqlite":
        return heads  # BEGIN IMMEDIATE holds everything
    # In one order, so that no two transactions wait for each other.
    return heads.order_by(rooms.c.id).with_for_update(of=rooms)
