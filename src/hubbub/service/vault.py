"""The vault: where secrets are kept, apart from the records.

Records stay for ever and are read by many. What proves who someone is has to be forgotten when it is replaced, and is
nobody's to read; so it has a place of its own. Not even here is a secret kept that could be used as it is: passwords,
tokens and codes are there as what they are checked against.
"""

from typing import Literal, NewType, Protocol

import msgspec

from hubbub.core.kinds import PersonId

TokenId = NewType("TokenId", str)
"""Which token: made by the service, may be shown, and says nothing about its secret."""

CodeId = NewType("CodeId", str)
"""Which code: as with tokens."""

CodeRole = Literal["member", "owner", "device"]
"""What redeeming a code makes of somebody: an invitation a member, the claim of a new server its owner. The one for
a device lets whoever made it be there as well: `service.devices`."""


class Secret(msgspec.Struct, frozen=True):
    """Something that is never shown: its `repr` tells only what it is."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class ScramVerifier(Secret, frozen=True):
    """What SCRAM-SHA-256 checks a client's proof against. RFC 5802 section 3, RFC 7677."""

    salt: bytes
    iterations: int
    stored_key: bytes
    server_key: bytes


class Credentials(Secret, frozen=True):
    """What one password is checked against, however it is presented."""

    password_hash: str
    """By argon2id, as a PHC string, which says its parameters and salt."""
    scram: ScramVerifier


class Token(Secret, frozen=True):
    """What a program shows instead of a password."""

    id: TokenId
    account: PersonId
    name: str
    """What its owner calls it."""
    secret_hash: bytes
    """SHA-256 of the secret. A fast hash is right here: a slow one, and salt, make up for secrets that can be guessed,
    and nobody guesses 256 random bits. It also lets the token be found by its hash."""
    created_ms: int
    used_ms: int | None = None
    """When it was last used; None before the first time."""


class SshKey(msgspec.Struct, frozen=True):
    """What lets somebody in by SSH who has the private half of it."""

    fingerprint: bytes
    """SHA-256 of the public half, which is no secret."""
    account: PersonId
    name: str
    """What its owner calls it; no two keys of an account are called alike."""
    kind: str
    created_ms: int
    used_ms: int | None = None
    """When it was last used; None before the first time."""


class Code(Secret, frozen=True):
    """What lets somebody make an account: an invitation, or the one claim of a new server; or be in an account."""

    id: CodeId
    secret_hash: bytes
    """SHA-256 of the code, which is random: see `Token.secret_hash`."""
    role: CodeRole
    created_by: PersonId | None
    """Whose invitation it is; None for the server's own."""
    label: str
    """What it was made for, in words for people."""
    created_ms: int
    expires_ms: int | None
    """From when on it is worth nothing; None for never."""
    uses_left: int

    def is_good(self, now_ms: int) -> bool:
        """Say whether it can still be redeemed."""
        return self.uses_left > 0 and (self.expires_ms is None or now_ms < self.expires_ms)


class Vault(Protocol):
    """Keeps secrets. It is open while the store that it was made with is.

    Every method may raise `StoreUnavailable`; then it changed nothing. (One exception, as with the store: when the
    connection to a database is lost during a commit, it may have. All may then be repeated; at worst, a token exists
    that nobody knows, or a use of a code is lost.) What one node has changed, all others see when the method returns.
    """

    async def load_credentials(self, account: PersonId) -> Credentials | None:
        """Return what an account's password is checked against, or None where it has none."""

    async def save_credentials(self, account: PersonId, credentials: Credentials) -> None:
        """Keep these instead of the account's earlier ones."""

    async def delete_credentials(self, account: PersonId) -> None:
        """Forget an account's password; harmless when repeated."""

    async def add_token(self, token: Token) -> None:
        """Keep a new token, whose id and secret nobody else has."""

    async def list_tokens(self, account: PersonId) -> list[Token]:
        """Return an account's tokens, the oldest first."""

    async def find_token(self, secret_hash: bytes) -> Token | None:
        """Return the token with that secret, or None."""

    async def note_token_use(self, token: TokenId, time_ms: int) -> None:
        """Remember when a token was used, unless a later use is known; nothing happens where it is gone.

        Each call is a commit: once a minute and token is often enough.
        """

    async def delete_token(self, account: PersonId, token: TokenId) -> bool:
        """Forget a token of that account, and return whether there was one."""

    async def delete_tokens(self, account: PersonId) -> None:
        """Forget all tokens of an account."""

    async def add_ssh_key(self, key: SshKey) -> bool:
        """Keep a new key, and return whether it could be: not where it is there, or another of its name.

        Of any number of simultaneous calls with one key, from any nodes, one succeeds.
        """

    async def list_ssh_keys(self, account: PersonId) -> list[SshKey]:
        """Return an account's keys, the oldest first."""

    async def find_ssh_key(self, fingerprint: bytes) -> SshKey | None:
        """Return the key with that fingerprint, or None."""

    async def note_ssh_key_use(self, fingerprint: bytes, time_ms: int) -> None:
        """Remember when a key was used, as for tokens."""

    async def delete_ssh_key(self, account: PersonId, name: str) -> SshKey | None:
        """Forget a key of that account, and return what it was; None where there is none of that name."""

    async def delete_ssh_keys(self, account: PersonId) -> None:
        """Forget all keys of an account."""

    async def add_code(self, code: Code) -> None:
        """Keep a new code, whose id and secret nobody else has."""

    async def redeem_code(self, secret_hash: bytes, now_ms: int) -> Code | None:
        """Use up one use of the code with that secret, and return what is left of it.

        None where there is no such code, it has expired, or it is used up. Of any number of simultaneous calls, from
        any nodes, exactly as many succeed as there were uses left.
        """

    async def give_back_code(self, secret_hash: bytes) -> None:
        """Undo one redemption, because what it was for has failed; nothing happens where the code is gone."""

    async def list_codes(self) -> list[Code]:
        """Return all codes, those that are used up or expired too, the oldest first."""

    async def delete_code(self, code: CodeId) -> bool:
        """Forget a code, and return whether there was one."""

    async def delete_codes(self, role: CodeRole) -> None:
        """Forget all codes that give this role."""
