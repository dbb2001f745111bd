"""Note who said each message and in which thread, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_IS_MESSAGE = sa.text("message_seq IS NOT NULL")
_IS_IN_THREAD = sa.text("thread IS NOT NULL")


def upgrade() -> None:
    """Add two columns, fill in the authors, find messages by them, and create the table."""
    op.add_column("records", sa.Column("author", sa.Text))
    op.add_column("records", sa.Column("thread", sa.BigInteger))
    # The one place where a migration reads a record: until now, nobody had to know this without it.
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    author = "json_extract(body, '$.author')" if is_sqlite else "body::json ->> 'author'"
    op.execute(sa.text(f"UPDATE records SET author = {author} WHERE message_seq IS NOT NULL"))  # noqa: S608 - two constants
    op.drop_index("records_messages", table_name="records")
    op.create_index(
        "records_messages",
        "records",
        ["room", "message_seq", "author"],
        sqlite_where=_IS_MESSAGE,
        postgresql_where=_IS_MESSAGE,
    )
    op.create_index(
        "records_threads",
        "records",
        ["room", "thread", "seq", "author"],
        sqlite_where=_IS_IN_THREAD,
        postgresql_where=_IS_IN_THREAD,
    )
    op.create_table(
        "notes",
        sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
