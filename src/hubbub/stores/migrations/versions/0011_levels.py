"""Create the table of levels."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "levels",
        sa.Column("person", sa.Text, primary_key=True, nullable=False),
        sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("level", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
