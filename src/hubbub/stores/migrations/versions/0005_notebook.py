"""Create the notebook: marks, mentions, threads followed and drafts.

Nothing has to be filled in: nobody has set a mark before, and no message has called anybody.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables."""
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
