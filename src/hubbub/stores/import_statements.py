"""The statements of importing: as those of the store, in `statements`."""

from collections.abc import Callable
from typing import Final

import sqlalchemy as sa

from hubbub.stores.dialects import insert_into, listed
from hubbub.stores.schema import identity, imports, rooms
from hubbub.stores.statement import Statement


class ImportStatements:
    """All statements of importing."""

    def __init__(self, compile_: Callable[[sa.ClauseElement], Statement], dialect: sa.Dialect) -> None:
        self.identity: Final = compile_(sa.select(identity.c.id))
        self.find: Final = compile_(
            sa.select(imports.c.external_id, imports.c.room, imports.c.seq).where(
                imports.c.source == sa.bindparam("source_"), imports.c.external_id.in_(listed("ids", dialect))
            )
        )
        """Parameters `source_`, and `ids` as a JSON array."""
        values: dict[str, object] = {column.name: sa.bindparam(column.name) for column in imports.c}
        self.note: Final = compile_(insert_into(imports, dialect).values(values).on_conflict_do_nothing().inline())
        """Parameters: the columns of the table; does nothing where there is one."""
        self.publish: Final = compile_(
            sa.update(rooms)
            .values(kind=sa.bindparam("new_kind"), key=sa.bindparam("new_key"), name=sa.bindparam("new_name"))
            .where(rooms.c.id == sa.bindparam("room"))
        )
        """Fails where another room of the kind has the key."""
