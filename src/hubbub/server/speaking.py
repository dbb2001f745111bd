"""Speaking: protocols that libraries understand for us, and that are not loaded before somebody wants one of them."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from hubbub.gateways.http.exchange import Exchange
    from hubbub.gateways.ssh.visit import Visit
    from hubbub.server.arrival import Arrival
    from hubbub.service.peers import Peer


class Speaker(Protocol):
    """Whoever speaks one of them."""

    @property
    def is_loaded(self) -> bool:
        """Whether a connection can begin."""

    async def load(self) -> None:
        """Get ready; harmless when repeated."""

    def connect(self, peer: "Peer", host: "Arrival") -> "Exchange | Visit":
        """Return the protocol for a connection, once everything is loaded."""
