"""The vault in a database: SQLite or PostgreSQL, one code path."""

from hubbub.core.kinds import PersonId
from hubbub.service.vault import Code, CodeId, CodeRole, Credentials, SshKey, Token, TokenId
from hubbub.stores import vault_operations as operations
from hubbub.stores.database import NUL, Database


class SqlVault:
    """Keeps secrets in the database of a store, which opens and closes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load_credentials(self, account: PersonId) -> Credentials | None:
        """Return an account's credentials, or None."""
        return await self._database.read(lambda it: operations.load_credentials(it, account))

    async def save_credentials(self, account: PersonId, credentials: Credentials) -> None:
        """Keep these instead of the account's earlier ones."""
        await self._database.write(lambda it: operations.save_credentials(it, account, credentials))

    async def delete_credentials(self, account: PersonId) -> None:
        """Forget an account's credentials."""
        await self._database.write(lambda it: operations.delete_credentials(it, account))

    async def add_token(self, token: Token) -> None:
        """Keep a new token."""
        await self._database.write(lambda it: operations.add_token(it, token))

    async def list_tokens(self, account: PersonId) -> list[Token]:
        """Return an account's tokens, the oldest first."""
        return await self._database.read(lambda it: operations.list_tokens(it, account))

    async def find_token(self, secret_hash: bytes) -> Token | None:
        """Return the token with that secret, or None."""
        return await self._database.read(lambda it: operations.find_token(it, secret_hash))

    async def note_token_use(self, token: TokenId, time_ms: int) -> None:
        """Remember when a token was used, unless a later use is known."""
        await self._database.write(lambda it: operations.note_token_use(it, token, time_ms))

    async def delete_token(self, account: PersonId, token: TokenId) -> bool:
        """Forget a token of that account, and return whether there was one."""
        return NUL not in token and await self._database.write(lambda it: operations.delete_token(it, account, token))

    async def delete_tokens(self, account: PersonId) -> None:
        """Forget all tokens of an account."""
        await self._database.write(lambda it: operations.delete_tokens(it, account))

    async def add_ssh_key(self, key: SshKey) -> bool:
        """Keep a new key, and return whether it could be."""
        return await self._database.write(lambda it: operations.add_ssh_key(it, key))

    async def list_ssh_keys(self, account: PersonId) -> list[SshKey]:
        """Return an account's keys, the oldest first."""
        return await self._database.read(lambda it: operations.list_ssh_keys(it, account))

    async def find_ssh_key(self, fingerprint: bytes) -> SshKey | None:
        """Return the key with that fingerprint, or None."""
        return await self._database.read(lambda it: operations.find_ssh_key(it, fingerprint))

    async def note_ssh_key_use(self, fingerprint: bytes, time_ms: int) -> None:
        """Remember when a key was used, unless a later use is known."""
        await self._database.write(lambda it: operations.note_ssh_key_use(it, fingerprint, time_ms))

    async def delete_ssh_key(self, account: PersonId, name: str) -> SshKey | None:
        """Forget a key of that account, and return what it was."""
        if NUL in name:
            return None
        return await self._database.write(lambda it: operations.delete_ssh_key(it, account, name))

    async def delete_ssh_keys(self, account: PersonId) -> None:
        """Forget all keys of an account."""
        await self._database.write(lambda it: operations.delete_ssh_keys(it, account))

    async def add_code(self, code: Code) -> None:
        """Keep a new code."""
        await self._database.write(lambda it: operations.add_code(it, code))

    async def redeem_code(self, secret_hash: bytes, now_ms: int) -> Code | None:
        """Use up one use of a code, and return what is left of it."""
        return await self._database.write(lambda it: operations.redeem_code(it, secret_hash, now_ms))

    async def give_back_code(self, secret_hash: bytes) -> None:
        """Undo one redemption."""
        await self._database.write(lambda it: operations.give_back_code(it, secret_hash))

    async def list_codes(self) -> list[Code]:
        """Return all codes, the oldest first."""
        return await self._database.read(operations.list_codes)

    async def delete_code(self, code: CodeId) -> bool:
        """Forget a code, and return whether there was one."""
        return await self._database.write(lambda it: operations.delete_code(it, code))

    async def delete_codes(self, role: CodeRole) -> None:
        """Forget all codes that give this role."""
        await self._database.write(lambda it: operations.delete_codes(it, role))
