"""S0: chat of raw chunks. Waits 3 s for a greeting, sends without line ends, reads with `recv(1024)`."""

import socket
from typing import ClassVar, Final

from tests.seeds.client import Address, Client
from tests.seeds.lines import LineAssembler

CHUNK_BYTES: Final = 1024
"""What S0 and S4 read at once. Each chunk is decoded by itself, strictly: a character cut in two ends the program."""

PROMPT_NICENESS: Final = -10
"""Read within the time between two packets: what waits together is one chunk, and may end the program."""

GREETING_SECONDS: Final = 3.0
"""How long S0 waits for anything at all after connecting."""


class ChunkReader(Client):
    """A client that reads chunks, decodes each strictly, and prints them."""

    niceness: ClassVar[int] = PROMPT_NICENESS

    def __init__(self, address: Address, name: str) -> None:
        super().__init__(address, name)
        self._lines = LineAssembler()

    def encode(self, text: str) -> bytes:
        """Send what was typed, with nothing behind it."""
        return text.encode()

    def read(self, connection: socket.socket) -> bool:
        """Read one chunk; a chunk that is no UTF-8 by itself ends the program."""
        chunk = connection.recv(CHUNK_BYTES)
        for line in self._lines.feed(chunk.decode()):
            self.displayed(line)
        return chunk != b""

    def displayed(self, line: str) -> None:
        """Show a line."""
        self.screen.show(line)


class S0Client(ChunkReader):
    """S0's own client. Shows whatever comes; `exit` is a word of its own: it closes and sends nothing."""

    kind: ClassVar[str] = "s0"
    greeting_seconds = GREETING_SECONDS

    def say(self, text: str) -> None:
        """Send a chunk, or leave at `exit`."""
        if text == "exit":
            self.leave()
        else:
            super().say(text)
