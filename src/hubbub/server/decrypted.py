"""Decrypted: finding out who has come over TLS, where first bytes cannot be looked at without being consumed."""

import asyncio
import socket
from collections.abc import Callable
from typing import Final, cast

from hubbub.gateways.transports.tls import report_waiting
from hubbub.service.ports import Clock, Timer
from hubbub.wire.detect import Protocol, detect

SECOND_LOOK_SECONDS: Final = 0.01
"""How long the loop is given to read what has come in time: a turn is enough."""

Begin = Callable[[asyncio.Transport, Protocol, bytes], None]
"""Begins what the first bytes asked for on their transport, and gives them to it."""


class Decrypted(asyncio.Protocol):
    """Keeps the first bytes until they tell what is spoken; then another protocol takes the transport, and them."""

    __slots__ = (
        "_begin",
        "_clock",
        "_first_bytes",
        "_gone",
        "_seconds",
        "_sock",
        "_timer",
        "_transport",
        "handshake",
        "is_attached",
    )

    def __init__(
        self, sock: socket.socket, clock: Clock, seconds: float | None, begin: Begin, gone: Callable[[], None]
    ) -> None:
        """Take the socket below, and how long silence may last from now on; None means as long as it takes."""
        self._sock = sock
        self._clock = clock
        self._seconds = seconds
        self._begin = begin
        self._gone = gone
        self._first_bytes = b""
        self._timer: Timer | None = None
        self._transport: asyncio.Transport | None = None
        self.handshake: asyncio.Task[None] | None = None
        self.is_attached = False
        """Whether the loop has the socket: then it alone closes it, for by now its number may be somebody else's."""

    @property
    def is_open(self) -> bool:
        """Whether the handshake is done, so that the end will be told by `gone`."""
        return self._transport is not None

    def attach(self) -> "Decrypted":
        """Give the loop the socket; called when it begins the handshake."""
        self.is_attached = True
        return self

    def drop(self) -> None:
        """Send the peer away without a word, whether or not the handshake is done."""
        if self._transport is not None:
            self._transport.abort()
        elif self.handshake is not None:
            self.handshake.cancel()

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the first bytes."""
        # A cast, for uvloop's transports are asyncio's by behaviour and not by class.
        self._transport = cast("asyncio.Transport", transport)
        report_waiting(self._transport)
        if self._seconds is not None:
            self._timer = self._clock.call_later(self._seconds, self._waited)

    def data_received(self, data: bytes) -> None:
        """Decide as soon as there is enough."""
        self._first_bytes += data
        protocol = detect(self._first_bytes)
        if protocol is not None:
            self._decide(protocol)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Note that the peer has gone without saying what it speaks."""
        self._stop_waiting()
        self._gone()

    def _waited(self) -> None:
        """Take a silent peer for a person, unless it was the server that had no time for its first bytes."""
        if self._has_unread():
            self._timer = self._clock.call_later(SECOND_LOOK_SECONDS, self._take_for_person)
        else:
            self._take_for_person()

    def _has_unread(self) -> bool:
        try:
            return bool(self._sock.recv(1, socket.MSG_PEEK))
        except OSError:
            return False

    def _take_for_person(self) -> None:
        self._decide(Protocol.TEXT)

    def _decide(self, protocol: Protocol) -> None:
        self._stop_waiting()
        if self._transport is not None and not self._transport.is_closing():
            self._begin(self._transport, protocol, self._first_bytes)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
