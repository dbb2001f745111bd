"""Passwords: what is kept of them, and whether one is right."""

import asyncio
import hashlib
import os
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from hubbub.core.kinds import Refused
from hubbub.service.password_rules import prepare_password
from hubbub.service.stepping_back import step_back
from hubbub.service.vault import Credentials, ScramVerifier
from hubbub.wire.scram import derive_keys

if TYPE_CHECKING:
    from argon2 import PasswordHasher

T = TypeVar("T")

SALT_BYTES: Final = 16
"""Of a SCRAM verifier, as of argon2's hashes. RFC 9106 section 4."""


class Cost(msgspec.Struct, frozen=True):
    """How dear one guess is, for us and for whoever has stolen the vault."""

    memory_kib: int = 65_536
    """RFC 9106 section 4, the second recommended option: 64 MiB and three passes. OWASP's least are 19 MiB and two."""

    passes: int = 3
    """As above."""

    lanes: int = 1
    """Of the RFC's four: lanes let one hash use many cores, and here others wait for them. The work is the same."""

    scram_iterations: int = 600_000
    """OWASP's least for PBKDF2 with SHA-256. RFC 7677 wants 4 096 at least, but that would make the verifier the weak
    place: whoever has stolen the vault guesses at what is cheapest. A client computes them at each log-in: 0.2 s."""


COST: Final = Cost()
"""150 ms and 64 MiB to verify; hashing takes twice as long, for the SCRAM verifier. See docs/decisions/secrets.md."""

HASHES_AT_ONCE: Final = min(os.cpu_count() or 1, 4)
"""As many as there are cores: more would only take memory, of which this is at most 256 MiB. On two cores, 50 log-ins
take 5 s."""

WAITING_LIMIT: Final = 64
"""Log-ins that may be under way: five seconds on two cores, half of what a program has to say who it is."""

BUSY_SECONDS: Final = 5.0
"""When to come back if there are more."""

_HASH_BYTES: Final = 32


class Passwords:
    """Hashes and verifies on threads of its own, as many at once as memory and cores bear; the loop goes on.

    Whoever cannot be served soon is refused with `try_again`.
    """

    def __init__(self, cost: Cost = COST, hashes_at_once: int = HASHES_AT_ONCE) -> None:
        self.cost = cost
        self._threads = ThreadPoolExecutor(hashes_at_once, "hubbub-passwords", step_back)
        self._under_way = 0

    def close(self) -> None:
        """Take no more work, and drop what has not begun."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def hash(self, password: str) -> Credentials:
        """Return what to keep of a password; whether it is good enough, `require_password` has said.

        Raises `Refused` with `bad_password` for what cannot be one, and with `try_again`.
        """
        prepared = prepare_password(password)
        return await self._do(lambda: self._hash(prepared))

    async def verify(self, credentials: Credentials | None, password: str) -> bool:
        """Return whether it is the password. Raises `Refused` with `try_again`.

        Without credentials, because there is no such account or it has none, the answer is no and takes as long: how
        long it takes tells nobody who exists.
        """
        try:
            prepared = prepare_password(password)
        except Refused:
            return False  # nobody can have it, so this tells nothing either
        password_hash = self._hash_of_nobody if credentials is None else credentials.password_hash
        is_right = await self._do(lambda: self._verify(password_hash, prepared))
        return is_right and credentials is not None

    def is_outdated(self, credentials: Credentials) -> bool:
        """Return whether these were made at another cost: then hash the password anew when it has been verified."""
        return (
            self._hasher.check_needs_rehash(credentials.password_hash)
            or credentials.scram.iterations != self.cost.scram_iterations
        )

    async def _do(self, job: Callable[[], T]) -> T:
        if self._under_way >= WAITING_LIMIT:
            raise Refused(
                "try_again",
                "Many people are logging in at this moment. Try again in a few seconds.",
                retry_seconds=BUSY_SECONDS,
            )
        self._under_way += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, job)
        finally:
            self._under_way -= 1

    def _hash(self, prepared: str) -> Credentials:
        salt, iterations = secrets.token_bytes(SALT_BYTES), self.cost.scram_iterations
        keys = derive_keys(hashlib.pbkdf2_hmac("sha256", prepared.encode(), salt, iterations))
        return Credentials(self._hasher.hash(prepared), ScramVerifier(salt, iterations, *keys))

    def _verify(self, password_hash: str, prepared: str) -> bool:
        from argon2.exceptions import VerifyMismatchError  # noqa: PLC0415 - as `_hasher`

        try:
            return self._hasher.verify(password_hash, prepared)
        except VerifyMismatchError:
            return False

    @cached_property
    def _hasher(self) -> "PasswordHasher":
        from argon2 import PasswordHasher  # noqa: PLC0415 - a server where nobody logs in starts without it

        cost = self.cost
        return PasswordHasher(cost.passes, cost.memory_kib, cost.lanes, hash_len=_HASH_BYTES, salt_len=SALT_BYTES)

    @property
    def _hash_of_nobody(self) -> str:
        """Return a hash that costs as much to verify as any other, and that no password has."""
        cost = self.cost
        # Nothing but zeros, in base 64 without padding.
        salt, digest = ("A" * -(-count * 8 // 6) for count in (SALT_BYTES, _HASH_BYTES))
        return f"$argon2id$v=19$m={cost.memory_kib},t={cost.passes},p={cost.lanes}${salt}${digest}"
