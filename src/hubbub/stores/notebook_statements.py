"""The statements of the notebook: as those of the store, in `statements`."""

from collections.abc import Callable
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from hubbub.core.unread import EVERYBODY, UNREAD_LIMIT
from hubbub.stores.schema import drafts, follows, marks, mentions, records
from hubbub.stores.statement import Statement

_HAS_PERSON: Final = "person_"
"""The parameter by which somebody's rows are found: see `vault_statements`."""


class NotebookStatements:
    """All statements of the notebook, and what the store notes in it.

    Where to look for what is unread is given as JSON: an array for each stretch, of its room, its thread, the record
    after which to look, and the record after which one's own words count.
    """

    def __init__(self, compile_: Callable[[sa.ClauseElement], Statement], dialect: sa.Dialect) -> None:
        self.load_marks: Final = compile_(_of_person(marks))
        self.save_mark: Final = compile_(_replacing(marks, dialect, "seq", "head"))
        """Parameters: the columns of the table; so too in the following."""

        self.load_drafts: Final = compile_(_of_person(drafts))
        self.save_draft: Final = compile_(_replacing(drafts, dialect, "text"))
        self.delete_draft: Final = compile_(
            sa.delete(drafts).where(drafts.c.person == sa.bindparam("person_"), drafts.c.room == sa.bindparam("room_"))
        )

        self.load_follows: Final = compile_(_of_person(follows).where(follows.c.is_following))
        self.save_follow: Final = compile_(_replacing(follows, dialect, "is_following"))
        self.suggest_follow: Final = compile_(_inserting(follows, dialect))
        """Does nothing where he has said whether he follows it."""
        self.suggest_follow_to_first: Final = compile_(_following_first(dialect))
        """The same for whoever began the thread; parameters `room_` and `thread_`."""

        self.insert_mention: Final = compile_(_inserting(mentions, dialect))
        self.delete_mention: Final = compile_(
            sa.delete(mentions).where(
                mentions.c.person == sa.bindparam("person_"),
                mentions.c.room == sa.bindparam("room_"),
                mentions.c.seq == sa.bindparam("seq_"),
            )
        )
        in_room = mentions.c.room == sa.bindparam("room_")
        self.load_mentions: Final = compile_(sa.select(mentions.c.person, mentions.c.seq).where(in_room))
        self.delete_mentions_of: Final = compile_(
            sa.delete(mentions).where(in_room, mentions.c.seq == sa.bindparam("seq_"))
        )
        """Those of one message."""
        self.delete_mentions_until: Final = compile_(
            sa.delete(mentions).where(in_room, mentions.c.seq <= sa.bindparam("last_"))
        )

        self.forget: Final = [
            compile_(sa.delete(table).where(table.c.person == sa.bindparam(_HAS_PERSON)))
            for table in (marks, drafts, follows)
        ]

        self.windows: Final = _InBoth(compile_, dialect, _windows)
        """For each stretch its room, its thread, and the newest message that is too old to be looked at, or NULL."""
        self.spoken: Final = _InBoth(compile_, dialect, _spoken)
        """For each its room, its thread, and the last message of `person_` after both records, or NULL."""
        self.counts: Final = _InBoth(compile_, dialect, _counts)
        """For each its room, its thread, how many messages are by nobody in `deaf`, a JSON array that holds `person_`
        as well, how many of those call `person_`, and the first of them, or NULL."""


_Build = Callable[[sa.Subquery, "sa.ColumnElement[bool]", sa.Dialect], sa.ClauseElement]
"""Makes a statement of stretches, and of which messages belong to one."""


class _InBoth:
    """A statement for whole rooms, and the same for threads: each has an index of its own."""

    def __init__(self, compile_: Callable[[sa.ClauseElement], Statement], dialect: sa.Dialect, build: _Build) -> None:
        asked = _asked(dialect)
        after = sa.and_(records.c.room == asked.c.room, records.c.message_seq > asked.c.floor)
        self.of_rooms: Final = compile_(build(asked, after, dialect))
        self.of_threads: Final = compile_(build(asked, sa.and_(after, records.c.thread == asked.c.thread), dialect))


