"""A statement of SQL, written once in SQLAlchemy and compiled once into a database's own words."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Final

import sqlalchemy as sa

Order = Callable[[Mapping[str, object]], Sequence[object]]
"""Puts named parameters in order."""


class Statement:
    """One statement as its database's driver takes it: text, and the order of its parameters."""

    __slots__ = ("_fixed", "_names", "order", "sql")

    def __init__(self, clause: sa.ClauseElement, dialect: sa.Dialect) -> None:
        compiled = clause.compile(dialect=dialect)
        self.sql = str(compiled)
        # Only SQL has positions, not what else SQLAlchemy compiles: hence not in the type.
        self._names: tuple[str, ...] = tuple(getattr(compiled, "positiontup", None) or ())
        # What SQLAlchemy adds by itself, such as the OFFSET 0 that it writes for SQLite.
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        # Of several, an `itemgetter` makes a tuple, and of one none. It does in one call what is four in Python.
        is_plain = len(self._names) > 1 and not self._fixed
        self.order: Final[Order] = itemgetter(*self._names) if is_plain else self._order
        """Returns the parameters as the statement's text wants them; raises `KeyError` for one that is missing."""

    def _order(self, values: Mapping[str, object]) -> Sequence[object]:
        fixed = self._fixed
        return [values[name] if name in values else fixed[name] for name in self._names]
