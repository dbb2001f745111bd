"""Text frames: every text after its length in two bytes; `name: text` both ways."""

from typing import Final

from hubbub.wire.frames.reading import FrameReader, decode_text
from hubbub.wire.splitting import split_text

LENGTH_BYTES: Final = 2
"""Bytes of a length, the most significant first."""

FRAME_BYTES: Final = 1_400
"""Longest frame sent, its length included: such a client takes one `recv` for a whole frame, so it must arrive in one
piece (an Ethernet packet holds 1 448 bytes of TCP)."""


class TextFrameReader(FrameReader[str]):
    """Reads what such a client sends: one text a frame."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(limit_bytes, LENGTH_BYTES, parse_length, decode_text)


def parse_length(header: bytes) -> int:
    """Return the length in bytes that two bytes mean."""
    return int.from_bytes(header, "big")


def encode_length_prefixed(payload: bytes) -> bytes:
    """Return the payload after its length; raises OverflowError beyond 65 535 bytes."""
    return len(payload).to_bytes(LENGTH_BYTES, "big") + payload


def encode_text_frames(sender: str, text: str) -> tuple[bytes, ...]:
    """Return what shows that the sender said the text, each element to be sent in one write.

    One frame for each of the text's lines, and several for a line too long for `FRAME_BYTES`; all
    begin with the sender, so that nobody can write lines in another one's name.
    """
    prefix = f"{sender}: "
    room_bytes = FRAME_BYTES - LENGTH_BYTES - len(prefix.encode())
    return tuple(encode_length_prefixed((prefix + piece).encode()) for piece in split_text(text, room_bytes))
