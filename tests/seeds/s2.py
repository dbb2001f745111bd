"""S2: length-prefixed JSON chat. Bears packets in any pieces, but dies of anything that is not one of its objects."""

import json
import socket
import struct
from typing import ClassVar, Final

from tests.seeds.client import Address, BrokenBytesError, Client

LENGTH: Final = struct.Struct(">H")
"""The length of a packet's payload in bytes: two bytes, big-endian."""

LEAVING: Final = ("/q", "/quit")
"""What the program takes for its own user's wish to leave; never sent."""


def packet(payload: bytes) -> bytes:
    """Put the length before a payload."""
    return LENGTH.pack(len(payload)) + payload


class S2Client(Client):
    """S2's own client: says hello on connecting, has no local echo, shows joins, chat and leaves."""

    kind: ClassVar[str] = "s2"

    def __init__(self, address: Address, name: str) -> None:
        super().__init__(address, name)
        self._buffer = b""

    def opening(self) -> bytes:
        """Make the hello packet with the name."""
        return packet(json.dumps({"type": "hello", "nick": self.name}).encode())

    def encode(self, text: str) -> bytes:
        """Make a chat packet of a typed line, an empty one too."""
        return packet(json.dumps({"type": "chat", "message": text}).encode())

    def say(self, text: str) -> None:
        """Send a chat packet, or leave at `/q` and `/quit`."""
        if text in LEAVING:
            self.leave()
        else:
            super().say(text)

    def read(self, connection: socket.socket) -> bool:
        """Read what is there, show the packets that are complete."""
        data = connection.recv(4096)
        self._buffer += data
        while len(self._buffer) >= LENGTH.size:
            end = LENGTH.size + LENGTH.unpack_from(self._buffer)[0]
            if len(self._buffer) < end:
                break
            payload, self._buffer = self._buffer[LENGTH.size : end], self._buffer[end:]
            self._show(payload)
        if data == b"" and self._buffer:
            raise BrokenBytesError(f"the stream ended inside a packet: {self._buffer!r}")
        return data != b""

    def _show(self, payload: bytes) -> None:
        try:
            received: object = json.loads(payload)
        except ValueError as error:
            raise BrokenBytesError(f"not JSON: {payload!r}") from error
        match received:
            case {"type": "join", "nick": str(nick)}:
                self.screen.show(f"{nick} joined")
            case {"type": "leave", "nick": str(nick)}:
                self.screen.show(f"{nick} left")
            case {"type": "chat", "nick": str(nick), "message": str(message)}:
                self.screen.show(f"{nick}: {message}")
            case {"type": "join" | "leave" | "chat"}:
                raise BrokenBytesError(f"a field is missing or no string: {received}")
            case {"type": str(unknown)} if unknown:
                self.screen.note(f"(a packet of a type it does not know: {received})")
            case _:
                raise BrokenBytesError(f"not an object with a type: {payload!r}")
