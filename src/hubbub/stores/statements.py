"""The statements of the store, each written once in SQLAlchemy.

`make format` compiles them into each database's own words, which is what a server reads: see `prepared`.
"""

from typing import Final

import sqlalchemy as sa

from hubbub.stores.dialects import insert_into
from hubbub.stores.hook_statements import HookStatements
from hubbub.stores.import_statements import ImportStatements
from hubbub.stores.message_statements import MessageStatements
from hubbub.stores.nonce_statements import NonceStatements
from hubbub.stores.notebook_statements import NotebookStatements
from hubbub.stores.room_statements import RoomStatements
from hubbub.stores.schema import records, snapshots
from hubbub.stores.search_statements import SearchStatements
from hubbub.stores.shelf_statements import ShelfStatements
from hubbub.stores.statement import Statement
from hubbub.stores.vault_statements import VaultStatements

_RECORD_COLUMNS: Final = (records.c.room, records.c.seq, records.c.time_ms, records.c.body)


class Statements:
    """All statements of the store, with those of what is kept beside it, for one driver.

    The driver is as SQLAlchemy names it: `sqlite+pysqlite`, `postgresql+asyncpg`.
    """

    def __init__(self, driver: str) -> None:
        dialect = sa.make_url(f"{driver}://").get_dialect()()

        def compile_(clause: sa.ClauseElement) -> Statement:
            return _compile(clause, dialect)

        self.insert_record: Final = compile_(sa.insert(records))
        """Parameters: the columns of the table."""

        self.load_records: Final = compile_(
            sa.select(*_RECORD_COLUMNS)
            .where(records.c.room == sa.bindparam("room"), records.c.seq > sa.bindparam("after"))
            .order_by(records.c.seq)
            .limit(sa.bindparam("limit"))
        )

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

        self.rooms: Final = RoomStatements(compile_, dialect)
        self.search: Final = SearchStatements(compile_)
        """For SQLite alone."""
        self.messages: Final = MessageStatements(compile_, dialect)
        self.imports: Final = ImportStatements(compile_, dialect)
        self.vault: Final = VaultStatements(compile_, dialect)
        self.hooks: Final = HookStatements(compile_)
        self.notebook: Final = NotebookStatements(compile_, dialect)
        self.shelf: Final = ShelfStatements(compile_, dialect)
        self.nonces: Final = NonceStatements(compile_, dialect)


def _compile(clause: sa.ClauseElement, dialect: sa.Dialect) -> Statement:
    compiled = clause.compile(dialect=dialect)
    # Only SQL has positions, not what else SQLAlchemy compiles: hence not in the type.
    names = [str(name) for name in getattr(compiled, "positiontup", None) or ()]
    # What SQLAlchemy adds by itself, such as the OFFSET 0 that it writes for SQLite.
    fixed = {name: value for name, value in compiled.params.items() if value is not None}
    return Statement(str(compiled), names, fixed)


def _save_snapshot(dialect: sa.Dialect) -> sa.ClauseElement:
    insert = insert_into(snapshots, dialect).values({column.name: sa.bindparam(column.name) for column in snapshots.c})
    new = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=["room"], set_={"seq": new.seq, "state": new.state}, where=new.seq > snapshots.c.seq
    )
