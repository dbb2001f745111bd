"""Fixed headers: every text after its length in decimal digits, padded with spaces to ten bytes.

A client sends its name, then its messages. It is sent pairs: the sender, then the message.
"""

from typing import Final

from hubbub.wire.errors import BadLength
from hubbub.wire.frames.reading import FrameReader, decode_text
from hubbub.wire.splitting import split_text

HEADER_BYTES: Final = 10
"""Length of a header, in bytes, digits and spaces together."""

PAIR_BYTES: Final = 1_400
"""Longest pair, in bytes: one write of it arrives in one piece (an Ethernet packet holds 1 448 bytes of TCP), and a
client that finds only half a pair never recovers."""


class HeaderFrameReader(FrameReader[str]):
    """Reads what such a client sends: one text a frame."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(limit_bytes, HEADER_BYTES, parse_header, decode_text)


def parse_header(header: bytes) -> int:
    """Return the length in bytes that a header announces; raises `BadLength`."""
    digits = header.strip(b" ")
    if not digits.isdigit():
        raise BadLength(header, "it is ten bytes of decimal digits and spaces")
    return int(digits)


def encode_header_frame(text: str) -> bytes:
    """Return one frame, as a client sends its name and its messages."""
    payload = text.encode()
    return b"%-10d%b" % (len(payload), payload)


def encode_header_pair(sender: str, text: str) -> tuple[bytes, ...]:
    """Return what shows that the sender said the text, each element to be sent in one write.

    One pair for each of the text's lines, and several for a line too long for `PAIR_BYTES`. A line
    end would let a sender write lines in another one's name.
    """
    head = encode_header_frame(sender)
    room_bytes = PAIR_BYTES - len(head) - HEADER_BYTES
    return tuple(head + encode_header_frame(piece) for piece in split_text(text, room_bytes))
