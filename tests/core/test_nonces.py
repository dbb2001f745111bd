"""Nonces: what a client may call its messages."""

import pytest

from hubbub.core.kinds import Refused
from hubbub.core.nonces import NONCE_LENGTH, require_nonce


@pytest.mark.parametrize("nonce", ["", "a", "3fa85f64-5717-4562-b3fc-2c963f66afa6", "!" * NONCE_LENGTH])
def test_a_nonce_is_taken_as_it_is(nonce: str) -> None:
    """Clients choose it."""
    assert require_nonce(nonce) == nonce


@pytest.mark.parametrize("nonce", [" ", "a b", "a\n", "ä", "\0", "!" * (NONCE_LENGTH + 1)])
def test_what_is_none_is_refused(nonce: str) -> None:
    """It stands in every record, and is bounded."""
    with pytest.raises(Refused) as refused:
        require_nonce(nonce)
    assert refused.value.refusal.code == "bad_nonce"
