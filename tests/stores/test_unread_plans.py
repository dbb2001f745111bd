"""How SQLite counts what is unread: from indexes alone, however much was said."""

from pathlib import Path

import pytest

from hubbub.stores.sqlite_file import connect, prepare
from hubbub.stores.statement import Statement
from hubbub.stores.statements import Statements

STATEMENTS = Statements("sqlite+pysqlite").notebook


@pytest.mark.parametrize("kind", ["windows", "spoken", "counts"])
@pytest.mark.parametrize("where", ["of_rooms", "of_threads"])
def test_no_message_is_read_to_be_counted(sqlite_path: Path, kind: str, where: str) -> None:
    """Each part of each statement that looks through messages does so in an index that holds all it needs."""
    statement = getattr(getattr(STATEMENTS, kind), where)
    assert isinstance(statement, Statement)
    prepare(sqlite_path, 5)
    raw = connect(sqlite_path, 5)
    values = statement.order({"asked": "[]", "deaf": "[]", "person_": ""})
    plan = [row[-1] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement.sql}", values)]
    raw.close()
    index = "records_messages" if where == "of_rooms" else "records_threads"
    # A message that calls somebody is known by its place, and looked up.
    looks = [line for line in plan if " records " in line and "USING PRIMARY KEY (room=? AND seq=?)" not in line]
    assert looks
    assert all(f"USING COVERING INDEX {index}" in line for line in looks)
