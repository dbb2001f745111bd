"""Clients over TLS, one after the other: enough to fill a server with connections that rest."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from bench.crowd import NAMES, READ_BYTES, STALL_SECONDS, Address, LoadError


class Visitors:
    """Clients who come, say their names, and stay."""

    def __init__(self, address: Address, stack: ExitStack) -> None:
        self._address = address
        self._stack = stack
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._context.check_hostname = False
        self._context.verify_mode = ssl.CERT_NONE

    def admit(self, count: int) -> None:
        """Let so many more come in, each named and welcomed before the next one. Raises `LoadError`."""
        for _ in range(count):
            try:
                self._arrive(next(NAMES))
            except OSError as error:
                raise LoadError(f"a client could not come in over TLS: {error}") from error

    def _arrive(self, name: str) -> None:
        sock = socket.create_connection(self._address, STALL_SECONDS)
        visitor = self._stack.enter_context(self._context.wrap_socket(sock))
        visitor.sendall(f"{name}\n/ping in-{name}\n".encode())
        heard = b""
        while f"in-{name}".encode() not in heard:
            data = visitor.recv(READ_BYTES)
            if not data:
                raise LoadError(f"{name} was disconnected by the server")
            heard += data


@contextmanager
def visitors(address: Address) -> Iterator[Visitors]:
    """Have clients over TLS, all of whom leave at the end."""
    with ExitStack() as stack:
        yield Visitors(address, stack)
