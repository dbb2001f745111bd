"""Served: what the port and a stopping server need of every connection, whatever is spoken on it."""

from collections.abc import Callable
from typing import Protocol

from hubbub.gateways.closing import Closing


class Served(Protocol):
    """One client, from its first byte to its last."""

    @property
    def protocol(self) -> str:
        """Return what is spoken, as it is called in logs."""

    def receive(self, data: bytes) -> None:
        """Take what came before this connection had its transport."""

    def close(self, closing: Closing, sentence: str = "") -> None:
        """Say farewell in the protocol's own way and close, once everything written is sent or the peer is too slow."""

    def finish(self, finished: Callable[[], None]) -> None:
        """Take no new request, and call back once everything that was asked is answered."""

    def abort(self) -> None:
        """Drop the connection and what was to be sent."""

    @property
    def waiting_bytes(self) -> int:
        """Return how much the peer has not accepted yet."""
