"""The server of a PostgreSQL database: connecting to it, and bringing the tables up to date."""

from typing import Final

import asyncpg

from hubbub.service.ports import StoreUnusable
from hubbub.stores.version import HEAD

ANSWER_SECONDS: Final = 30.0
"""Longest wait for any answer; a server that is silent for so long counts as lost."""

# A server may be set up to acknowledge before its disk has it; this store may not.
_REFUSE_ASYNCHRONOUS_COMMIT: Final = (
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)


async def connect(url: str, patience_seconds: float, **options: object) -> asyncpg.Connection:
    """Connect with what every connection needs; `options` are the driver's.

    Raises `StoreUnusable` for a URL that makes no sense, the driver's errors or `OSError`.
    """
    patience_ms = str(round(patience_seconds * 1000))
    server_settings = {
        "application_name": "hubbub",
        "lock_timeout": patience_ms,
        # The locks of a node that was cut off: without this, they would stay until TCP gives it up, in hours.
        "idle_in_transaction_session_timeout": patience_ms,
    }
    try:
        raw = await asyncpg.connect(
            url,
            timeout=patience_seconds,
            server_settings=server_settings,
            **{"command_timeout": ANSWER_SECONDS, **options},
        )
    except ValueError:
        # Not its words: they may repeat a part of the password.
        part = "Correct what follows the '?'. " if "?" in url else ""
        raise StoreUnusable(
            f"The database URL cannot be used. {part}It looks like postgresql://user:password@host:5432/hubbub, and in "
            "the password anything but letters and digits is percent-encoded."
        ) from None
    await raw.execute(_REFUSE_ASYNCHRONOUS_COMMIT)
    return raw


async def prepare(url: str, patience_seconds: float) -> None:
    """Bring the tables up to date. Raises `StoreUnusable`, the driver's errors or `OSError`."""
    raw = await connect(url, patience_seconds)
    try:
        version = await _version(raw)
    finally:
        await raw.close()
    if version != HEAD:
        from hubbub.stores.postgres_upgrade import upgrade_server  # noqa: PLC0415 - slow, and needed only after an update

        await upgrade_server(url, patience_seconds)


async def _version(raw: asyncpg.Connection) -> str | None:
    """Return which migrations the database has seen, without importing what would run them."""
    if await raw.fetchval("SELECT to_regclass('alembic_version')") is None:
        return None
    version: str | None = await raw.fetchval("SELECT version_num FROM alembic_version")
    return version
