"""The other end of a test client: a listening socket in the test's own hands, which sends any bytes it likes."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from tests.seeds.client import Address, Client

PATIENCE_SECONDS: Final = 10.0
"""How long a test waits for anything before it fails. Only a bound."""

ClientT = TypeVar("ClientT", bound=Client)


class Peer:
    """One accepted connection, seen from the server's side."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        connection.settimeout(PATIENCE_SECONDS)

    def send(self, data: bytes) -> None:
        """Send these bytes in one piece."""
        self._connection.sendall(data)

    def receive(self, wanted_bytes: int) -> bytes:
        """Receive exactly so many bytes, or fewer if the client ends before."""
        data = b""
        while len(data) < wanted_bytes and (more := self._connection.recv(wanted_bytes - len(data))):
            data += more
        return data

    def receive_rest(self) -> bytes:
        """Receive until the client has closed."""
        return self.receive(1 << 30)

    def close(self) -> None:
        """Close this end."""
        self._connection.close()


@contextmanager
def listening() -> Iterator[tuple[socket.socket, Address]]:
    """Listen on a free port of the loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(PATIENCE_SECONDS)
        host, port = listener.getsockname()
        yield listener, Address(host, port)


@contextmanager
def connected(client: Client, listener: socket.socket) -> Iterator[Peer]:
    """Connect a client to a listener and give its other end; both are closed at the end."""
    client.connect()
    connection, _ = listener.accept()
    peer = Peer(connection)
    try:
        yield peer
    finally:
        client.leave()
        peer.close()


@contextmanager
def talking_to(kind: type[ClientT], name: str = "ann") -> Iterator[tuple[ClientT, Peer]]:
    """Make a client of a kind whose server is this test."""
    with listening() as (listener, address):
        client = kind(address, name)
        with connected(client, listener) as peer:
            yield client, peer
