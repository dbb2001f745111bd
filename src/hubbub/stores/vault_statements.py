"""The statements of the vault: as those of the store, in `statements`."""

from collections.abc import Callable
from typing import Final

import sqlalchemy as sa

from hubbub.stores.dialects import insert_into
from hubbub.stores.schema import codes, credentials, ssh_keys, tokens
from hubbub.stores.statement import Statement

_HAS_ACCOUNT: Final = tokens.c.account == sa.bindparam("account_")
_HAS_KEY: Final = ssh_keys.c.account == sa.bindparam("account_")
_HAS_HASH: Final = codes.c.secret_hash == sa.bindparam("secret_hash_")
"""What a row is found by ends in `_`: SQLAlchemy keeps the columns' own names for what is written into them."""


class VaultStatements:
    """All statements of the vault. Queries return whole rows, in the order of the table's columns."""

    def __init__(self, compile_: Callable[[sa.ClauseElement], Statement], dialect: sa.Dialect) -> None:
        self.load_credentials: Final = compile_(
            sa.select(credentials).where(credentials.c.account == sa.bindparam("account_"))
        )
        self.save_credentials: Final = compile_(_save_credentials(dialect))
        """Parameters: the columns of the table."""
        self.delete_credentials: Final = compile_(
            sa.delete(credentials).where(credentials.c.account == sa.bindparam("account_"))
        )

        self.insert_token: Final = compile_(sa.insert(tokens))
        """Parameters: the columns of the table."""
        self.list_tokens: Final = compile_(sa.select(tokens).where(_HAS_ACCOUNT))
        self.find_token: Final = compile_(sa.select(tokens).where(tokens.c.secret_hash == sa.bindparam("secret_hash_")))
        self.note_token_use: Final = compile_(
            sa.update(tokens)
            .values(used_ms=sa.bindparam("time_ms"))
            .where(
                tokens.c.id == sa.bindparam("id_"),
                sa.or_(tokens.c.used_ms.is_(None), tokens.c.used_ms < sa.bindparam("before_ms")),
            )
        )
        """Parameters `id_`, and the same time as `time_ms` and `before_ms`."""
        its_own = (tokens.c.id == sa.bindparam("id_"), _HAS_ACCOUNT)
        self.lock_token: Final = compile_(sa.select(tokens).where(*its_own).with_for_update())
        self.delete_token: Final = compile_(sa.delete(tokens).where(*its_own))
        self.delete_tokens: Final = compile_(sa.delete(tokens).where(_HAS_ACCOUNT))

        self.insert_ssh_key: Final = compile_(insert_into(ssh_keys, dialect).on_conflict_do_nothing())
        """Parameters: the columns of the table."""
        self.list_ssh_keys: Final = compile_(sa.select(ssh_keys).where(_HAS_KEY))
        by_fingerprint = ssh_keys.c.fingerprint == sa.bindparam("fingerprint_")
        self.find_ssh_key: Final = compile_(sa.select(ssh_keys).where(by_fingerprint))
        self.note_ssh_key_use: Final = compile_(
            sa.update(ssh_keys)
            .values(used_ms=sa.bindparam("time_ms"))
            .where(by_fingerprint, sa.or_(ssh_keys.c.used_ms.is_(None), ssh_keys.c.used_ms < sa.bindparam("before_ms")))
        )
        """Parameters `fingerprint_`, and the same time as `time_ms` and `before_ms`."""
        named = (_HAS_KEY, ssh_keys.c.name == sa.bindparam("name_"))
        self.lock_ssh_key: Final = compile_(sa.select(ssh_keys).where(*named).with_for_update())
        self.delete_ssh_key: Final = compile_(sa.delete(ssh_keys).where(*named))
        self.delete_ssh_keys: Final = compile_(sa.delete(ssh_keys).where(_HAS_KEY))

        self.insert_code: Final = compile_(sa.insert(codes))
        """Parameters: the columns of the table."""
        self.list_codes: Final = compile_(sa.select(codes))
        self.lock_code: Final = compile_(sa.select(codes).where(_HAS_HASH).with_for_update())
        """Holding the row until the transaction ends; SQLite's BEGIN IMMEDIATE holds everything, and it says nothing.

        Who has waited for the row sees it as the one before him left it.
        """
        self.change_uses: Final = compile_(
            sa.update(codes).values(uses_left=codes.c.uses_left + sa.bindparam("change")).where(_HAS_HASH)
        )
        by_id = codes.c.id == sa.bindparam("id_")
        self.lock_code_by_id: Final = compile_(sa.select(codes).where(by_id).with_for_update())
        self.delete_code: Final = compile_(sa.delete(codes).where(by_id))
        self.delete_codes: Final = compile_(sa.delete(codes).where(codes.c.role == sa.bindparam("role_")))


def _save_credentials(dialect: sa.Dialect) -> sa.ClauseElement:
    insert = insert_into(credentials, dialect)
    replaced = {column.name: insert.excluded[column.name] for column in credentials.c if not column.primary_key}
    return insert.on_conflict_do_update(index_elements=["account"], set_=replaced)
