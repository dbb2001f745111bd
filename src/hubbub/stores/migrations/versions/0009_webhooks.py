"""Create the tables of webhooks."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "incoming_hooks",
        *_common(),
        sa.Column("secret_hash", sa.LargeBinary, nullable=False),
        sa.Column("used_ms", sa.BigInteger),
        sa.UniqueConstraint("secret_hash", name="incoming_hooks_secret_hash"),
    )
    op.create_table(
        "outgoing_hooks",
        *_common(),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("signing_secret", sa.Text, nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("failures", sa.BigInteger, nullable=False),
        sa.Column("retry_ms", sa.BigInteger, nullable=False),
        sa.Column("is_given_up", sa.Boolean, nullable=False),
    )
    for table in ("incoming_hooks", "outgoing_hooks"):
        op.create_index(f"{table}_room", table, ["room"])
        op.create_index(f"{table}_created_by", table, ["created_by"])


def _common() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("room", sa.BigInteger, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_ms", sa.BigInteger, nullable=False),
    ]
