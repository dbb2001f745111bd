"""TCP: how an outbox writes to a plain socket."""

import asyncio
import socket
from collections.abc import Callable


class TcpPipe:
    """Sends straight into the socket while nothing waits, and leaves what does not fit to the transport.

    A transport does the same, but looks at its own state first; measured on 500 listeners, going past it saves a tenth
    of a delivery. That is sound as long as the transport holds nothing back: so it has to call `pause_writing` for the
    first byte that waits, and `resume_writing` when none does any more.
    """

    __slots__ = ("_socket", "get_file", "send", "waiting_bytes", "write")

    def __init__(self, sock: socket.socket, transport: asyncio.Transport) -> None:
        transport.set_write_buffer_limits(high=0)
        self._socket = sock
        self.send: Callable[[bytes], int] = sock.send
        # Asked anew each time, since whoever closes it takes its number away: -1 from then on. (uvloop closes first and
        # takes it away after that, and nothing is sent in between.)
        self.get_file: Callable[[], int] = sock.fileno
        self.write: Callable[[bytes], None] = transport.write
        self.waiting_bytes: Callable[[], int] = transport.get_write_buffer_size

    def is_reset(self) -> bool:
        """Ask the system, which tells once, and a transport only while it reads or writes. The end of input is none."""
        return self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) != 0
