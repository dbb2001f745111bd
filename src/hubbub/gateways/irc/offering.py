"""Offering: which capabilities there are for one client at the moment, and with which values.

Most are always there. A few depend on how the client is connected and on what the operator has set, which may change
while it is: then it is told of what is new and of what is gone. IRCv3 capability-negotiation, CAP NEW and CAP DEL.
"""

from collections.abc import Mapping
from typing import Final

from hubbub.gateways.irc.capabilities import VALUES, Capability
from hubbub.service.peers import Peer

Offer = Mapping[Capability, str]
"""What is offered, each with its value; "" where there is none."""

ALWAYS: Final[Offer] = {one: VALUES.get(one, "") for one in sorted(Capability, key=lambda one: ("/" in one, one))}
"""Those that depend on nothing, drafts and others' last: old clients are told only as many as go into one line."""


class Offering:
    """Knows it; one for all IRC conversations of a server."""

    def __init__(self) -> None:
        self.version = 0
        """Grows with every change, so that who has told a client of one version sees that there is another."""

    def of(self, peer: Peer) -> Offer:  # noqa: ARG002 - nothing depends on it yet
        """Return what is offered to a client that is connected so."""
        return ALWAYS
