"""Recognising: who somebody is who shows a secret with each request: a token, what a browser was given, or a pass."""

from typing import Final

import structlog

from hubbub.core.account_requests import LogIn
from hubbub.core.kinds import PersonId, Refused
from hubbub.service.passes import Passes
from hubbub.service.peers import Peer
from hubbub.service.ports import Clock
from hubbub.service.proofs import Proofs, RequireSafe
from hubbub.service.recent import Recent
from hubbub.service.secret_codes import hash_token, make_id, make_token
from hubbub.service.vault import Token, TokenId, Vault

BROWSER_LABEL: Final = "Browser"
"""What the tokens are called that log-ins over HTTP make; they are listed and revoked like all others."""

BROWSERS_PER_ACCOUNT: Final = 20
"""Most of them of one account: beyond, the oldest is logged out."""

BROWSER_SECONDS: Final = 30 * 86_400
"""How long a browser stays logged in that is not used. NIST SP 800-63B section 4.1.3: at most 30 days."""

TRUSTED: Final = 4_096
TRUSTED_SECONDS: Final = 1.0
"""How many tokens are not looked up again, and how long: so much later, at most, is it known that one was revoked."""

_MILLISECONDS: Final = 1_000

log = structlog.get_logger(__name__)


class Recognising:
    """Knows people by what they show."""

    def __init__(self, vault: Vault, proofs: Proofs, passes: Passes, clock: Clock, require_safe: RequireSafe) -> None:
        self._vault = vault
        self._proofs = proofs
        self._passes = passes
        self._clock = clock
        self._require_safe = require_safe
        self._trusted: Recent[bytes, Token] = Recent(TRUSTED, TRUSTED_SECONDS)

    async def recognise(self, secret: str, peer: Peer) -> PersonId:
        """Return whose secret that is. Raises `StoreUnavailable`, and `Refused` for one that is nobody's."""
        if (guest := self._passes.find(secret)) is not None:
            return guest
        return await self._require_account(secret, peer)

    async def require_account(self, secret: str, peer: Peer) -> PersonId:
        """Return whose token that is at this moment: he is going to stay. Raises as `recognise` does."""
        if (hashed := hash_token(secret)) is not None:
            self._trusted.drop(hashed)
        return await self._require_account(secret, peer)

    async def _require_account(self, secret: str, peer: Peer) -> PersonId:
        self._require_safe(peer)
        token = await self._find(secret)
        if token is None:
            raise Refused("wrong_password", "That is nobody's token, or nobody's any more. Log in again.")
        return token.account

    def distrust(self, secret_hash: bytes) -> None:
        """Look a token up again the next time: it may have been revoked."""
        self._trusted.drop(secret_hash)

    async def find_id(self, secret: str) -> str:
        """Return what the token is called that somebody shows; empty where it is none. Raises `StoreUnavailable`."""
        token = await self._find(secret)
        return "" if token is None else token.id

    async def prove(self, asked: LogIn, peer: Peer) -> PersonId:
        """Return who has proved that an account is his, for one request. Raises as `Proofs.prove` does."""
        return await self._proofs.prove(asked, peer)

    async def log_in(self, asked: LogIn, peer: Peer) -> tuple[PersonId, str]:
        """Return who has proved that an account is his, and what his browser is to show from now on.

        Raises as `Proofs.prove` does, and `StoreUnavailable`.
        """
        account = await self._proofs.prove(asked, peer)
        return account, await self.admit(account, peer)

    async def admit(self, account: PersonId, peer: Peer) -> str:
        """Return what a browser is to show that has proved to be an account's. Raises `StoreUnavailable`."""
        mine = [one for one in await self._vault.list_tokens(account) if one.name == BROWSER_LABEL]
        for old in mine[: max(len(mine) - BROWSERS_PER_ACCOUNT + 1, 0)]:
            await self._vault.delete_token(account, old.id)
        secret = make_token()
        hashed = hash_token(secret)
        if hashed is None:
            raise AssertionError("a token that was just made is none")
        token = Token(TokenId(make_id()), account, BROWSER_LABEL, hashed, self._clock.time_ms())
        await self._vault.add_token(token)
        log.info("browser.logged_in", which=token.id, peer=peer.place)
        return secret

    async def _find(self, secret: str) -> Token | None:
        hashed = hash_token(secret)
        if hashed is None:
            return None
        now = self._clock.monotonic()
        token = self._trusted.find(hashed, now)
        if token is not None:
            return token
        token = await self._vault.find_token(hashed)
        if token is None:
            return None
        if self._is_over(token):
            await self._vault.delete_token(token.account, token.id)
            return None
        await self._proofs.note_token_use(token)
        self._trusted.keep(hashed, token, now)
        return token

    def _is_over(self, token: Token) -> bool:
        used_ms = max(token.created_ms, token.used_ms or 0)
        return token.name == BROWSER_LABEL and self._clock.time_ms() - used_ms > BROWSER_SECONDS * _MILLISECONDS


async def log_out_browsers(vault: Vault, account: PersonId) -> list[bytes]:
    """Let what all browsers of an account show be worth nothing any more, and return the hashes of it.

    Raises `StoreUnavailable`.
    """
    browsers = [token for token in await vault.list_tokens(account) if token.name == BROWSER_LABEL]
    for token in browsers:
        await vault.delete_token(account, token.id)
    return [token.secret_hash for token in browsers]
