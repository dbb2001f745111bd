"""What is read from a file is what was written in SQLAlchemy, and a new database looks as the migrations make it."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from hubbub.stores.compiling import DRIVERS, compile_statements, compile_tables, named
from hubbub.stores.prepared import Database, load_statements, load_tables
from hubbub.stores.sqlite_file import prepare
from hubbub.stores.sqlite_upgrade import upgrade_file
from hubbub.stores.statement import Statement

HERE = Path(__file__).parents[2]


def told(statement: Statement) -> tuple[str, tuple[str, ...], list[tuple[str, object]]]:
    """Return all there is to a statement; spaces at the ends of lines mean nothing."""
    return re.sub(r" +\n", "\n", statement.sql).strip(), statement.names, sorted(statement.fixed.items())


@pytest.mark.parametrize("database", DRIVERS)
def test_what_is_read_is_what_was_written(database: Database) -> None:
    """Every statement, its parameters and their order; no other one, and none missing."""
    compiled = [(name, told(statement)) for name, statement in compile_statements(database)]
    loaded = [(name, told(statement)) for name, statement in named(load_statements(database))]
    assert sorted(loaded) == sorted(compiled)


def test_a_list_of_statements_stays_one() -> None:
    """What is forgotten of somebody is forgotten in several tables."""
    assert len(load_statements("sqlite").notebook.forget) > 1


def test_tables_are_those_of_the_schema() -> None:
    """In their order, with their indexes."""
    compiled = [re.sub(r" +\n", "\n", sql) for sql in compile_tables()]
    assert load_tables() == compiled


def test_a_new_database_looks_as_the_migrations_make_it(tmp_path: Path) -> None:
    """Word for word, but for spaces: also what comparing tables does not see, such as WITHOUT ROWID."""
    new, migrated = tmp_path / "new.db", tmp_path / "migrated.db"
    prepare(new, 5)
    upgrade_file(migrated, 5)
    assert tables_of(new) == tables_of(migrated)
    assert rows_of(new, "SELECT version_num FROM alembic_version") == rows_of(
        migrated, "SELECT version_num FROM alembic_version"
    )


def test_each_new_database_has_a_name_of_its_own(tmp_path: Path) -> None:
    """By which whoever moves messages between two of them tells them apart."""
    prepare(tmp_path / "one.db", 5)
    prepare(tmp_path / "other.db", 5)
    names = [rows_of(tmp_path / file, "SELECT id FROM identity") for file in ("one.db", "other.db")]
    assert [len(rows) for rows in names] == [1, 1]
    assert names[0] != names[1]


def test_what_it_was_compiled_by_is_not_loaded_by_a_server() -> None:
    """It would take half of a server's start, and a third of its memory."""
    heavy = {"sqlalchemy", "alembic", "mako"}
    code = f"import sys, hubbub.server.app; print(sorted({heavy!r} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE)
    assert answer.stdout == "[]\n"


def tables_of(path: Path) -> dict[str, str]:
    """Return what made each table and index, without those of the search index, which no migration makes."""
    rows = rows_of(path, "SELECT name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE '%search_%'")
    return {str(name): re.sub(r"\s+", "", str(sql)).replace('"', "") for name, sql in rows}


def rows_of(path: Path, query: str) -> list[tuple[object, ...]]:
    """Ask a database that nobody else uses."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()
