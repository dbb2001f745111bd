"""Dialects: what SQLite and PostgreSQL say differently, said once."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def insert_into(table: sa.Table, dialect: sa.Dialect) -> sqlite.Insert | postgresql.Insert:
    """Return an insertion that can say what to do where there is such a row already."""
    return sqlite.insert(table) if dialect.name == "sqlite" else postgresql.insert(table)


def listed(parameter: str, dialect: sa.Dialect) -> sa.Select[tuple[str]]:
    """Return the texts in the JSON array that is a parameter: one parameter, however many they are."""
    return sa.select(_member(parameter, dialect))


def listed_ids(parameter: str, dialect: sa.Dialect) -> sa.Select[tuple[int]]:
    """Return the numbers in such an array."""
    return sa.select(sa.cast(_member(parameter, dialect), sa.BigInteger))


def _member(parameter: str, dialect: sa.Dialect) -> sa.ColumnElement[str]:
    array = sa.bindparam(parameter, type_=sa.Text)
    members = (
        sa.func.json_each(array)
        if dialect.name == "sqlite"
        else sa.func.json_array_elements_text(sa.cast(array, postgresql.JSON))
    )
    return members.table_valued(sa.column("value", sa.Text)).c.value
