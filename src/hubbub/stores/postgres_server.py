"""The server of a PostgreSQL database: connecting to it, and bringing the tables up to date."""

from typing import Final

import asyncpg
import sqlalchemy as sa

from hubbub.service.ports import StoreUnusable
from hubbub.stores.schema import HEAD

ANSWER_SECONDS: Final = 30.0
"""Longest wait for any answer; a server that is silent for so long counts as lost."""

_MIGRATION_LOCK: Final = 0x687562627562
"""Key of the advisory lock under which one node migrates while the others wait: "hubbub" in ASCII."""

_PAUSE_SECONDS: Final = 60
"""How long a migration may compute between two statements; after that, its node counts as cut off."""

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
        await _upgrade(url, patience_seconds)


async def _version(raw: asyncpg.Connection) -> str | None:
    """Return which migrations the database has seen, without importing what would run them."""
    if await raw.fetchval("SELECT to_regclass('alembic_version')") is None:
        return None
    version: str | None = await raw.fetchval("SELECT version_num FROM alembic_version")
    return version


async def _upgrade(url: str, patience_seconds: float) -> None:
    # Slow to import, and needed only after an update.
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415

    from hubbub.stores.upgrade import upgrade  # noqa: PLC0415

    async def connect_for_long() -> asyncpg.Connection:
        return await connect(url, patience_seconds, command_timeout=None)

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect_for_long, poolclass=sa.NullPool)
    try:
        async with engine.begin() as connection:
            # A migration takes as long as it takes, and those who wait for it wait as long.
            await connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
            await connection.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout = '{_PAUSE_SECONDS}s'")
            await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
            await connection.run_sync(upgrade)
    except sa.exc.DBAPIError as error:
        raise error.driver_exception from error
