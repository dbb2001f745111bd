"""JSON frames: one JSON object after its length in two bytes, told apart by its `type`."""

from typing import Final

import msgspec

from hubbub.wire.errors import BadJson
from hubbub.wire.frames.reading import FrameReader, decode_text
from hubbub.wire.frames.text_frames import LENGTH_BYTES, encode_length_prefixed, parse_length
from hubbub.wire.splitting import split_text

PACKET_LIMIT: Final = 65_535
"""Longest JSON object, in bytes: two bytes of length announce no more."""

CHAT_BYTES: Final = 10_000
"""Most text in one packet, in bytes: the packet holds it even if every byte is escaped, which makes six of one."""

REASON_LIMIT: Final = 120
"""Longest reason given for refusing a packet, in characters."""


class Hello(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="hello"):
    """A client says what it is called, first of all or anew."""

    nick: str


class Chat(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="chat"):
    """A client says something, perhaps nothing at all."""

    message: str


_decoder: Final[msgspec.json.Decoder[Hello | Chat]] = msgspec.json.Decoder(Hello | Chat)
_encoder: Final = msgspec.json.Encoder()


class JsonFrameReader(FrameReader[Hello | Chat]):
    """Reads what such a client sends. Other keys are ignored, and of a repeated one the last counts."""

    def __init__(self, limit_bytes: int = PACKET_LIMIT) -> None:
        super().__init__(limit_bytes, LENGTH_BYTES, parse_length, decode_packet)


def decode_packet(payload: bytes) -> Hello | Chat:
    """Return what a client's packet says; raises `BadUtf8` or `BadJson`."""
    text = decode_text(payload)
    try:
        return _decoder.decode(text)
    except RecursionError:
        raise BadJson("it is nested too deeply") from None
    except msgspec.DecodeError as error:
        raise BadJson(_shorten(str(error))) from None


def _shorten(reason: str) -> str:
    """Return what the library says of a packet, of which it may quote as much as there is."""
    return "".join(character if character.isprintable() else "?" for character in reason[:REASON_LIMIT])


def encode_join(nick: str) -> bytes:
    """Return the packet that says that someone came."""
    return _encode_packet({"type": "join", "nick": nick})


def encode_leave(nick: str) -> bytes:
    """Return the packet that says that someone went."""
    return _encode_packet({"type": "leave", "nick": nick})


def encode_chat(nick: str, text: str) -> tuple[bytes, ...]:
    """Return the packets that say that someone said the text.

    One for each of the text's lines that is not empty, since a line end breaks a terminal's layout and would let a
    sender write lines in another one's name; several for a line longer than `CHAT_BYTES`.
    """
    return tuple(
        _encode_packet({"type": "chat", "nick": nick, "message": piece}) for piece in split_text(text, CHAT_BYTES)
    )


def _encode_packet(packet: dict[str, str]) -> bytes:
    return encode_length_prefixed(_encoder.encode(packet))
