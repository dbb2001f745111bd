"""What a server says to its database, as it was compiled when this version was made.

SQLAlchemy and alembic took half of a server's start and a third of its memory. They are for making statements, for
migrations, and for what operators do (docs/decisions/prepared-statements.md).
"""

from collections.abc import Iterator
from importlib.resources import files
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final, Literal, cast

import msgspec

from hubbub.stores.statement import Statement

if TYPE_CHECKING:
    from hubbub.stores.statements import Statements

Database = Literal["sqlite", "postgresql"]

HEADING: Final = "-- "
"""Begins each part of a file: the name of a statement, or `TABLE`, and then a line of JSON for its parameters."""

TABLE: Final = "(table)"
"""Names what makes a table or an index of a new database."""

SEVERAL: Final = "[]"
"""Ends the name of each statement that is one of a list."""

_FIXED: Final = msgspec.json.Decoder(dict[str, int | str])
_NAMES: Final = msgspec.json.Decoder(list[str])


def load_statements(database: Database) -> "Statements":
    """Return the statements, in the words of one of the databases."""
    root = SimpleNamespace()
    for name, names, fixed, sql in _parts(database):
        if name != TABLE:
            *path, last = name.split(".")
            place = root
            for step in path:
                place = vars(place).setdefault(step, SimpleNamespace())
            statement = Statement(sql, _NAMES.decode(names), _FIXED.decode(fixed))
            if last.endswith(SEVERAL):
                vars(place).setdefault(last.removesuffix(SEVERAL), []).append(statement)
            else:
                setattr(place, last, statement)
    # It has the very attributes of `Statements`: the file was written from that.
    return cast("Statements", root)


def load_tables() -> list[str]:
    """Return what makes all tables of a new file of SQLite, in order."""
    return [sql for name, *_, sql in _parts("sqlite") if name == TABLE]


def write_part(name: str, statement: Statement) -> str:
    """Return how a statement stands in a file."""
    names, fixed = msgspec.json.encode(statement.names).decode(), msgspec.json.encode(statement.fixed).decode()
    lines = [HEADING + name, HEADING + names, HEADING + fixed, *map(str.rstrip, statement.sql.strip().splitlines())]
    return "\n".join(lines) + "\n"


def _parts(database: Database) -> Iterator[tuple[str, str, str, str]]:
    text = files(__package__).joinpath(f"{database}.sql").read_text("utf-8")
    # The first one is the file's own heading.
    for part in text.split("\n\n")[1:]:
        name, names, fixed, *lines = part.strip("\n").split("\n")
        yield name[len(HEADING) :], names[len(HEADING) :], fixed[len(HEADING) :], "\n".join(lines)
