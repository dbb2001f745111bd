"""Moving a database as a whole: its rows read out in order, and put into another one, of either kind."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from hubbub.service.ports import StoreUnusable
from hubbub.stores.schema import metadata
from hubbub.stores.shapes import Shape, shapes_of
from hubbub.stores.upgrade import upgrade
from hubbub.stores.visiting import IS_POSTGRES

ROWS_AT_ONCE: Final = 500
"""Rows that are read or written in one go; one may have a megabyte."""

Row = tuple[Any, ...]  # Any: a row's types are those of the shape's columns, which mypy cannot know


def find_version(connection: sa.Connection) -> str:
    """Return which migrations a database has seen. Raises `StoreUnusable` where it is no database of hubbub."""
    tables = sa.inspect(connection).get_table_names()
    versions = connection.execute(sa.text("SELECT version_num FROM alembic_version")) if _VERSIONS in tables else ()
    version = next((str(version) for (version,) in versions), None)
    if version is None:
        raise StoreUnusable("The database holds nothing of hubbub. Start a server on it once, or name another one.")
    return version


def find_tables(connection: sa.Connection) -> list[str]:
    """Return what hubbub, or a program that uses the same names, has made in a database."""
    return sorted({_VERSIONS, *metadata.tables} & {*sa.inspect(connection).get_table_names()})


def read_counter(connection: sa.Connection, shape: Shape) -> int:
    """Return the last number that the database has given to a row of a table that counts; 0 for none."""
    if connection.dialect.name != IS_POSTGRES:
        query = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        return int(connection.execute(query, {"name": shape.name}).scalar() or 0)
    sequence = connection.execute(_FIND_SEQUENCE, {"name": shape.name, "column": _counted(shape)}).scalar_one()
    last, is_called = connection.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}").one()  # noqa: S608 - the database named it
    return int(last) if is_called else 0


def read_rows(connection: sa.Connection, shape: Shape) -> Iterator[Row]:
    """Yield all rows of a table in the order of its key, texts by their code points; only a few are in memory."""
    table = shape.as_table()
    query = sa.select(*table.columns).order_by(*_order(connection, shape, table))
    with connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query) as result:
        for row in result:
            yield tuple(row)


def _order(connection: sa.Connection, shape: Shape, table: sa.TableClause) -> Iterator[sa.ColumnElement[Any]]:
    for place in shape.key:
        column = shape.columns[place]
        element = table.columns[column.name]
        # PostgreSQL would order texts by the rules of whatever language it was set up for.
        is_text = column.type is str and connection.dialect.name == IS_POSTGRES
        yield sa.collate(element, "C") if is_text else element


def make_tables(connection: sa.Connection, version: str) -> tuple[Shape, ...]:
    """Make the tables of a version in a database that has none, all of them empty. Raises `StoreUnusable`."""
    shapes = shapes_of(version)
    upgrade(connection, version)
    for shape in shapes:
        # A migration may put something in: the name of a database, for one, which comes from the old one.
        connection.execute(sa.delete(shape.as_table()))
    return shapes


def insert_rows(connection: sa.Connection, shape: Shape, rows: Sequence[Row]) -> None:
    """Put rows into a table."""
    names = [column.name for column in shape.columns]
    connection.execute(sa.insert(shape.as_table()), [dict(zip(names, row, strict=True)) for row in rows])


def set_counters(connection: sa.Connection, shapes: Sequence[Shape], counters: Mapping[str, int]) -> None:
    """Let the databases go on counting behind these numbers."""
    for shape in shapes:
        last = counters.get(shape.name, 0)
        if not shape.counts or not last:
            continue
        if connection.dialect.name == IS_POSTGRES:
            names = {"name": shape.name, "column": _counted(shape), "last": last}
            connection.execute(_SET_SEQUENCE, names)
            continue
        connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": shape.name})
        row = {"name": shape.name, "seq": last}
        connection.execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), row)


def _counted(shape: Shape) -> str:
    return shape.columns[shape.key[0]].name


_VERSIONS: Final = "alembic_version"

_FIND_SEQUENCE: Final = sa.text("SELECT pg_get_serial_sequence(:name, :column)")

_SET_SEQUENCE: Final = sa.text("SELECT setval(pg_get_serial_sequence(:name, :column), :last)")
