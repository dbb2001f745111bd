"""Compiling what is written once in SQLAlchemy into a database's own words (docs/decisions/prepared-statements.md)."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable

from hubbub.stores.prepared import SEVERAL
from hubbub.stores.schema import metadata
from hubbub.stores.statement import Statement
from hubbub.stores.statements import Statements


def compile_statements(driver: str) -> Iterator[tuple[str, Statement]]:
    """Yield all statements of the store and their names: `insert_record`, `messages.before`."""
    yield from _named("", Statements(driver))


def compile_tables(driver: str) -> Iterator[str]:
    """Yield what makes the tables of a new database, and their indexes."""
    dialect = sa.make_url(f"{driver}://").get_dialect()()
    for table in metadata.sorted_tables:
        yield str(CreateTable(table).compile(dialect=dialect)).strip()
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield str(CreateIndex(index).compile(dialect=dialect)).strip()


def _named(path: str, statements: object) -> Iterator[tuple[str, Statement]]:
    for name, value in vars(statements).items():
        if isinstance(value, Statement):
            yield path + name, value
        elif isinstance(value, list):
            yield from ((path + name + SEVERAL, statement) for statement in value)
        else:
            yield from _named(f"{path}{name}.", value)
