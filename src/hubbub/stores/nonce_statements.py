"""The statements of nonces: as those of the store, in `statements`."""

from collections.abc import Callable
from typing import Final

import sqlalchemy as sa

from hubbub.stores.dialects import insert_into
from hubbub.stores.schema import nonces
from hubbub.stores.statement import Statement


class NonceStatements:
    """All statements of nonces."""

    def __init__(self, compile_: Callable[[sa.ClauseElement], Statement], dialect: sa.Dialect) -> None:
        values: dict[str, object] = {column.name: sa.bindparam(column.name) for column in nonces.c}
        self.note: Final = compile_(insert_into(nonces, dialect).values(values).on_conflict_do_nothing().inline())
        """Parameters: the columns of the table; does nothing where there is one."""
        self.load: Final = compile_(
            sa.select(nonces.c.room, nonces.c.seq, nonces.c.author, nonces.c.nonce)
            .where(nonces.c.time_ms >= sa.bindparam("since_ms"))
            .order_by(nonces.c.time_ms.desc())
            .limit(sa.bindparam("limit"))
        )
        self.forget: Final = compile_(sa.delete(nonces).where(nonces.c.time_ms < sa.bindparam("before_ms")))
