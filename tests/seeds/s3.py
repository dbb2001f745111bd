"""S3: length-prefixed text chat with callbacks. Does one `recv(2)` and one `recv(length)` for each frame."""

import socket
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from tests.seeds.client import Address, BrokenBytesError, Client
from tests.seeds.screen import End

LENGTH: Final = struct.Struct(">H")
"""The length of a frame's text in bytes: two bytes, big-endian."""


def frame(text: str) -> bytes:
    """Put the length before a text."""
    encoded = text.encode()
    return LENGTH.pack(len(encoded)) + encoded


def _nothing(_text: str) -> None:
    """Be the callback of somebody who does not want to know."""


@dataclass(frozen=True)
class Callbacks:
    """What S3's library calls when something happens; each gets the text or the reason. Called by the reader thread."""

    on_connect: Callable[[str], None] = _nothing
    on_message: Callable[[str], None] = _nothing
    on_error: Callable[[str], None] = _nothing
    on_close: Callable[[str], None] = _nothing


class S3Client(Client):
    """S3's own client: silent on connecting, sends `name: text`, shows each frame as it comes.

    It may be given other endpoints at start: it connects to them too, and what its user says goes to all of them.
    """

    kind: ClassVar[str] = "s3"

    def __init__(
        self, address: Address, name: str, callbacks: Callbacks | None = None, others: Sequence[Address] = ()
    ) -> None:
        super().__init__(address, name)
        self.callbacks = callbacks or Callbacks()
        self.others = [S3Client(other, name, callbacks) for other in others]
        """The same person's clients at the other endpoints, each with a screen of its own."""

    def connect(self) -> None:
        """Connect to all endpoints."""
        super().connect()
        self.callbacks.on_connect(f"{self.address.host}:{self.address.port}")
        for other in self.others:
            other.connect()

    def encode(self, text: str) -> bytes:
        """Make one frame of a typed line, with the name before it."""
        return frame(f"{self.name}: {text}")

    def say(self, text: str) -> None:
        """Send a typed line to all endpoints."""
        super().say(text)
        for other in self.others:
            other.say(text)

    def leave(self) -> None:
        """Close all connections."""
        for other in self.others:
            other.leave()
        super().leave()

    def read(self, connection: socket.socket) -> bool:
        """Read one frame; whatever the two `recv` do not bring in one piece ends the program."""
        try:
            text = self._read_frame(connection)
        except (BrokenBytesError, UnicodeDecodeError) as error:
            self.callbacks.on_error(str(error))
            raise
        if text is None:
            self.callbacks.on_close(End.DISCONNECTED.value)
            return False
        self.screen.show(text)
        self.callbacks.on_message(text)
        return True

    def _read_frame(self, connection: socket.socket) -> str | None:
        header = connection.recv(LENGTH.size)
        if header == b"":
            return None
        if len(header) < LENGTH.size:
            raise BrokenBytesError(f"half a length: {header!r}")
        length: int = LENGTH.unpack(header)[0]
        if length == 0:
            raise BrokenBytesError("a frame without text")
        data = connection.recv(length)
        if len(data) < length:
            raise BrokenBytesError(f"a frame arrived in two pieces: {len(data)} of {length} bytes were there")
        return data.decode()
