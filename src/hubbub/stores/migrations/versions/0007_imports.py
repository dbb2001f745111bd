"""Note what was imported from where, and give the database a name by which its exports are known."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"


def upgrade() -> None:
    """Create the tables, and choose the name."""
    op.create_table(
        "imports",
        sa.Column("source", sa.Text, primary_key=True, nullable=False),
        sa.Column("external_id", sa.Text, primary_key=True, nullable=False),
        sa.Column("room", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    identity = op.create_table("identity", sa.Column("id", sa.Text, primary_key=True, nullable=False))
    op.bulk_insert(identity, [{"id": secrets.token_hex(8)}])
