"""Bringing a PostgreSQL database to the current version. Slow to import: see `upgrade`."""

from typing import Final

import asyncpg
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from hubbub.stores.postgres_server import connect
from hubbub.stores.upgrade import upgrade

_MIGRATION_LOCK: Final = 0x687562627562
"""Key of the advisory lock under which one node migrates while the others wait: "hubbub" in ASCII."""

_PAUSE_SECONDS: Final = 60
"""How long a migration may compute between two statements; after that, its node counts as cut off."""


async def upgrade_server(url: str, patience_seconds: float) -> None:
    """Run the migrations that are missing, in one transaction, while other nodes wait.

    Raises `StoreUnusable`, the driver's errors or `OSError`.
    """

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
