"""The tables of a database.

A column is what rooms and records are found and ordered by; everything else stands in a record's `body`, so that a new
kind of event changes no table. The vault's tables have a column for each field of its structs. How a database of an
older version gets here is told in `migrations/versions`. A running server does not load this: see `prepared`.
"""

from typing import Any, Final

import sqlalchemy as sa

metadata: Final = sa.MetaData()

_ID: Final = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""SQLite numbers the rows by itself only where the type is INTEGER, which has 64 bits there anyway."""

rooms: Final = sa.Table(
    "rooms",
    metadata,
    sa.Column("id", _ID, sa.Identity(), primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False, server_default=sa.text("0")),
    sa.UniqueConstraint("kind", "key", name="rooms_kind_key"),
    # Ids stand in links for ever: without this, SQLite would give a deleted room's id to the next one.
    sqlite_autoincrement=True,
)
"""One row a room; `seq` is its last record's, and whoever writes records holds this row's lock."""

records: Final = sa.Table(
    "records",
    metadata,
    sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("time_ms", sa.BigInteger, nullable=False),
    sa.Column("message_seq", sa.BigInteger),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("author", sa.Text),
    sa.Column("thread", sa.BigInteger),
    # Kept in the order of the primary key: one page holds a room's last records, and writing one touches one page.
    sqlite_with_rowid=False,
)
"""One row a record; `body` is `wire.records.encode_event` of its event.

`message_seq` is its `seq` if it is a message, deleted or not; `author` says whose it is as long as it is not deleted,
and is for everybody in the room; and `thread` in which thread it is, if it did not begin it.
"""

_IS_MESSAGE: Final = records.c.message_seq.is_not(None)

_IS_IN_THREAD: Final = records.c.thread.is_not(None)

messages: Final = sa.Index(
    "records_messages",
    records.c.room,
    records.c.message_seq,
    records.c.author,
    sqlite_where=_IS_MESSAGE,
    postgresql_where=_IS_MESSAGE,
)
"""What people said, found without reading all the comings and goings between, and counted by who said it.

Why a column of its own, and not a mere mark: SQLite prefers the primary key wherever it gives the same order.
"""

threads: Final = sa.Index(
    "records_threads",
    records.c.room,
    records.c.thread,
    records.c.seq,
    records.c.author,
    sqlite_where=_IS_IN_THREAD,
    postgresql_where=_IS_IN_THREAD,
)
"""The answers in a thread, in order."""

notes: Final = sa.Table(
    "notes",
    metadata,
    sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("body", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
"""One row a message of which something became; `body` is `wire.records.encode_note` of its note."""

memberships: Final = sa.Table(
    "memberships",
    metadata,
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""One row for each channel that somebody is in, and for each conversation that is his."""

