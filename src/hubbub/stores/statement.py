"""A statement of SQL, written once in SQLAlchemy and compiled once into a database's own words."""

from collections.abc import Mapping

import sqlalchemy as sa


class Statement:
    """One statement as its database's driver takes it: text, and the order of its parameters."""

    __slots__ = ("_fixed", "_names", "sql")

    def __init__(self, clause: sa.ClauseElement, dialect: sa.Dialect) -> None:
        compiled = clause.compile(dialect=dialect)
        self.sql = str(compiled)
        # Only SQL has positions, not what else SQLAlchemy compiles: hence not in the type.
        self._names: tuple[str, ...] = tuple(getattr(compiled, "positiontup", None) or ())
        # What SQLAlchemy adds by itself, such as the OFFSET 0 that it writes for SQLite.
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}

    def order(self, values: Mapping[str, object]) -> list[object]:
        """Return the parameters as the statement's text wants them; raises `KeyError` for one that is missing."""
        fixed = self._fixed
        return [values[name] if name in values else fixed[name] for name in self._names]
