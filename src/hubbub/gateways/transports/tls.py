"""TLS: how an outbox writes to an encrypted connection."""

import asyncio
import socket

from hubbub.service.outbox import no_file


def report_waiting(transport: asyncio.Transport) -> None:
    """Have its protocol told of the first byte that waits, and when none does any more.

    It may be told at once, so this comes before there is an outbox: session tickets may wait to be sent.
    """
    # 1 and not 0, which would be told again and again while nothing waits.
    transport.set_write_buffer_limits(high=1)


class TlsPipe:
    """Writes through the transport, which encrypts; there is no way past it.

    The transport gives what it has encrypted to another one below it. What waits there, at most 64 KiB, is not counted:
    `waiting_bytes` are those that wait above it.
    """

    __slots__ = ("_is_closing", "_socket", "_write", "get_file", "waiting_bytes")

    def __init__(self, transport: asyncio.Transport) -> None:
        self._socket: socket.socket = transport.get_extra_info("socket")
        self._write = transport.write
        self._is_closing = transport.is_closing
        self.waiting_bytes = transport.get_write_buffer_size
        self.get_file = no_file

    def send(self, data: bytes) -> int:
        """Take all the bytes."""
        self.write(data)
        return len(data)

    def write(self, data: bytes) -> None:
        """Take all the bytes; when the peer has closed, nobody will read them, and asyncio would complain of each."""
        if not self._is_closing():
            self._write(data)

    def is_reset(self) -> bool:
        """Ask the system, which tells once; see `TcpPipe`."""
        return self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) != 0
