"""The statements of the shelf: as those of the store, in `statements`."""

from collections.abc import Callable
from typing import Final

import sqlalchemy as sa

from hubbub.stores.dialects import insert_into, listed
from hubbub.stores.schema import files, showings, uploads
from hubbub.stores.statement import Statement

_THIS_FILE: Final = files.c.id == sa.bindparam("id_")
_THIS_UPLOAD: Final = uploads.c.id == sa.bindparam("id_")
_LIMIT: Final[sa.BindParameter[int]] = sa.bindparam("limit")
_SHOWN_HERE: Final = showings.c.room == sa.bindparam("room_")
_UNSHOWN: Final = ~sa.exists().where(showings.c.file == files.c.id)
"""No message shows it."""


class ShelfStatements:
    """All statements of the shelf. Queries return whole rows, in the order of the table's columns."""

    def __init__(self, compile_: Callable[[sa.ClauseElement], Statement], dialect: sa.Dialect) -> None:
        self.save_upload: Final = compile_(_save_upload(dialect))
        """Parameters: the columns of the table; so too in the following."""
        self.find_upload: Final = compile_(sa.select(uploads).where(_THIS_UPLOAD))
        self.list_uploads: Final = compile_(sa.select(uploads).where(uploads.c.touched_ms < sa.bindparam("before_ms")))
        self.delete_upload: Final = compile_(sa.delete(uploads).where(_THIS_UPLOAD))
        self.delete_uploads: Final = compile_(sa.delete(uploads).where(uploads.c.owner == sa.bindparam("owner_")))

        self.insert_file: Final = compile_(sa.insert(files))
        self.find_files: Final = compile_(sa.select(files).where(files.c.id.in_(listed("ids", dialect))))
        """Parameter `ids`, a JSON array."""
        self.usage: Final = compile_(_usage())
        """Of `owner_`: the bytes of his files, those of his uploads, and how many these are."""
        self.showings: Final = compile_(
            sa.select(showings.c.room, sa.func.max(showings.c.seq))
            .where(showings.c.file == sa.bindparam("id_"))
            .group_by(showings.c.room)
            .limit(_LIMIT)
        )
        left = sa.select(files).where(files.c.state == "left").limit(_LIMIT)
        self.list_left: Final = compile_(left)
        unused = files.c.state == "new", files.c.created_ms < sa.bindparam("before_ms")
        self.list_unused: Final = compile_(sa.select(files).where(*unused).limit(_LIMIT))
        self.lock_file: Final = compile_(sa.select(files.c.id).where(_THIS_FILE, _UNSHOWN).with_for_update())
        """Nothing where a message shows it."""
        self.delete_file: Final = compile_(sa.delete(files).where(_THIS_FILE))
        self.find_digests: Final = compile_(
            sa.union(
                *(
                    sa.select(column).where(column.in_(listed("digests", dialect)))
                    for column in (files.c.digest, files.c.thumbnail)
                )
            )
        )
        """Parameter `digests`, a JSON array."""
        self.leave_unused: Final = compile_(
            sa.update(files).values(state="left").where(files.c.owner == sa.bindparam("owner_"), files.c.state == "new")
        )

        self.insert_showing: Final = compile_(
            insert_into(showings, dialect)
            .values({column.name: sa.bindparam(column.name) for column in showings.c})
            .on_conflict_do_nothing()
            .inline()
        )
        self.show: Final = compile_(sa.update(files).values(state="shown").where(_THIS_FILE))
        self.leave: Final = compile_(sa.update(files).values(state="left").where(_THIS_FILE, _UNSHOWN))
        """Does nothing where a message shows it still."""
        of_message = (_SHOWN_HERE, showings.c.seq == sa.bindparam("seq_"))
        self.shown_by: Final = compile_(sa.select(showings.c.file).where(*of_message))
        self.delete_showings: Final = compile_(sa.delete(showings).where(*of_message))
        until = (_SHOWN_HERE, showings.c.seq <= sa.bindparam("last_"))
        self.shown_until: Final = compile_(sa.select(showings.c.file).where(*until).distinct())
        self.delete_showings_until: Final = compile_(sa.delete(showings).where(*until))


def _save_upload(dialect: sa.Dialect) -> sa.ClauseElement:
    insert = insert_into(uploads, dialect).values({column.name: sa.bindparam(column.name) for column in uploads.c})
    changed = {name: insert.excluded[name] for name in ("size_bytes", "touched_ms")}
    return insert.on_conflict_do_update(index_elements=["id"], set_=changed).inline()


def _usage() -> sa.ClauseElement:
    def total(table: sa.Table, figure: "sa.ColumnElement[int]") -> "sa.ScalarSelect[int]":
        return sa.select(figure).where(table.c.owner == sa.bindparam("owner_")).scalar_subquery()

    # PostgreSQL sums up to a numeric, which is no int.
    size = [sa.cast(sa.func.coalesce(sa.func.sum(table.c.size_bytes), 0), sa.BigInteger) for table in (files, uploads)]
    return sa.select(total(files, size[0]), total(uploads, size[1]), total(uploads, sa.func.count()))
