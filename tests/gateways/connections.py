"""Real connections over socket pairs: the server's end is a `Connection`, the other end a test's."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Final

from hubbub.core.access import Access
from hubbub.core.limits import Limits
from hubbub.gateways.connection import Connection
from hubbub.gateways.conversation import Conversation
from hubbub.gateways.surroundings import Services
from hubbub.gateways.transports.tcp import TcpPipe
from hubbub.service.outbox import Volley
from hubbub.service.peers import Peer as Place
from hubbub.wire.detect import Protocol
from tests.gateways.making import make_conversation
from tests.service.node import ANYONE, Node, running
from tests.service.stores import ControlledStore
from tests.service.turns import until
from tests.service.vaults import ControlledVault

PATIENCE_SECONDS: Final = 30.0
"""How long a test that is going to fail waits; one that passes never comes near it."""

PEER: Final = Place("127.0.0.1:1", "127.0.0.1")
"""Where everybody comes from."""


class Peer:
    """The other end of a connection, and what the server is told of it."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.received = b""
        """What was read and not taken yet."""
        self.was_named = False
        self.was_closed = False
        self.connection: Connection | None = None
        self.server_end: socket.socket | None = None

    def named(self) -> None:
        """Take note, as the port does, that the client has said who it is."""
        self.was_named = True

    def closed(self) -> None:
        """Take note, as the port does, that the connection is gone."""
        self.was_closed = True

    def send(self, data: bytes) -> None:
        """Send bytes at once: there is room for them in the system."""
        assert self.sock.send(data) == len(data)

    async def send_all(self, data: bytes) -> None:
        """Send bytes as fast as the server takes them."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.get_running_loop().sock_sendall(self.sock, data)

    async def hear(self, wanted: bytes) -> bytes:
        """Read until this was received, and return everything up to its end."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while wanted not in self.received:
                data = await asyncio.get_running_loop().sock_recv(self.sock, 65_536)
                assert data, f"the connection ended after {self.received[-500:]!r}"
                self.received += data
        end = self.received.index(wanted) + len(wanted)
        heard, self.received = self.received[:end], self.received[end:]
        return heard

    def receive(self) -> None:
        """Read what is there, without waiting for more."""
        with suppress(BlockingIOError):
            self.received += self.sock.recv(65_536)

    async def hear_end(self) -> bytes:
        """Read until the connection ends, and return everything."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while data := await self._read():
                self.received += data
        heard, self.received = self.received, b""
        return heard

    async def _read(self) -> bytes:
        try:
            return await asyncio.get_running_loop().sock_recv(self.sock, 65_536)
        except ConnectionResetError:
            return b""

    async def arrive(self, name: str) -> None:
        """Say who it is, and wait until it is in the lobby, all of it heard."""
        self.send(f"{name}\n".encode())
        await self.barrier()

    async def barrier(self) -> bytes:
        """Wait until everything sent before has been done, and return what was heard meanwhile."""
        self.send(b"/ping barrier\n")
        return await self.hear(b"pong barrier\n")


class Street:
    """A node, and the peers that are connected to it."""

    def __init__(self, limits: Limits, access: Access, volley: Volley | None = None) -> None:
        self.store, self.vault = ControlledStore(), ControlledVault()
        self.node = Node(self.store, limits=limits, access=access, vault=self.vault, volley=volley)
        self.limits = limits
        self.peers: list[Peer] = []

    async def connect(self, conversation: Conversation | None = None, protocol: Protocol = Protocol.TEXT) -> Peer:
        """Connect somebody."""
        ours, theirs = socket.socketpair()
        for sock in (ours, theirs):
            sock.setblocking(False)
        peer = Peer(theirs)
        peer.server_end = ours
        self.peers.append(peer)
        node = self.node
        people, entrance, requests, resuming = node.people, node.entrance, node.requests, node.resuming
        services = Services(people, entrance, requests, resuming, node.tally, node.clock, self.limits)
        talk = conversation or make_conversation(protocol, self.limits)
        peer.connection = connection = Connection(talk, services, partial(TcpPipe, ours), PEER, peer)
        await asyncio.get_running_loop().connect_accepted_socket(lambda: connection, ours)
        return peer

    async def settle(self, happened: Callable[[], bool]) -> None:
        """Wait until something has happened that no byte tells of."""
        await until(happened)


@asynccontextmanager
async def street(
    limits: Limits = Limits(commands_per_second=0),  # noqa: B008 - it is frozen
    access: Access = ANYONE,
    volley: Volley | None = None,
) -> AsyncIterator[Street]:
    """Give a street that is cleared at the end: every connection the server has is closed by it."""
    here = Street(limits, access, volley)
    async with running(here.node):
        try:
            yield here
        finally:
            for peer in here.peers:
                peer.sock.close()
                if peer.connection is not None and not peer.was_closed:
                    # One that is throttled does not read, and so does not see that its peer has closed.
                    peer.connection.abort()
            await until(lambda: all(peer.was_closed for peer in here.peers))
