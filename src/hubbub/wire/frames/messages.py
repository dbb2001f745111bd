"""Messages: texts that a layer below carries whole, such as a WebSocket. `name: text` both ways, as in text frames.

The layer puts a length before each message that came; each that is sent is one line, and it takes off the line's end.
"""

from typing import Final

from hubbub.wire.frames.reading import FrameReader, decode_text
from hubbub.wire.frames.text_frames import parse_length
from hubbub.wire.splitting import split_text

LENGTH_BYTES: Final = 4
"""Bytes of a length, the most significant first: room for every size that can be set."""

PIECE_BYTES: Final = 1 << 30
"""Longest piece of one line, in bytes: more than any message may have, for a layer below has no need of small ones."""


class MessageReader(FrameReader[str]):
    """Reads what the layer below puts in: one text a message."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(limit_bytes, LENGTH_BYTES, parse_length, decode_text)


def encase_message(message: bytes) -> bytes:
    """Return a message that came, as `MessageReader` takes it."""
    return len(message).to_bytes(LENGTH_BYTES, "big") + message


def encode_messages(sender: str, text: str) -> bytes:
    """Return what shows that the sender said the text: a message for each of its lines.

    All begin with the sender, so that nobody can write lines in another one's name.
    """
    return "".join([f"{sender}: {line}\n" for line in split_text(text, PIECE_BYTES)]).encode()