def _asked(dialect: sa.Dialect) -> sa.Subquery:
    """Return the stretches that are the parameter `asked`, as a table."""
    array = sa.bindparam("asked", type_=sa.Text)

    def field(value: Any, place: int) -> sa.ColumnElement[int]:  # noqa: ANN401 - a column, of JSON or its text
        if dialect.name == "sqlite":
            return sa.func.json_extract(value, sa.literal_column(f"'$[{place}]'"))
        return sa.cast(value.op("->>")(sa.literal_column(str(place))), sa.BigInteger)

    listed = (
        sa.func.json_each(array)
        if dialect.name == "sqlite"
        else sa.func.json_array_elements(sa.cast(array, postgresql.JSON))
    ).table_valued(sa.column("value", postgresql.JSON if dialect.name != "sqlite" else sa.Text))
    names = ("room", "thread", "floor", "at")
    return sa.select(*(field(listed.c.value, place).label(name) for place, name in enumerate(names))).subquery("asked")


def _windows(asked: sa.Subquery, after: sa.ColumnElement[bool], _dialect: sa.Dialect) -> sa.ClauseElement:
    newest = sa.select(records.c.message_seq).where(after).order_by(records.c.message_seq.desc())
    beyond = newest.limit(1).offset(sa.literal_column(str(UNREAD_LIMIT))).correlate(asked).scalar_subquery()
    return sa.select(asked.c.room, asked.c.thread, beyond)


def _spoken(asked: sa.Subquery, after: sa.ColumnElement[bool], _dialect: sa.Dialect) -> sa.ClauseElement:
    is_own = sa.and_(records.c.author == sa.bindparam("person_"), records.c.message_seq > asked.c.at)
    last = sa.select(records.c.message_seq).where(after, is_own).order_by(records.c.message_seq.desc())
    return sa.select(
        asked.c.room, asked.c.thread, last.limit(sa.literal_column("1")).correlate(asked).scalar_subquery()
    )


def _counts(asked: sa.Subquery, after: sa.ColumnElement[bool], dialect: sa.Dialect) -> sa.ClauseElement:
    # Where the author is NULL, the message is deleted, and this is not true.
    is_heard = records.c.author.not_in(_deaf(dialect))
    unread = sa.select(sa.func.count()).select_from(records).where(after, is_heard)
    first = sa.select(records.c.message_seq).where(after, is_heard).order_by(records.c.message_seq)
    called = (
        sa.select(sa.func.count(sa.distinct(mentions.c.seq)))
        .select_from(
            mentions.join(records, sa.and_(records.c.room == mentions.c.room, records.c.seq == mentions.c.seq))
        )
        .where(
            mentions.c.person.in_([sa.bindparam("person_"), sa.literal_column(f"'{EVERYBODY}'")]),
            mentions.c.room == asked.c.room,
            mentions.c.seq > asked.c.floor,
            after,
            is_heard,
        )
    )
    counted = (unread, called, first.limit(sa.literal_column("1")))
    return sa.select(asked.c.room, asked.c.thread, *(one.correlate(asked).scalar_subquery() for one in counted))


def _deaf(dialect: sa.Dialect) -> sa.Select[tuple[str]]:
    array = sa.bindparam("deaf", type_=sa.Text)
    listed = (
        sa.func.json_each(array)
        if dialect.name == "sqlite"
        else sa.func.json_array_elements_text(sa.cast(array, postgresql.JSON))
    )
    return sa.select(listed.table_valued(sa.column("value", sa.Text)).c.value)


def _of_person(table: sa.Table) -> sa.Select[tuple[Any, ...]]:
    columns = [column for column in table.c if column.name != "person"]
    return sa.select(*columns).where(table.c.person == sa.bindparam(_HAS_PERSON))


def _upsert(table: sa.Table, dialect: sa.Dialect) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if dialect.name == "sqlite" else postgresql.insert(table)


def _inserting(table: sa.Table, dialect: sa.Dialect) -> sa.ClauseElement:
    values: dict[str, object] = {column.name: sa.bindparam(column.name) for column in table.c}
    return _upsert(table, dialect).values(values).on_conflict_do_nothing().inline()


def _replacing(table: sa.Table, dialect: sa.Dialect, *changed: str) -> sa.ClauseElement:
    insert = _upsert(table, dialect).values({column.name: sa.bindparam(column.name) for column in table.c})
    keys = [column.name for column in table.primary_key]
    return insert.on_conflict_do_update(
        index_elements=keys, set_={name: insert.excluded[name] for name in changed}
    ).inline()


def _following_first(dialect: sa.Dialect) -> sa.ClauseElement:
    first = sa.select(records.c.author, records.c.room, records.c.seq, sa.true()).where(
        records.c.room == sa.bindparam("room_"),
        records.c.seq == sa.bindparam("thread_"),
        records.c.author.is_not(None),
    )
    names = [column.name for column in follows.c]
    return _upsert(follows, dialect).from_select(names, first).on_conflict_do_nothing().inline()
