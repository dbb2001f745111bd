"""The arrival: one connection as the port sees it, from its first byte to its last."""

import asyncio
import socket
from typing import Protocol as Interface

from msgspec import structs

from hubbub.gateways.closing import Closing
from hubbub.gateways.served import Served
from hubbub.server.certificate import certified_name
from hubbub.server.decrypted import Decrypted
from hubbub.server.first_bytes import FirstBytes
from hubbub.service.peers import Peer
from hubbub.wire.detect import DETECT_BYTES, Protocol, detect


class Doorkeeper(Interface):
    """What an arrival needs of the port."""

    def hand_over(self, arrival: "Arrival", protocol: Protocol) -> None:
        """Begin the conversation that the first bytes asked for."""

    def named(self, arrival: "Arrival") -> None:
        """Count a connection no longer among the silent ones."""

    def forget(self, arrival: "Arrival") -> None:
        """Count out somebody who is gone."""

    def upgrade(self, arrival: "Arrival", transport: asyncio.Transport, data: bytes) -> bytes | None:
        """Begin a conversation over WebSocket, or return the answer that refuses it; see `Upgrader`."""


class Arrival(FirstBytes):
    """First a socket whose owner has yet to speak, then the host of whatever is `Served`."""

    __slots__ = ("_has_begun", "_is_unwanted", "_port", "connection", "decrypted", "peer")

    def __init__(self, port: Doorkeeper, loop: asyncio.AbstractEventLoop, sock: socket.socket, peer: Peer) -> None:
        super().__init__(loop, sock, DETECT_BYTES)
        self._port = port
        self.peer = peer
        self.connection: Served | None = None
        self.decrypted: Decrypted | None = None
        """Whoever is inside, once the first bytes have asked for TLS, as long as it is not known what he speaks."""
        self._has_begun = False
        """Whether the conversation can be told anything."""
        self._is_unwanted = False
        """Whether it is to be sent away as soon as it has begun."""

    def see(self, data: bytes) -> bool:
        """Hand somebody over once it is clear what he speaks."""
        protocol = detect(data)
        if protocol is None:
            return False
        self._decide(protocol)
        return True

    def see_end(self) -> None:
        """Take someone who stays silent, or says too little, for a person who waits to be greeted."""
        self._decide(Protocol.TEXT)

    def drop(self) -> None:
        """Send someone away who has not said who he is, to make room."""
        if self.connection is None:
            self._drop_silently()
        elif self._has_begun:
            self.connection.close(Closing.TOO_MANY)
        else:
            self._is_unwanted = True

    def certify(self, transport: asyncio.Transport) -> "Arrival":
        """Note whom the certificate names that the client has shown, if it has, and return the arrival."""
        if certified := certified_name(transport.get_extra_info("peercert")):
            self.peer = structs.replace(self.peer, certified=certified)
        return self

    def begun(self) -> None:
        """Note that the conversation has begun."""
        self._has_begun = True
        if self._is_unwanted:
            self.drop()

    def named(self) -> None:
        """Note that the client has said who it is."""
        self._port.named(self)

    def closed(self) -> None:
        """Note that the connection is gone."""
        self._port.forget(self)

    def upgraded(self, transport: asyncio.Transport, data: bytes) -> bytes | None:
        """Let the client go on over WebSocket, or return the answer that refuses it."""
        return self._port.upgrade(self, transport, data)

    def _drop_silently(self) -> None:
        if self.decrypted is not None:
            self.decrypted.drop()
            return
        self.stop_watching()
        self.sock.close()
        self._port.forget(self)

    def _decide(self, protocol: Protocol) -> None:
        self.stop_watching()
        self._port.hand_over(self, protocol)
