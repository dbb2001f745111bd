"""Note who is in which room, so that whoever logs in finds his rooms.

Until now there were guests only, who leave every room when they go: there is nothing to fill in.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "memberships",
        sa.Column("person", sa.Text, primary_key=True, nullable=False),
        sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
