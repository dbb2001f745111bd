"""Compiling what is written once in SQLAlchemy into a database's own words (docs/decisions/prepared-statements.md)."""

from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from hubbub.stores.prepared import SEVERAL, Database
from hubbub.stores.schema import metadata
from hubbub.stores.statement import Statement
from hubbub.stores.statements import Statements

DRIVERS: Final[dict[Database, str]] = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+asyncpg"}
"""Who runs a database's statements, as SQLAlchemy names them."""


def compile_statements(database: Database) -> Iterator[tuple[str, Statement]]:
    """Yield all statements of the store and their names: see `named`."""
    return named(Statements(DRIVERS[database]))


def compile_tables() -> Iterator[str]:
    """Yield what makes the tables of a new file of SQLite, and their indexes."""
    dialect = sqlite.dialect()
    for table in metadata.sorted_tables:
        yield _written(CreateTable(table), dialect)
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield _written(CreateIndex(index), dialect)


def named(statements: object, path: str = "") -> Iterator[tuple[str, Statement]]:
    """Yield statements and where they stand: `insert_record`, `messages.before`, several times `notebook.forget[]`."""
    for name, value in vars(statements).items():
        if isinstance(value, Statement):
            yield path + name, value
        elif isinstance(value, list):
            yield from ((path + name + SEVERAL, statement) for statement in value)
        else:
            yield from named(value, f"{path}{name}.")


def _written(made: sa.schema.ExecutableDDLElement, dialect: sa.Dialect) -> str:
    return str(made.compile(dialect=dialect)).strip()
