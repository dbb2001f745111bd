"""The statements of webhooks: as those of the store, in `statements`."""

from collections.abc import Callable
from typing import Final

import sqlalchemy as sa

from hubbub.stores.schema import incoming_hooks, outgoing_hooks
from hubbub.stores.statement import Statement


class HookStatements:
    """All statements of webhooks. Queries return whole rows, in the order of the table's columns.

    What a row is found by, and what is changed in it, ends in `_`: see `vault_statements`.
    """

    def __init__(self, compile_: Callable[[sa.ClauseElement], Statement]) -> None:
        incoming, outgoing = incoming_hooks.c, outgoing_hooks.c
        has_id = incoming.id == sa.bindparam("id_")
        self.insert_incoming: Final = compile_(sa.insert(incoming_hooks))
        """Parameters: the columns of the table."""
        self.find_incoming: Final = compile_(sa.select(incoming_hooks).where(has_id))
        self.find_secret: Final = compile_(
            sa.select(incoming_hooks).where(incoming.secret_hash == sa.bindparam("secret_hash_"))
        )
        self.list_incoming_of_room: Final = compile_(
            sa.select(incoming_hooks).where(incoming.room == sa.bindparam("room_"))
        )
        self.count_incoming_of: Final = compile_(
            sa.select(sa.func.count()).select_from(incoming_hooks).where(_made_by(incoming.created_by))
        )
        self.note_use: Final = compile_(
            sa.update(incoming_hooks)
            .values(used_ms=sa.bindparam("time_ms"))
            .where(has_id, sa.or_(incoming.used_ms.is_(None), incoming.used_ms < sa.bindparam("before_ms")))
        )
        """Parameters `id_`, and the same time as `time_ms` and `before_ms`."""
        self.lock_incoming: Final = compile_(sa.select(incoming_hooks).where(has_id).with_for_update())
        self.delete_incoming: Final = compile_(sa.delete(incoming_hooks).where(has_id))

        is_it = outgoing.id == sa.bindparam("id_")
        self.insert_outgoing: Final = compile_(sa.insert(outgoing_hooks))
        """Parameters: the columns of the table."""
        self.find_outgoing: Final = compile_(sa.select(outgoing_hooks).where(is_it))
        self.list_outgoing: Final = compile_(sa.select(outgoing_hooks))
        self.list_outgoing_of_room: Final = compile_(
            sa.select(outgoing_hooks).where(outgoing.room == sa.bindparam("room_"))
        )
        self.count_outgoing_of: Final = compile_(
            sa.select(sa.func.count()).select_from(outgoing_hooks).where(_made_by(outgoing.created_by))
        )
        changed: dict[str, sa.BindParameter[object]] = {
            name: sa.bindparam(f"{name}_") for name in ("seq", "failures", "retry_ms", "is_given_up")
        }
        self.save_progress: Final = compile_(sa.update(outgoing_hooks).values(**changed).where(is_it))
        """Parameters: `id_`, and the fields of `Progress`, each with a `_` behind it."""
        self.lock_outgoing: Final = compile_(sa.select(outgoing_hooks).where(is_it).with_for_update())
        self.delete_outgoing: Final = compile_(sa.delete(outgoing_hooks).where(is_it))


def _made_by(column: sa.Column[str]) -> sa.ColumnElement[bool]:
    return column == sa.bindparam("account_")
