"""Note which files there are, which are coming in, and which messages show them.

Nothing has to be filled in: no message has shown a file before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_IS_UNSEEN = sa.text("state != 'shown'")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "files",
        sa.Column("id", sa.Text, primary_key=True, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("width", sa.BigInteger, nullable=False),
        sa.Column("height", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("thumbnail", sa.Text),
        sa.Column("sent_bytes", sa.BigInteger, nullable=False),
        sa.Column("created_ms", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("files_owner", "files", ["owner"])
    op.create_index("files_digest", "files", ["digest"])
    op.create_index("files_thumbnail", "files", ["thumbnail"])
    op.create_index(
        "files_unseen", "files", ["state", "created_ms"], sqlite_where=_IS_UNSEEN, postgresql_where=_IS_UNSEEN
    )
    op.create_table(
        "uploads",
        sa.Column("id", sa.Text, primary_key=True, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("touched_ms", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("uploads_owner", "uploads", ["owner"])
    op.create_table(
        "showings",
        sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("file", sa.Text, primary_key=True, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("showings_file", "showings", ["file", "room", "seq"])
