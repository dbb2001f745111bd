"""SCRAM-SHA-256 as in the example of RFC 7677, and proofs that are none."""

import base64
import hashlib
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.scram import derive_keys, is_proof_right, sign
from tests.fuzz.budget import QUICK

NONCE: Final = b"rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
AUTH_MESSAGE: Final = (
    b"n=user,r=rOprNGfwEbeRWgbNEkqO,r=" + NONCE + b",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=" + NONCE
)
PROOF: Final = base64.b64decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
SIGNATURE: Final = base64.b64decode("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")
"""RFC 7677 section 3: the user `user` with the password `pencil`."""

KEYS: Final = derive_keys(hashlib.pbkdf2_hmac("sha256", b"pencil", base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096))


def test_the_example_of_the_rfc() -> None:
    """The client's proof is right, and the server's signature is what the client expects."""
    assert is_proof_right(KEYS.stored_key, AUTH_MESSAGE, PROOF)
    assert sign(KEYS.server_key, AUTH_MESSAGE) == SIGNATURE


def test_another_conversation() -> None:
    """A proof that was overheard proves nothing in a conversation with other nonces."""
    assert not is_proof_right(KEYS.stored_key, AUTH_MESSAGE + b"x", PROOF)
    assert sign(KEYS.server_key, AUTH_MESSAGE + b"x") != SIGNATURE


def test_another_password() -> None:
    """The proof of one password is wrong for the keys of another."""
    assert not is_proof_right(derive_keys(b"another").stored_key, AUTH_MESSAGE, PROOF)


@QUICK
@given(st.integers(0, 255))
def test_every_bit_counts(bit: int) -> None:
    """A proof with one bit changed is wrong."""
    changed = (int.from_bytes(PROOF, "big") ^ 1 << bit).to_bytes(32, "big")
    assert not is_proof_right(KEYS.stored_key, AUTH_MESSAGE, changed)


@QUICK
@given(st.binary(max_size=64))
def test_any_bytes_are_a_wrong_proof(proof: bytes) -> None:
    """Whatever is sent for a proof, of whatever length, the answer is no."""
    assert not is_proof_right(KEYS.stored_key, AUTH_MESSAGE, proof)
