"""Bringing the file of a SQLite database to the current version. Slow to import: see `upgrade`."""

from pathlib import Path

import sqlalchemy as sa

from hubbub.stores.sqlite_file import connect
from hubbub.stores.upgrade import upgrade


def upgrade_file(path: Path, patience_seconds: float) -> None:
    """Run the migrations that are missing, in one transaction. Raises `StoreUnusable`, `sqlite3.Error` or `OSError`."""
    engine = sa.create_engine("sqlite://", creator=lambda: connect(path, patience_seconds), poolclass=sa.NullPool)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            upgrade(connection)
            connection.commit()
    except sa.exc.DBAPIError as error:
        raise error.driver_exception from error
