"""The statements about rooms and who is in them: as those of the store, in `statements`."""

from collections.abc import Callable
from typing import Final

import sqlalchemy as sa

from hubbub.core.room import RoomKind
from hubbub.stores.dialects import insert_into, listed_ids
from hubbub.stores.schema import memberships, rooms
from hubbub.stores.statement import Statement

_HEAD_COLUMNS: Final = (rooms.c.id, rooms.c.kind, rooms.c.key, rooms.c.name, rooms.c.seq)
_IS_SHOWN: Final = rooms.c.kind != RoomKind.STAGED.value


class RoomStatements:
    """All of them. Lists of rooms are given as JSON, which both databases read."""

    def __init__(self, compile_: Callable[[sa.ClauseElement], Statement], dialect: sa.Dialect) -> None:
        self.find: Final = compile_(
            sa.select(*_HEAD_COLUMNS).where(rooms.c.kind == sa.bindparam("kind"), rooms.c.key == sa.bindparam("key"))
        )
        self.load_head: Final = compile_(sa.select(*_HEAD_COLUMNS).where(rooms.c.id == sa.bindparam("room"), _IS_SHOWN))
        self.list: Final = compile_(sa.select(*_HEAD_COLUMNS).where(rooms.c.kind == sa.bindparam("kind")))
        self.insert: Final = compile_(_insert_room(dialect))
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

        heads = sa.select(rooms.c.id, rooms.c.seq).where(rooms.c.id.in_(listed_ids("rooms", dialect)))
        self.heads: Final = compile_(heads)
        """Parameter `rooms`."""
        self.head: Final = compile_(sa.select(rooms.c.id, rooms.c.seq).where(rooms.c.id == sa.bindparam("room")))
        """The same for one."""
        self.lock_heads: Final = compile_(_locking(heads, dialect))
        """As `heads`, holding the rows until the transaction ends; all transactions take them in the same order."""
        self.advance: Final = compile_(
            sa.update(rooms)
            .values(seq=rooms.c.seq + sa.bindparam("count"))
            .where(rooms.c.id == sa.bindparam("room"))
            .returning(rooms.c.seq)
        )
        """Parameters `room`, `count`: locks, changes and tells one head, which is what most transactions need."""
        self.set_head: Final = compile_(
            sa.update(rooms).values(seq=sa.bindparam("head")).where(rooms.c.id == sa.bindparam("room"))
        )

        self.rename: Final = compile_(
            sa.update(rooms)
            .values(key=sa.bindparam("new_key"), name=sa.bindparam("new_name"))
            .where(rooms.c.id == sa.bindparam("room"))
        )
        """Fails where another room of the kind has the key."""


def _insert_room(dialect: sa.Dialect) -> sa.ClauseElement:
    return (
        insert_into(rooms, dialect)
        .values(kind=sa.bindparam("kind"), key=sa.bindparam("key"), name=sa.bindparam("name"))
        .on_conflict_do_nothing(index_elements=["kind", "key"])
        .inline()
    )


def _insert_membership(dialect: sa.Dialect) -> sa.ClauseElement:
    values: dict[str, object] = {column.name: sa.bindparam(column.name) for column in memberships.c}
    return insert_into(memberships, dialect).values(values).on_conflict_do_nothing().inline()


def _locking(heads: sa.Select[tuple[int, int]], dialect: sa.Dialect) -> sa.ClauseElement:
    if dialect.name == "sqlite":
        return heads  # BEGIN IMMEDIATE holds everything
    # In one order, so that no two transactions wait for each other.
    return heads.order_by(rooms.c.id).with_for_update(of=rooms)
