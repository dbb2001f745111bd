"""Create the tables of the vault: credentials, tokens and codes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "credentials",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("scram_salt", sa.LargeBinary, nullable=False),
        sa.Column("scram_iterations", sa.BigInteger, nullable=False),
        sa.Column("scram_stored_key", sa.LargeBinary, nullable=False),
        sa.Column("scram_server_key", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("secret_hash", sa.LargeBinary, nullable=False),
        sa.Column("created_ms", sa.BigInteger, nullable=False),
        sa.Column("used_ms", sa.BigInteger),
        sa.UniqueConstraint("secret_hash", name="tokens_secret_hash"),
    )
    op.create_index("tokens_account", "tokens", ["account"])
    op.create_table(
        "codes",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("secret_hash", sa.LargeBinary, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("created_by", sa.Text),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("created_ms", sa.BigInteger, nullable=False),
        sa.Column("expires_ms", sa.BigInteger),
        sa.Column("uses_left", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("secret_hash", name="codes_secret_hash"),
    )
