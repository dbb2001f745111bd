"""The statements about messages: finding, showing and revising them. As those of the store, in `statements`."""

from collections.abc import Callable
from typing import Final

import sqlalchemy as sa

from hubbub.stores.dialects import insert_into, listed_ids
from hubbub.stores.schema import notes, records
from hubbub.stores.statement import Statement

_SHOWN: Final = sa.select(records.c.room, records.c.seq, records.c.time_ms, records.c.body, notes.c.body).select_from(
    records.outerjoin(notes, sa.and_(notes.c.room == records.c.room, notes.c.seq == records.c.seq))
)
"""A message, and what became of it."""

_IN_ROOM: Final = records.c.room == sa.bindparam("room")
_NOTED_HERE: Final = notes.c.room == sa.bindparam("room_")
_LIMIT: Final[sa.BindParameter[int]] = sa.bindparam("limit")


class MessageStatements:
    """All statements about messages. Those that load them take `room` and `limit`, and return a note's body as well."""

    def __init__(self, compile_: Callable[[sa.ClauseElement], Statement], dialect: sa.Dialect) -> None:
        place, in_thread = records.c.message_seq, records.c.thread == sa.bindparam("thread")
        if dialect.name == "sqlite":
            # Else it would read the whole room, which comes in the same order: https://sqlite.org/lang_corefunc.html.
            in_thread = sa.func.unlikely(in_thread)
        is_before, is_after = place < sa.bindparam("before"), place > sa.bindparam("after")
        loaded = _SHOWN.where(_IN_ROOM)
        self.before: Final = compile_(loaded.where(is_before).order_by(place.desc()).limit(_LIMIT))
        """The newest first."""
        self.after: Final = compile_(loaded.where(is_after).order_by(place).limit(_LIMIT))
        self.one: Final = compile_(loaded.where(records.c.seq == sa.bindparam("seq_"), place.is_not(None)))
        """Found by the primary key: by `message_seq` alone, SQLite would read the whole room."""
        self.in_thread: Final = compile_(
            loaded.where(in_thread, records.c.seq < sa.bindparam("before")).order_by(records.c.seq.desc()).limit(_LIMIT)
        )
        """The newest first."""
        self.newest: Final = compile_(_newest(dialect))
        """Parameters `rooms`, `since_ms`, `limit`, and `time_ms`, `room`, `seq` of the message to begin before."""
        self.times: Final = compile_(
            sa.select(place, records.c.time_ms).where(_IN_ROOM, is_after).order_by(place).limit(_LIMIT)
        )
        """When the first ones after a place were said."""

        self.notes_until: Final = compile_(
            sa.select(notes.c.body).where(_NOTED_HERE, notes.c.seq <= sa.bindparam("last"))
        )
        self.delete_notes_until: Final = compile_(
            sa.delete(notes).where(_NOTED_HERE, notes.c.seq <= sa.bindparam("last"))
        )
        self.save_note: Final = compile_(_save_note(dialect))
        """Parameters: the columns of the table."""
        self.delete_note: Final = compile_(sa.delete(notes).where(_NOTED_HERE, notes.c.seq == sa.bindparam("seq_")))

        this = sa.and_(records.c.room == sa.bindparam("room_"), records.c.seq == sa.bindparam("seq_"))
        self.body: Final = compile_(sa.select(records.c.body).where(this))
        self.set_body: Final = compile_(sa.update(records).values(body=sa.bindparam("new_body")).where(this))
        self.remove: Final = compile_(
            sa.update(records).values(body=sa.bindparam("new_body"), author=sa.null()).where(this)
        )
        """Let a message be nobody's, so that nobody has it before him as unread."""


def _newest(dialect: sa.Dialect) -> sa.ClauseElement:
    place = (records.c.time_ms, records.c.room, records.c.seq)
    begin = (sa.bindparam(name, type_=sa.BigInteger) for name in ("time_ms", "room", "seq"))
    return (
        _SHOWN.where(
            records.c.room.in_(listed_ids("rooms", dialect)),
            records.c.message_seq.is_not(None),
            records.c.time_ms >= sa.bindparam("since_ms", type_=sa.BigInteger),
            sa.tuple_(*place) < sa.tuple_(*begin),
        )
        .order_by(*(column.desc() for column in place))
        .limit(_LIMIT)
    )


def _save_note(dialect: sa.Dialect) -> sa.ClauseElement:
    insert = insert_into(notes, dialect)
    values: dict[str, object] = {column.name: sa.bindparam(column.name) for column in notes.c}
    insert = insert.values(values)
    return insert.on_conflict_do_update(index_elements=["room", "seq"], set_={"body": insert.excluded.body})
