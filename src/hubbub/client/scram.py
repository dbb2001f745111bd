"""Proving a password without sending it: a client's arithmetic of SCRAM-SHA-256. RFC 5802 section 3, RFC 7677."""

import base64
import binascii
import contextlib
import hashlib
import hmac
import re
from typing import Final

import msgspec
import precis_i18n

from hubbub.client.errors import Misunderstood

LEAST_ITERATIONS: Final = 4_096
"""Fewer would let whoever plays the server guess cheaply. RFC 7677 section 4."""

MOST_ITERATIONS: Final = 10_000_000
"""More would keep a client busy for seconds, and nobody wants so many."""

_CHALLENGE: Final = re.compile(r"r=([!-+\--~]+),s=([A-Za-z0-9+/=]+),i=([0-9]{1,9})(?:,.*)?")

_HEADER: Final = "n,,"
"""No channel binding."""


class Challenge(msgspec.Struct, frozen=True):
    """What the password is to be salted with."""

    text: str
    nonce: str
    salt: bytes
    iterations: int


class Proof(msgspec.Struct, frozen=True):
    """What shows that one knows the password, and what the server has to show for that it does."""

    message: str
    server_final: str


class Exchange:
    """One log-in, from the client's first message to the server's proof."""

    def __init__(self, name: str, nonce: str) -> None:
        """Begin, with a nonce of printable ASCII without commas that nobody can guess."""
        self._nonce = nonce
        self._bare = f"n={name.replace('=', '=3D').replace(',', '=2C')},r={nonce}"

    @property
    def first(self) -> str:
        """The client's first message."""
        return _HEADER + self._bare

    def read(self, text: str) -> Challenge:
        """Read the server's first message; raises `Misunderstood` for what is none, or not to this one."""
        found = _CHALLENGE.fullmatch(text)
        if found is None or not found[1].startswith(self._nonce) or found[1] == self._nonce:
            raise Misunderstood("The server's challenge is none, or somebody else's.")
        iterations = int(found[3])
        if not LEAST_ITERATIONS <= iterations <= MOST_ITERATIONS:
            raise Misunderstood(f"The server wants a password hashed {iterations} times, which is not safe.")
        try:
            salt = base64.b64decode(found[2], validate=True)
        except binascii.Error:
            raise Misunderstood("The server's challenge is none.") from None
        return Challenge(text, found[1], salt, iterations)

    def prove(self, challenge: Challenge, salted: bytes) -> Proof:
        """Return the client's final message, given the salted password, and what the server has to answer."""
        binding = base64.b64encode(_HEADER.encode()).decode()
        without_proof = f"c={binding},r={challenge.nonce}"
        said = f"{self._bare},{challenge.text},{without_proof}".encode()
        client_key = hmac.digest(salted, b"Client Key", "sha256")
        signature = hmac.digest(hashlib.sha256(client_key).digest(), said, "sha256")
        proof = bytes(one ^ other for one, other in zip(client_key, signature, strict=True))
        server_signature = hmac.digest(hmac.digest(salted, b"Server Key", "sha256"), said, "sha256")
        return Proof(
            f"{without_proof},p={base64.b64encode(proof).decode()}",
            f"v={base64.b64encode(server_signature).decode()}",
        )


def salt_password(password: str, salt: bytes, iterations: int) -> bytes:
    """Return what is kept of a password on either side; takes a fifth of a second, so not on the loop.

    Passwords are compared by PRECIS OpaqueString (RFC 8265 section 4). One that cannot be any is wrong as it is.
    """
    prepared = password
    if not (password.isascii() and password.isprintable()):
        with contextlib.suppress(UnicodeEncodeError):
            prepared = precis_i18n.get_profile("OpaqueString").enforce(password)
    return hashlib.pbkdf2_hmac("sha256", prepared.encode(errors="replace"), salt, iterations)
