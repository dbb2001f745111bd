"""A vault in memory whose failures a test decides."""

import asyncio
from collections import defaultdict
from collections.abc import Callable

from hubbub.core.kinds import PersonId
from hubbub.service.ports import StoreUnavailable
from hubbub.service.vault import Code, Credentials, Token
from hubbub.stores.memory_vault import MemoryVault


class ControlledVault(MemoryVault):
    """Fails when it is told to, by the name of the method."""

    def __init__(self) -> None:
        super().__init__()
        self.fails: Callable[[str], bool] = lambda _method: False
        self.calls: list[str] = []
        """The names of all methods that were called, of those that may fail."""
        self.called: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        """By the name of a method, set when it was called: what a thread hashes first may take many turns."""

    async def load_credentials(self, account: PersonId) -> Credentials | None:
        """Return credentials, or fail."""
        self._enter("load_credentials")
        return await super().load_credentials(account)

    async def save_credentials(self, account: PersonId, credentials: Credentials) -> None:
        """Keep credentials, or fail."""
        self._enter("save_credentials")
        await super().save_credentials(account, credentials)

    async def delete_credentials(self, account: PersonId) -> None:
        """Forget credentials, or fail."""
        self._enter("delete_credentials")
        await super().delete_credentials(account)

    async def find_token(self, secret_hash: bytes) -> Token | None:
        """Return a token, or fail."""
        self._enter("find_token")
        return await super().find_token(secret_hash)

    async def delete_tokens(self, account: PersonId) -> None:
        """Forget tokens, or fail."""
        self._enter("delete_tokens")
        await super().delete_tokens(account)

    async def redeem_code(self, secret_hash: bytes, now_ms: int) -> Code | None:
        """Use up one use, or fail."""
        self._enter("redeem_code")
        return await super().redeem_code(secret_hash, now_ms)

    async def give_back_code(self, secret_hash: bytes) -> None:
        """Undo that, or fail."""
        self._enter("give_back_code")
        await super().give_back_code(secret_hash)

    def _enter(self, method: str) -> None:
        self.calls.append(method)
        self.called[method].set()
        if self.fails(method):
            raise StoreUnavailable("the disk is full")
