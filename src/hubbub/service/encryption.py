"""Encryption: from where a secret may be sent without TLS."""

from typing import Literal, assert_never

from hubbub.core.kinds import Refused
from hubbub.service.peers import Peer
from hubbub.wire.links import ANYWHERE

RequireTls = Literal["never", "remote", "always"]
"""Who has to use TLS to log in: nobody, everybody who is not on this machine, or everybody."""


def may_log_in(peer: Peer, require: RequireTls) -> bool:
    """Return whether a password may come over this connection."""
    match require:
        case "never":
            return True
        case "remote":
            return peer.is_encrypted or peer.is_local
        case "always":
            return peer.is_encrypted
        case _:
            assert_never(require)


def needs_encryption(address: str = ANYWHERE) -> Refused:
    """Return what to raise at whoever wants to log in where others can read along; it says how to do it safely."""
    return Refused(
        "needs_encryption",
        "Logging in needs an encrypted connection: others on the way could read your password. "
        f"Connect with: openssl s_client -quiet -connect {address}",
    )
