"""A person on netcat: lines out, whatever comes in."""

import codecs
import socket
from typing import ClassVar

from tests.seeds.client import Address, Client
from tests.seeds.lines import LineAssembler


class NetcatClient(Client):
    """Send typed lines with a line feed behind, show what arrives."""

    kind: ClassVar[str] = "netcat"

    def __init__(self, address: Address, name: str) -> None:
        super().__init__(address, name)
        self._lines = LineAssembler()
        # A terminal shows a character when all of its bytes are there, and a mark where they make no sense.
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def encode(self, text: str) -> bytes:
        """Put a line feed behind the typed line."""
        return text.encode() + b"\n"

    def read(self, connection: socket.socket) -> bool:
        """Read what is there and show its lines."""
        data = connection.recv(65536)
        self.show_bytes(data)
        return data != b""

    def show_bytes(self, data: bytes) -> None:
        """Show the lines that these bytes complete."""
        for line in self._lines.feed(self._decoder.decode(data)):
            self.screen.show(line)

    def finish_input(self) -> None:
        """Say that no more will be typed (`nc -N` at the end of its input), and go on reading."""
        self._socket.shutdown(socket.SHUT_WR)
