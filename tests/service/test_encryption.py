"""Encryption: from where a password may come."""

import pytest

from hubbub.service.encryption import RequireTls, may_log_in, needs_encryption
from hubbub.service.peers import Peer

HERE = Peer("127.0.0.1:1", "127.0.0.1")
AWAY = Peer("192.0.2.1:1", "192.0.2.1")
HERE_ENCRYPTED = Peer("127.0.0.1:1", "127.0.0.1", is_encrypted=True)
AWAY_ENCRYPTED = Peer("192.0.2.1:1", "192.0.2.1", is_encrypted=True)


@pytest.mark.parametrize(
    ("require", "allowed"),
    [
        ("never", [HERE, AWAY, HERE_ENCRYPTED, AWAY_ENCRYPTED]),
        ("remote", [HERE, HERE_ENCRYPTED, AWAY_ENCRYPTED]),
        ("always", [HERE_ENCRYPTED, AWAY_ENCRYPTED]),
    ],
)
def test_who_may_log_in(require: RequireTls, allowed: list[Peer]) -> None:
    """Over TLS always; without it as far as the operator allows, and by default from this machine alone."""
    everybody = [HERE, AWAY, HERE_ENCRYPTED, AWAY_ENCRYPTED]
    assert [peer for peer in everybody if may_log_in(peer, require)] == allowed


def test_the_refusal_says_how_to_do_it_safely() -> None:
    """A whole command, with the address where it is known."""
    refusal = needs_encryption("chat.example:4242").refusal
    assert refusal.code == "needs_encryption"
    assert refusal.sentence.endswith("openssl s_client -quiet -connect chat.example:4242")
    assert needs_encryption().refusal.sentence.endswith("HOST:PORT")
