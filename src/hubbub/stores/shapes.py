"""The shape of a database: which tables and columns each version of it has, in whatever database it stands.

What is moved as a whole, into a backup and back, is moved by these: not by what this version's code says of its own
tables, for a backup may be older, and not by what a database itself says, for the two kinds say it differently.
"""

from functools import cache
from typing import Any, Final

import msgspec
import sqlalchemy as sa

FIRST: Final = "rooms"
"""The table that comes before all others: what is checked about them needs to know the rooms."""

_NOT_MOVED: Final = "alembic_version"
"""The version itself, which is told apart. No migration makes the search index, so it is not moved either."""


class Column(msgspec.Struct, frozen=True):
    """A column, in Python's types."""

    name: str
    type: type
    """`int`, `str`, `bytes`, `bool` or `float`."""
    is_optional: bool


class Shape(msgspec.Struct, frozen=True):
    """A table."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[int, ...]
    """The places of the columns that order the rows, and in which no two rows are the same."""
    counts: bool
    """Whether the database numbers the rows, and never gives a number twice."""

    def as_table(self) -> sa.TableClause:
        """Return the table as statements name it."""
        return sa.table(self.name, *(sa.column(column.name, _SQL_TYPES[column.type]()) for column in self.columns))

    def row_type(self) -> Any:  # noqa: ANN401 - a type that is made here cannot be named
        """Return the type of a row, for what checks values by their types."""
        types = tuple(column.type | None if column.is_optional else column.type for column in self.columns)
        return tuple.__class_getitem__(types)

    def key_of(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return what orders a row among the others."""
        return tuple(row[place] for place in self.key)


_SQL_TYPES: Final[dict[type, type[sa.types.TypeEngine[Any]]]] = {
    int: sa.BigInteger,
    str: sa.Text,
    bytes: sa.LargeBinary,
    bool: sa.Boolean,
    float: sa.Double,
}


@cache
def shapes_of(version: str) -> tuple[Shape, ...]:
    """Return the tables of a version, `FIRST` first. Raises `StoreUnusable` for a version that is not known."""
    # Slow to import, and needed only where a database is moved as a whole.
    from hubbub.stores.upgrade import upgrade  # noqa: PLC0415 - loaded when it is needed

    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    try:
        with engine.connect() as connection:
            upgrade(connection, version)
            inspector = sa.inspect(connection)
            names = sorted(inspector.get_table_names(), key=lambda name: (name != FIRST, name))
            return tuple(_shape(connection, inspector, name) for name in names if name != _NOT_MOVED)
    finally:
        engine.dispose()


def _shape(connection: sa.Connection, inspector: sa.Inspector, name: str) -> Shape:
    columns = tuple(
        Column(column["name"], column["type"].python_type, bool(column["nullable"]))
        for column in inspector.get_columns(name)
    )
    places = {column.name: place for place, column in enumerate(columns)}
    key = tuple(places[column] for column in inspector.get_pk_constraint(name)["constrained_columns"])
    made = connection.execute(sa.text("SELECT sql FROM sqlite_schema WHERE name = :name"), {"name": name}).scalar_one()
    return Shape(name, columns, key, "AUTOINCREMENT" in made)
