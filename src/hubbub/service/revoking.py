"""Revoking: letting what somebody shows be worth nothing any more, also on the connections that he came by it on."""

from collections.abc import Callable, Collection
from typing import Final

import structlog

from hubbub.core.kinds import PersonId
from hubbub.service.recognising import BROWSER_LABEL, log_out_browsers
from hubbub.service.secret_codes import hash_token
from hubbub.service.sessions import Asker, Sessions
from hubbub.service.vault import TokenId, Vault

REVOKED: Final = "You were logged out from elsewhere. Log in again to go on."

log = structlog.get_logger(__name__)


class Revoking:
    """Forgets tokens, and ends this node's connections by them; those of other nodes end when they are lost."""

    def __init__(self, vault: Vault, sessions: Sessions) -> None:
        self._vault = vault
        self._sessions = sessions
        self._on_revoked: Callable[[bytes], None] = lambda _: None

    def on_revoked(self, callback: Callable[[bytes], None]) -> None:
        """Have this called with the hash of each secret that is worth nothing any more."""
        self._on_revoked = callback

    async def revoke(self, account: PersonId, which: TokenId, asker: Asker) -> bool:
        """Forget one token of an account, and return whether there was one; whoever asks may still hear the answer.

        Raises `StoreUnavailable`.
        """
        found = [token.secret_hash for token in await self._vault.list_tokens(account) if token.id == which]
        if not await self._vault.delete_token(account, which):
            return False
        self._end(account, found, asker)
        return True

    async def remove_ssh_key(self, account: PersonId, name: str, asker: Asker) -> bool:
        """Forget one SSH key of an account, and return whether there was one. Raises `StoreUnavailable`."""
        key = await self._vault.delete_ssh_key(account, name)
        if key is not None:
            self._end(account, [key.fingerprint], asker)
        return key is not None

    async def log_out(self, secret: str) -> None:
        """Let what a browser shows be worth nothing any more; harmless if it is worth nothing. Other tokens stay.

        Raises `StoreUnavailable`.
        """
        hashed = hash_token(secret)
        token = None if hashed is None else await self._vault.find_token(hashed)
        if token is None or token.name != BROWSER_LABEL or not await self._vault.delete_token(token.account, token.id):
            return
        log.info("browser.logged_out", which=token.id)
        self._end(token.account, [token.secret_hash], None)

    async def log_out_browsers(self, account: PersonId, asker: Asker) -> None:
        """Forget what all browsers of an account show. Raises `StoreUnavailable`."""
        self._end(account, await log_out_browsers(self._vault, account), asker)

    def _end(self, account: PersonId, secrets: Collection[bytes], asker: Asker | None) -> None:
        for secret in secrets:
            self._on_revoked(secret)
        for session in list(self._sessions.of(account)):
            if session.secret_hash in secrets and session is not asker:
                session.dismiss(REVOKED)
