"""The statements of the notebook: as those of the store, in `statements`."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from hubbub.core.unread import EVERYBODY, UNREAD_LIMIT
from hubbub.stores.dialects import insert_into, listed
from hubbub.stores.schema import drafts, follows, levels, marks, mentions, records
from hubbub.stores.statement import Statement

_ONE: Final[sa.ColumnClause[int]] = sa.literal_column("1")
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
        self.delete_draft: Final = compile_(_deleting_in_room(drafts))
        """Parameters `person_` and `room_`; so too in the next of this kind."""

        self.load_levels: Final = compile_(_of_person(levels))
        self.save_level: Final = compile_(_replacing(levels, dialect, "level"))
        self.delete_level: Final = compile_(_deleting_in_room(levels))

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

        self.find_author: Final = compile_(
            sa.select(records.c.author).where(
                records.c.room == sa.bindparam("room_"),
                records.c.seq == sa.bindparam("seq_"),
                records.c.author.is_not(None),
            )
        )
        """Nothing where there is no message, or it is deleted."""

        self.forget: Final = [
            compile_(sa.delete(table).where(table.c.person == sa.bindparam(_HAS_PERSON)))
            for table in (marks, drafts, levels, follows)
        ]

        self.windows: Final = _InBoth(compile_, dialect, _windows)
        """For each stretch its room, its thread, and the newest message that is too old to be looked at, or NULL."""
        self.spoken: Final = _InBoth(compile_, dialect, _spoken)
        """For each its room, its thread, and the last message of `person_` after both records, or NULL."""
        self.counts: Final = _InBoth(compile_, dialect, _counts)
        """For each its room, its thread, how many messages are by nobody in `deaf`, a JSON array that holds `person_`
        as well, how many of those call `person_`, and the first of them, or NULL."""


class _Stretches(NamedTuple):
    """Stretches that are asked about, and the messages in them."""

    asked: sa.Subquery
    place: "sa.Column[int]"
    """What the messages are ordered by: the last but one column of an index that holds all that is looked at."""
    is_after: "sa.ColumnElement[bool]"
    """Whether a message belongs to one of them."""
    dialect: sa.Dialect

    def select(self, *found: "sa.Select[Any]") -> sa.ClauseElement:
        """Return the statement that finds this for each stretch."""
        singles = (one.correlate(self.asked).scalar_subquery() for one in found)
        return sa.select(self.asked.c.room, self.asked.c.thread, *singles)


class _InBoth:
    """A statement for whole rooms, and the same for threads: each has an index of its own."""

    def __init__(
        self,
        compile_: Callable[[sa.ClauseElement], Statement],
        dialect: sa.Dialect,
        build: Callable[[_Stretches], sa.ClauseElement],
    ) -> None:
        asked = _asked(dialect)
        in_room, in_thread = records.c.room == asked.c.room, records.c.thread == asked.c.thread
        place = records.c.message_seq
        self.of_rooms: Final = compile_(
            build(_Stretches(asked, place, sa.and_(in_room, place > asked.c.floor), dialect))
        )
        place = records.c.seq
        self.of_threads: Final = compile_(
            build(_Stretches(asked, place, sa.and_(in_room, in_thread, place > asked.c.floor), dialect))
        )


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


def _windows(it: _Stretches) -> sa.ClauseElement:
    newest = sa.select(it.place).where(it.is_after).order_by(it.place.desc())
    return it.select(newest.limit(_ONE).offset(sa.literal_column(str(UNREAD_LIMIT))))


def _spoken(it: _Stretches) -> sa.ClauseElement:
    is_own = sa.and_(records.c.author == sa.bindparam("person_"), it.place > it.asked.c.at)
    return it.select(sa.select(it.place).where(it.is_after, is_own).order_by(it.place.desc()).limit(_ONE))


def _counts(it: _Stretches) -> sa.ClauseElement:
    # Where the author is NULL, the message is deleted, and this is not true.
    is_heard = records.c.author.not_in(listed("deaf", it.dialect))
    unread = sa.select(sa.func.count()).select_from(records).where(it.is_after, is_heard)
    message = sa.and_(records.c.room == mentions.c.room, records.c.seq == mentions.c.seq)
    called = (
        sa.select(sa.func.count(sa.distinct(mentions.c.seq)))
        .select_from(mentions.join(records, message))
        .where(
            mentions.c.person.in_([sa.bindparam("person_"), sa.literal_column(f"'{EVERYBODY}'")]),
            mentions.c.room == it.asked.c.room,
            mentions.c.seq > it.asked.c.floor,
            it.is_after,
            is_heard,
        )
    )
    first = sa.select(it.place).where(it.is_after, is_heard).order_by(it.place).limit(_ONE)
    return it.select(unread, called, first)


def _of_person(table: sa.Table) -> sa.Select[tuple[Any, ...]]:
    columns = [column for column in table.c if column.name != "person"]
    return sa.select(*columns).where(table.c.person == sa.bindparam(_HAS_PERSON))


def _deleting_in_room(table: sa.Table) -> sa.ClauseElement:
    return sa.delete(table).where(table.c.person == sa.bindparam(_HAS_PERSON), table.c.room == sa.bindparam("room_"))


def _inserting(table: sa.Table, dialect: sa.Dialect) -> sa.ClauseElement:
    values: dict[str, object] = {column.name: sa.bindparam(column.name) for column in table.c}
    return insert_into(table, dialect).values(values).on_conflict_do_nothing().inline()


def _replacing(table: sa.Table, dialect: sa.Dialect, *changed: str) -> sa.ClauseElement:
    insert = insert_into(table, dialect).values({column.name: sa.bindparam(column.name) for column in table.c})
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
    return insert_into(follows, dialect).from_select(names, first).on_conflict_do_nothing().inline()
