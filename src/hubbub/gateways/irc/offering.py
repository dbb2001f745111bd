"""Offering: which capabilities there are for one client at the moment, and with which values.

Most are always there. A few depend on how the client is connected and on what the operator has set, which may change
while it is: then it is told of what is new and of what is gone. IRCv3 capability-negotiation, CAP NEW and CAP DEL.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from hubbub.core.access import Access
from hubbub.gateways.irc.capabilities import VALUES, Capability
from hubbub.service.encryption import RequireTls, may_log_in
from hubbub.service.peers import Peer

Offer = Mapping[Capability, str]
"""What is offered, each with its value; "" where there is none."""

PLAIN: Final = "PLAIN"
SCRAM_SHA_256: Final = "SCRAM-SHA-256"
EXTERNAL: Final = "EXTERNAL"
"""Mechanisms of SASL, by their names in the registry of RFC 4422."""

SELDOM: Final = frozenset({Capability.SASL, Capability.ACCOUNT_REGISTRATION, Capability.STS})
"""What is not always there, or not always with the same value."""

ALWAYS: Final[Offer] = {one: VALUES.get(one, "") for one in Capability if one not in SELDOM}


class Allowed(msgspec.Struct, frozen=True):
    """What the operator allows, as far as it decides what is offered."""

    require_tls: RequireTls = "remote"
    access: Access = Access()
    sts_port: int = 0
    """Where clients in clear text are told to come by TLS instead; 0 for nowhere."""
    sts_seconds: int = 0
    """How long those who have come by TLS are to keep to it."""


class Offering:
    """Knows it; one for all IRC conversations of a server."""

    def __init__(self) -> None:
        self.version = 0
        """Grows with every change, so that who has told a client of one version sees that there is another."""
        self._allowed = Allowed()

    def use(self, allowed: Allowed) -> None:
        """Offer only what the operator allows from now on."""
        self._allowed = allowed
        self.version += 1

    def of(self, peer: Peer) -> Offer:
        """Return what is offered to a client that is connected so.

        Drafts and what others have invented stand last: old clients are told only as much as goes into one line.
        """
        allowed = self._allowed
        offer = {**ALWAYS, Capability.SASL: ",".join(self.mechanisms(peer))}
        if may_log_in(peer, allowed.require_tls) and allowed.access.registration and allowed.access.who != "invited":
            offer[Capability.ACCOUNT_REGISTRATION] = "before-connect"
        if allowed.sts_port:
            # In clear text a duration means nothing, for anybody may have put it there.
            duration = f"duration={allowed.sts_seconds}"
            offer[Capability.STS] = duration if peer.is_encrypted else f"port={allowed.sts_port}"
        return {one: offer[one] for one in sorted(offer, key=lambda one: ("/" in one, one))}

    def mechanisms(self, peer: Peer) -> Sequence[str]:
        """Return how such a client may prove whose account it has, the best first."""
        may_send_passwords = may_log_in(peer, self._allowed.require_tls)
        return [
            *((EXTERNAL,) if peer.certified else ()),
            SCRAM_SHA_256,
            *((PLAIN,) if may_send_passwords else ()),
        ]
