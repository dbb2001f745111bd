"""The reference: a vault in memory, which forgets everything when the process ends."""

import asyncio

from msgspec.structs import replace

from hubbub.core.kinds import PersonId
from hubbub.service.vault import Code, CodeId, CodeRole, Credentials, SshKey, Token, TokenId


class MemoryVault:
    """Keeps everything in dictionaries. Several nodes of one process may share it.

    Every method first yields to the loop, as a database would, so that races show.
    """

    def __init__(self) -> None:
        self._credentials: dict[PersonId, Credentials] = {}
        self._tokens: dict[bytes, Token] = {}
        self._ssh_keys: dict[bytes, SshKey] = {}
        self._codes: dict[bytes, Code] = {}

    async def load_credentials(self, account: PersonId) -> Credentials | None:
        """Return an account's credentials, or None."""
        await asyncio.sleep(0)
        return self._credentials.get(account)

    async def save_credentials(self, account: PersonId, credentials: Credentials) -> None:
        """Keep these instead of the account's earlier ones."""
        await asyncio.sleep(0)
        self._credentials[account] = credentials

    async def delete_credentials(self, account: PersonId) -> None:
        """Forget an account's credentials."""
        await asyncio.sleep(0)
        self._credentials.pop(account, None)

    async def add_token(self, token: Token) -> None:
        """Keep a new token."""
        await asyncio.sleep(0)
        self._tokens[token.secret_hash] = token

    async def list_tokens(self, account: PersonId) -> list[Token]:
        """Return an account's tokens, the oldest first."""
        await asyncio.sleep(0)
        tokens = [token for token in self._tokens.values() if token.account == account]
        return sorted(tokens, key=lambda token: (token.created_ms, token.id))

    async def find_token(self, secret_hash: bytes) -> Token | None:
        """Return the token with that secret, or None."""
        await asyncio.sleep(0)
        return self._tokens.get(secret_hash)

    async def note_token_use(self, token: TokenId, time_ms: int) -> None:
        """Remember when a token was used, unless a later use is known."""
        await asyncio.sleep(0)
        for key, kept in self._tokens.items():
            if kept.id == token and (kept.used_ms is None or kept.used_ms < time_ms):
                self._tokens[key] = replace(kept, used_ms=time_ms)

    async def delete_token(self, account: PersonId, token: TokenId) -> bool:
        """Forget a token of that account, and return whether there was one."""
        await asyncio.sleep(0)
        before = len(self._tokens)
        self._tokens = {key: kept for key, kept in self._tokens.items() if (kept.account, kept.id) != (account, token)}
        return len(self._tokens) < before

    async def delete_tokens(self, account: PersonId) -> None:
        """Forget all tokens of an account."""
        await asyncio.sleep(0)
        self._tokens = {key: kept for key, kept in self._tokens.items() if kept.account != account}

    async def add_ssh_key(self, key: SshKey) -> bool:
        """Keep a new key, and return whether it could be."""
        await asyncio.sleep(0)
        alike = [kept for kept in self._ssh_keys.values() if (kept.account, kept.name) == (key.account, key.name)]
        if alike or key.fingerprint in self._ssh_keys:
            return False
        self._ssh_keys[key.fingerprint] = key
        return True

    async def list_ssh_keys(self, account: PersonId) -> list[SshKey]:
        """Return an account's keys, the oldest first."""
        await asyncio.sleep(0)
        keys = [key for key in self._ssh_keys.values() if key.account == account]
        return sorted(keys, key=lambda key: (key.created_ms, key.name))

    async def find_ssh_key(self, fingerprint: bytes) -> SshKey | None:
        """Return the key with that fingerprint, or None."""
        await asyncio.sleep(0)
        return self._ssh_keys.get(fingerprint)

    async def note_ssh_key_use(self, fingerprint: bytes, time_ms: int) -> None:
        """Remember when a key was used, unless a later use is known."""
        await asyncio.sleep(0)
        kept = self._ssh_keys.get(fingerprint)
        if kept is not None and (kept.used_ms is None or kept.used_ms < time_ms):
            self._ssh_keys[fingerprint] = replace(kept, used_ms=time_ms)

    async def delete_ssh_key(self, account: PersonId, name: str) -> SshKey | None:
        """Forget a key of that account, and return what it was."""
        await asyncio.sleep(0)
        found = [key for key in self._ssh_keys.values() if (key.account, key.name) == (account, name)]
        return self._ssh_keys.pop(found[0].fingerprint) if found else None

    async def delete_ssh_keys(self, account: PersonId) -> None:
        """Forget all keys of an account."""
        await asyncio.sleep(0)
        self._ssh_keys = {kept: key for kept, key in self._ssh_keys.items() if key.account != account}

    async def add_code(self, code: Code) -> None:
        """Keep a new code."""
        await asyncio.sleep(0)
        self._codes[code.secret_hash] = code

    async def redeem_code(self, secret_hash: bytes, now_ms: int) -> Code | None:
        """Use up one use of a code, and return what is left of it."""
        await asyncio.sleep(0)
        code = self._codes.get(secret_hash)
        if code is None or not code.is_good(now_ms):
            return None
        return self._change_uses(code, -1)

    async def give_back_code(self, secret_hash: bytes) -> None:
        """Undo one redemption."""
        await asyncio.sleep(0)
        code = self._codes.get(secret_hash)
        if code is not None:
            self._change_uses(code, 1)

    async def list_codes(self) -> list[Code]:
        """Return all codes, the oldest first."""
        await asyncio.sleep(0)
        return sorted(self._codes.values(), key=lambda code: (code.created_ms, code.id))

    async def delete_code(self, code: CodeId) -> bool:
        """Forget a code, and return whether there was one."""
        await asyncio.sleep(0)
        before = len(self._codes)
        self._codes = {key: kept for key, kept in self._codes.items() if kept.id != code}
        return len(self._codes) < before

    async def delete_codes(self, role: CodeRole) -> None:
        """Forget all codes that give this role."""
        await asyncio.sleep(0)
        self._codes = {key: kept for key, kept in self._codes.items() if kept.role != role}

    def _change_uses(self, code: Code, change: int) -> Code:
        changed = replace(code, uses_left=code.uses_left + change)
        self._codes[code.secret_hash] = changed
        return changed
