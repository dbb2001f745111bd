"""Proofs: how somebody shows that an account is his, by its password or by a token."""

import math
from typing import Final, Protocol

import structlog

from hubbub.core.account_requests import LogIn
from hubbub.core.decisions.accounts import require_enabled
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.names import find_key
from hubbub.service.guard import Guard
from hubbub.service.guard import LogIn as Attempt
from hubbub.service.passwords import Passwords
from hubbub.service.peers import Peer
from hubbub.service.ports import Clock
from hubbub.service.secret_codes import hash_token
from hubbub.service.vault import Token, Vault

TOKEN_USE_MS: Final = 60_000
"""How exactly it is known when a token was last used, in milliseconds: to write every use down is a commit each."""

log = structlog.get_logger(__name__)


class RequireSafe(Protocol):
    """Whether a password may be sent on a connection."""

    def __call__(self, peer: Peer) -> None:
        """Raise `Refused` with `needs_encryption` where others could read it."""


class Proofs:
    """Checks passwords and tokens, and slows down whoever guesses."""

    def __init__(  # noqa: PLR0913 - the parts it joins, and nothing else
        self,
        house: House,
        vault: Vault,
        passwords: Passwords,
        guard: Guard,
        clock: Clock,
        require_safe: RequireSafe,
    ) -> None:
        self._house = house
        self._vault = vault
        self._passwords = passwords
        self._guard = guard
        self._clock = clock
        self._require_safe = require_safe

    async def prove(self, asked: LogIn, peer: Peer) -> PersonId:
        """Return whose account somebody has proved to be his.

        Raises `Refused` with `wrong_password`, `too_fast`, `disabled`, `needs_encryption` or `try_again`. Nobody learns
        whether there is an account of that name, and it takes as long either way.
        """
        self._require_safe(peer)
        account = self.find_account(asked.name)
        # Under the name that was tried, whether anybody has it or not; but all those of one account are one.
        found = None if account is None else self._house.account_of(account)
        with self.attempt(find_key(asked.name) if found is None else found.key, peer) as attempt:
            if not await self._is_right(account, asked.password) or account is None:
                attempt.fail()
                # What is no account's name may be a password that was typed in the wrong place.
                log.info("login.failed", name="" if account is None else asked.name, peer=peer.place)
                raise Refused("wrong_password", "That name and that password do not belong together. Check both.")
            attempt.succeed()
        require_enabled(self._house, account)
        return account

    def recognise_certified(self, name: str, peer: Peer) -> PersonId:
        """Return whose account it is that the connection's certificate names, under the name that is meant, if any.

        Raises `Refused` with `wrong_password` or `disabled`. Nobody guesses certificates, and so nobody has to wait.
        """
        account = self.find_account(peer.certified) if peer.certified else None
        if account is None or (name and self.find_account(name) != account):
            raise Refused("wrong_password", "You have shown no certificate that is good for that account.")
        require_enabled(self._house, account)
        return account

    async def require_password(self, person: Person, password: str, peer: Peer) -> None:
        """Raise `Refused`, as `prove` does, unless it is the person's password."""
        self._require_safe(peer)
        with self.attempt(person.key, peer) as attempt:
            if not await self._passwords.verify(await self._vault.load_credentials(person.id), password):
                attempt.fail()
                raise Refused("wrong_password", "That is not your password.")
            attempt.succeed()

    async def note_token_use(self, token: Token) -> None:
        """Write down that a token was used, about as exactly as anybody wants to know."""
        now_ms = self._clock.time_ms()
        if token.used_ms is None or now_ms - token.used_ms >= TOKEN_USE_MS:
            await self._vault.note_token_use(token.id, now_ms)

    def attempt(self, name: str, peer: Peer) -> Attempt:
        """Begin to try a secret. Raises `Refused` with `too_fast` for whoever has to wait."""
        attempt = self._guard.log_in(name, peer.group)
        if attempt.wait_seconds:
            seconds = math.ceil(attempt.wait_seconds)
            wait = f"{seconds} second{'s' if seconds > 1 else ''}"
            raise Refused(
                "too_fast",
                f"Too many tries at once, or too many that were wrong. Try again in {wait}.",
                retry_seconds=attempt.wait_seconds,
            )
        return attempt

    def find_account(self, name: str) -> PersonId | None:
        """Return who is called so, or was not long ago: he may have forgotten his new name, and it is kept for him."""
        holder = self._house.directory.holder(find_key(name), self._clock.time_ms())
        return None if holder is None or self._house.account_of(holder) is None else holder

    async def _is_right(self, account: PersonId | None, password: str) -> bool:
        """Return whether it is the account's password, or a token of it; where there is none, no, as slowly."""
        if (secret := hash_token(password)) is not None:
            return await self._is_token_of(account, secret)
        credentials = None if account is None else await self._vault.load_credentials(account)
        if not await self._passwords.verify(credentials, password):
            return False
        if account is not None and credentials is not None and self._passwords.is_outdated(credentials):
            await self._vault.save_credentials(account, await self._passwords.hash(password))
        return True

    async def _is_token_of(self, account: PersonId | None, secret: bytes) -> bool:
        token = await self._vault.find_token(secret)
        if token is None or token.account != account:
            return False
        await self.note_token_use(token)
        return True
