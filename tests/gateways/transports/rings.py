"""Rings and sockets of tests."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final

import pytest

from hubbub.gateways.transports.ring import Ring, open_ring

MUCH: Final = b"\0" * 65_536
"""More than a socket takes once it has taken it a few times."""

PATIENCE_READS: Final = 10_000
"""How often to look for what has not come."""


class Counted:
    """A ring, and to how many sockets each volley went."""

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self.sizes: list[int] = []

    def send(self, files: Sequence[int], data: bytes) -> list[tuple[int, int]]:
        """Send."""
        self.sizes.append(sum(file >= 0 for file in files))
        return self.ring.send(files, data)


@contextmanager
def some_ring() -> Iterator[Ring]:
    """Give a ring; skip where the system has none for us, for then servers do without as well."""
    ring = open_ring()
    if ring is None:
        pytest.skip("this system has no io_uring for us")
    yield ring
    ring.close()


def received(sock: socket.socket) -> bytes:
    """Return all that has come."""
    heard = b""
    with suppress(BlockingIOError):
        while data := sock.recv(1 << 20):
            heard += data
    return heard


def fill(sock: socket.socket) -> None:
    """Send until nothing more is taken."""
    with suppress(BlockingIOError):
        while True:
            sock.send(MUCH)
