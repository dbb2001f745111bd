"""A connection without a program behind it: any bytes out, everything that comes in, and any way to end."""

import os
import re
import socket
import ssl
import struct
from typing import Final

from tests.seeds.client import Address

PATIENCE_SECONDS: Final = 20.0
"""How long anything is waited for before a test fails. Only a bound: everything is awaited as it comes."""

RESET: Final = struct.pack("ii", 1, 0)
"""Lingering for zero seconds, which makes `close` send RST instead of FIN (socket(7), SO_LINGER)."""


class Raw:
    """One TCP connection to a server."""

    def __init__(self, address: Address, *, source: str = "127.0.0.1", receive_buffer_bytes: int = 0) -> None:
        """Connect, from another address of this machine and with a small buffer, if wanted."""
        self._socket: socket.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if receive_buffer_bytes:
            # Before connecting: the window is negotiated then.
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer_bytes)
        self._socket.settimeout(PATIENCE_SECONDS)
        self._socket.bind((source, 0))
        self._heard = b""
        try:
            self._socket.connect(address)
        except OSError:
            self._socket.close()
            raise

    @property
    def place(self) -> str:
        """Return where this end is, as logs write it."""
        host, port = self._socket.getsockname()
        return f"{host}:{port}"

    def fileno(self) -> int:
        """Return the descriptor, for selectors; negative when it is closed."""
        return self._socket.fileno()

    def encrypt(self, context: ssl.SSLContext | None = None) -> ssl.SSLSocket:
        """Go on over TLS, with whoever it is unless a context says whom to trust; return what can tell of it."""
        if context is None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        encrypted = context.wrap_socket(self._socket, server_hostname="127.0.0.1", suppress_ragged_eofs=False)
        self._socket = encrypted
        return encrypted

    def send(self, data: bytes) -> None:
        """Send all bytes."""
        self._socket.sendall(data)

    def try_send(self, data: bytes) -> bool:
        """Send all bytes, and return whether the server was still there to take them."""
        try:
            self._socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            return False
        return True

    def send_now(self, data: bytes) -> int:
        """Send as much as goes without waiting, and return how much that was."""
        try:
            # A socket with a time-out is non-blocking for the system; only its `send` would wait.
            return os.write(self._socket.fileno(), data)
        except BlockingIOError:
            return 0
        except (BrokenPipeError, ConnectionResetError):
            # Gone, as `receive_now` will tell; there is nothing left to do with the rest.
            return len(data)

    def receive_now(self, most_bytes: int) -> bytes:
        """Return what has come, at least a byte; nothing when the server has ended the connection."""
        try:
            return self._socket.recv(most_bytes)
        except ConnectionResetError:
            return b""

    def hear(self, wanted: bytes) -> bytes:
        """Wait until something was heard; return everything up to and including it."""
        while wanted not in self._heard:
            data = self._socket.recv(65_536)
            assert data, f"the connection ended before {wanted!r}, after {self._heard[-200:]!r}"
            self._heard += data
        before, _, self._heard = self._heard.partition(wanted)
        return before + wanted

    def hear_rest(self) -> bytes:
        """Wait until the server has ended the connection; return everything up to then."""
        try:
            while data := self._socket.recv(65_536):
                self._heard += data
        except (ConnectionResetError, ssl.SSLEOFError):
            # What came before the reset was heard all the same.
            pass
        heard, self._heard = self._heard, b""
        return heard

    def ping(self, token: str) -> bytes:
        """Wait for an answer on the text protocol; return what was heard before it."""
        self.send(f"/ping {token}\n".encode())
        return self.hear(f"pong {token}\n".encode())

    def finish(self) -> None:
        """Say that nothing more will be sent, and go on listening."""
        self._socket.shutdown(socket.SHUT_WR)

    def reset(self) -> None:
        """Let the connection end as if this machine had lost it; harmless when it is closed."""
        if self._socket.fileno() >= 0:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            self._socket.close()

    def close(self) -> None:
        """End the connection in order; harmless when repeated."""
        self._socket.close()


def without_stamps(heard: bytes) -> list[str]:
    """Return the lines of the text protocol without their times."""
    return [re.sub(r"^\[\d\d:\d\d:\d\d\] ", "", line) for line in heard.decode().splitlines()]