imports: Final = sa.Table(
    "imports",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("external_id", sa.Text, primary_key=True),
    sa.Column("room", sa.BigInteger, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""One row a thing that was imported, by its name where it comes from; a room has the `seq` 0."""

identity: Final = sa.Table("identity", metadata, sa.Column("id", sa.Text, primary_key=True))
"""One row: which database this is, so that what it exports is known again."""

snapshots: Final = sa.Table(
    "snapshots",
    metadata,
    sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("state", sa.LargeBinary, nullable=False),
)
"""One row a room that has a snapshot: its state after the record `seq`."""

credentials: Final = sa.Table(
    "credentials",
    metadata,
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("scram_salt", sa.LargeBinary, nullable=False),
    sa.Column("scram_iterations", sa.BigInteger, nullable=False),
    sa.Column("scram_stored_key", sa.LargeBinary, nullable=False),
    sa.Column("scram_server_key", sa.LargeBinary, nullable=False),
)
"""One row an account that has a password: see `service.vault.Credentials`."""

tokens: Final = sa.Table(
    "tokens",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("secret_hash", sa.LargeBinary, nullable=False),
    sa.Column("created_ms", sa.BigInteger, nullable=False),
    sa.Column("used_ms", sa.BigInteger),
    sa.UniqueConstraint("secret_hash", name="tokens_secret_hash"),
)
"""One row a token: see `service.vault.Token`."""

tokens_of_account: Final = sa.Index("tokens_account", tokens.c.account)

ssh_keys: Final = sa.Table(
    "ssh_keys",
    metadata,
    sa.Column("fingerprint", sa.LargeBinary, primary_key=True),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("created_ms", sa.BigInteger, nullable=False),
    sa.Column("used_ms", sa.BigInteger),
    sa.UniqueConstraint("account", "name", name="ssh_keys_account_name"),
)
"""One row an SSH key: see `service.vault.SshKey`. Those of an account are found by what keeps their names apart."""

codes: Final = sa.Table(
    "codes",
    metadata,
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
"""One row a code: see `service.vault.Code`. Whoever redeems one holds its row's lock."""

marks: Final = sa.Table(
    "marks",
    metadata,
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("thread", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("head", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""One row for each room, and each thread, in which somebody has set a mark: see `core.unread.Mark`."""

mentions: Final = sa.Table(
    "mentions",
    metadata,
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""One row for each message and each person it calls; `*` where it calls everybody. All of it stands in the records."""

mentions_of_message: Final = sa.Index("mentions_message", mentions.c.room, mentions.c.seq)

follows: Final = sa.Table(
    "follows",
    metadata,
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("thread", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("is_following", sa.Boolean, nullable=False),
    sqlite_with_rowid=False,
)
"""One row for each thread that somebody follows, or does not want to."""

drafts: Final = sa.Table(
    "drafts",
    metadata,
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("text", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
"""One row for each room in which somebody has begun to write something."""

levels: Final = sa.Table(
    "levels",
    metadata,
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("level", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
"""One row for each room of which somebody is told something else than what is usual: see `core.levels`."""

files: Final = sa.Table(
    "files",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
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
"""One row a file: see `service.shelf.ShelvedFile`. What is in it lies elsewhere, under its digest."""

files_of_owner: Final = sa.Index("files_owner", files.c.owner)
files_of_digest: Final = sa.Index("files_digest", files.c.digest)
files_of_thumbnail: Final = sa.Index("files_thumbnail", files.c.thumbnail)

_IS_UNSEEN: Final = files.c.state != "shown"

files_unseen: Final = sa.Index(
    "files_unseen",
    files.c.state,
    files.c.created_ms,
    sqlite_where=_IS_UNSEEN,
    postgresql_where=_IS_UNSEEN,
)
"""Those that no message shows: few, and looked for again and again."""

uploads: Final = sa.Table(
    "uploads",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("size_bytes", sa.BigInteger, nullable=False),
    sa.Column("touched_ms", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""One row for each file that is still coming in: see `service.shelf.Upload`."""

uploads_of_owner: Final = sa.Index("uploads_owner", uploads.c.owner)

showings: Final = sa.Table(
    "showings",
    metadata,
    sa.Column("room", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("file", sa.Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""One row for each message and each file that it shows. All of it stands in the records."""

showings_of_file: Final = sa.Index("showings_file", showings.c.file, showings.c.room, showings.c.seq)


def _hook_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("room", sa.BigInteger, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_ms", sa.BigInteger, nullable=False),
    )


incoming_hooks: Final = sa.Table(
    "incoming_hooks",
    metadata,
    *_hook_columns(),
    sa.Column("secret_hash", sa.LargeBinary, nullable=False),
    sa.Column("used_ms", sa.BigInteger),
    sa.UniqueConstraint("secret_hash", name="incoming_hooks_secret_hash"),
)
"""One row a webhook at which programs speak: see `service.hook_store.IncomingHook`."""

outgoing_hooks: Final = sa.Table(
    "outgoing_hooks",
    metadata,
    *_hook_columns(),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("signing_secret", sa.Text, nullable=False),
    sa.Column("topics", sa.Text, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("failures", sa.BigInteger, nullable=False),
    sa.Column("retry_ms", sa.BigInteger, nullable=False),
    sa.Column("is_given_up", sa.Boolean, nullable=False),
)
"""One row a webhook that is posted to: see `service.hook_store.OutgoingHook`; `topics` are divided by spaces."""

hooks_by: Final = tuple(
    sa.Index(f"{table.name}_{column}", table.c[column])
    for table in (incoming_hooks, outgoing_hooks)
    for column in ("room", "created_by")
)
"""The webhooks of a channel, and of whoever made them."""

nonces: Final = sa.Table(
    "nonces",
    metadata,
    sa.Column("author", sa.Text, primary_key=True),
    sa.Column("nonce", sa.Text, primary_key=True),
    sa.Column("room", sa.BigInteger, primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("time_ms", sa.BigInteger, nullable=False),
    sa.Index("nonces_time", "time_ms"),
)
"""One row a message that was lately said with a nonce: see `core.nonces`."""
