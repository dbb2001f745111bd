"""Bringing a database to the current version with alembic.

Slow to import, and so imported only where the version is another one.
"""

from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from hubbub.service.ports import StoreUnusable
from hubbub.stores.schema import metadata
from hubbub.stores.version import HEAD

_SCRIPTS: Final = "hubbub.stores:migrations"


def upgrade(connection: sa.Connection, to: str = HEAD) -> None:
    """Run the migrations that are missing, up to a version, in the transaction that the connection is in.

    The caller sees to it that nobody else does the same meanwhile. Raises `StoreUnusable` for a database that is not
    hubbub's, or where a newer version is met or asked for, and SQLAlchemy's errors.
    """
    config = Config()
    config.set_main_option("script_location", _SCRIPTS)
    config.attributes["connection"] = connection
    version = MigrationContext.configure(connection).get_current_revision()
    if version is None and (taken := metadata.tables.keys() & sa.inspect(connection).get_table_names()):
        raise StoreUnusable(
            f"The database holds tables of another program ({', '.join(sorted(taken))}). Give hubbub one of its own."
        )
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    for newer in {version, to} - known - {None}:
        raise StoreUnusable(
            f"The database was written by a newer hubbub: it has version {newer}, and this one knows those up to "
            f"{HEAD}. Start the newer hubbub, or restore a backup from before."
        )
    command.upgrade(config, to)
