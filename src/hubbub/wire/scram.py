"""The server's arithmetic of SCRAM-SHA-256: RFC 5802 section 3 with the hash of RFC 7677.

Only what is done with keys; the messages that carry salts, nonces and proofs belong to whoever speaks SASL. An
authentication message is `client-first-message-bare,server-first-message,client-final-message-without-proof`.
"""

import hashlib
import hmac
from typing import NamedTuple


class Keys(NamedTuple):
    """What a server keeps of a password."""

    stored_key: bytes
    """Against which proofs are checked. Who steals it can impersonate the server, but not the client."""
    server_key: bytes
    """With which the server proves itself."""


def derive_keys(salted_password: bytes) -> Keys:
    """Return the keys of a password, given PBKDF2-HMAC-SHA-256 of it: slow, and so left to the caller."""
    client_key = _hmac(salted_password, b"Client Key")
    return Keys(hashlib.sha256(client_key).digest(), _hmac(salted_password, b"Server Key"))


def is_proof_right(stored_key: bytes, auth_message: bytes, proof: bytes) -> bool:
    """Return whether a client's proof shows that it knows the password; any bytes may come for a proof."""
    signature = _hmac(stored_key, auth_message)
    if len(proof) != len(signature):
        return False
    client_key = bytes(one ^ other for one, other in zip(proof, signature, strict=True))
    return hmac.compare_digest(hashlib.sha256(client_key).digest(), stored_key)


def sign(server_key: bytes, auth_message: bytes) -> bytes:
    """Return the signature by which the server shows that it knows the password, too."""
    return _hmac(server_key, auth_message)


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")
