"""Create the notebook: marks, mentions, threads followed and drafts; let messages be counted by their authors.

Nothing has to be filled in: nobody has set a mark before, and no message has called anybody.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables, and indexes that hold the authors."""
    op.add_column("records", sa.Column("author", sa.Text))
    op.add_column("records", sa.Column("thread", sa.BigInteger))
    _index_messages()
    op.create_table(
        "marks",
        sa.Column("person", sa.Text, primary_key=True, nullable=False),
        sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("thread", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("head", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mentions",
        sa.Column("person", sa.Text, primary_key=True, nullable=False),
        sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_index("mentions_message", "mentions", ["room", "seq"])
    op.create_table(
        "follows",
        sa.Column("person", sa.Text, primary_key=True, nullable=False),
        sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("thread", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("is_following", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "drafts",
        sa.Column("person", sa.Text, primary_key=True, nullable=False),
        sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )


def _index_messages() -> None:
    op.drop_index("records_messages", "records")
    is_message, is_in_thread = sa.text("message_seq IS NOT NULL"), sa.text("thread IS NOT NULL")
    op.create_index(
        "records_messages",
        "records",
        ["room", "message_seq", "author"],
        sqlite_where=is_message,
        postgresql_where=is_message,
    )
    op.create_index(
        "records_threads",
        "records",
        ["room", "thread", "message_seq", "author"],
        sqlite_where=is_in_thread,
        postgresql_where=is_in_thread,
    )
