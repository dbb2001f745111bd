"""S1: fixed-header chat. Reads 10, n, 10, m bytes from a non-blocking socket and never puts pieces together."""

import os
import socket
from typing import ClassVar, Final

from tests.seeds.client import BrokenBytesError, Client

HEADER_BYTES: Final = 10
"""A header: the length of what follows in decimal digits, padded with spaces to this many bytes."""


def frame(text: str) -> bytes:
    """Put the header before a text, as S1's client does."""
    encoded = text.encode()
    return f"{len(encoded):<{HEADER_BYTES}}".encode() + encoded


class S1Client(Client):
    """S1's own client: names itself on connecting, shows `sender > message`, and understands nothing but pairs."""

    kind: ClassVar[str] = "s1"

    def opening(self) -> bytes:
        """Make a frame of the name."""
        return frame(self.name)

    def encode(self, text: str) -> bytes:
        """Make one frame of a typed line."""
        return frame(text)

    def read(self, connection: socket.socket) -> bool:
        """Read pairs until nothing is left to read, like the program after each line that its user typed."""
        while True:
            try:
                header = read_now(connection, HEADER_BYTES)
            except BlockingIOError:
                return True
            if header == b"":
                return False
            sender = self._recv(connection, length_of(header))
            message = self._recv(connection, length_of(self._recv(connection, HEADER_BYTES)))
            self.screen.show(f"{sender.decode()} > {message.decode()}")

    def _recv(self, connection: socket.socket, wanted_bytes: int) -> bytes:
        # The original loses its place in the stream when a pair arrives in two pieces; nothing it shows after
        # that can be trusted, so the test client stops there.
        try:
            data = read_now(connection, wanted_bytes) if wanted_bytes else b""
        except BlockingIOError:
            data = b""
        if len(data) < wanted_bytes:
            raise BrokenBytesError(f"a pair arrived in two pieces: {len(data)} of {wanted_bytes} bytes were there")
        return data


def read_now(connection: socket.socket, wanted_bytes: int) -> bytes:
    """Read what is there, as a non-blocking `recv` does; raise `BlockingIOError` if nothing is."""
    # A socket with a time-out is non-blocking for the system; only its `recv` would wait.
    return os.read(connection.fileno(), wanted_bytes)


def length_of(header: bytes) -> int:
    """Read a header; raise `BrokenBytesError` where `int()` would have ended the program."""
    try:
        length = int(header.decode().strip())
    except ValueError as error:
        raise BrokenBytesError(f"not a header: {header!r}") from error
    if len(header) < HEADER_BYTES or length < 0:
        raise BrokenBytesError(f"not a header: {header!r}")
    return length
