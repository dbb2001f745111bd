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

EXAMPLE: Final = '{"type": "chat", "message": "hello"}'
"""What a client is shown that has sent no packet at all."""

FIELDS: Final = {"hello": "nick", "chat": "message"}
"""The packets that a client may send, and what each has to hold as text."""


class Hello(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="hello"):
    """A client says what it is called, first of all or anew."""

    nick: str


class Chat(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="chat"):
    """A client says something, perhaps nothing at all."""

    message: str


_NESTED: Final = "That packet is nested too deeply."

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
    except msgspec.DecodeError:
        raise BadJson(_find_fault(text)) from None
    except RecursionError:
        raise BadJson(_NESTED) from None


def _find_fault(text: str) -> str:
    """Say what keeps a text from being a packet; nothing of it is repeated, for there may be anything in it."""
    try:
        packet: object = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return f"That packet is no JSON. Send one such as {EXAMPLE}"
    except RecursionError:
        return _NESTED
    if not isinstance(packet, dict):
        return f"That packet is no JSON object. Send one such as {EXAMPLE}"
    if "type" not in packet:
        return f'That packet has no "type". Send one such as {EXAMPLE}'
    field = FIELDS.get(packet["type"]) if isinstance(packet["type"], str) else None
    if field is None:
        return 'That packet has an unknown "type". Send "chat" to talk, or "hello" to change your name.'
    lack = "no text in" if field in packet else "no"
    return f'That packet has {lack} "{field}", and a "{packet["type"]}" needs one.'


def encode_join(nick: str) -> bytes:
    """Return the packet that says that someone came."""
    return _encode_packet({"type": "join", "nick": nick})


def encode_leave(nick: str) -> bytes:
    """Return the packet that says that someone went."""
    return _encode_packet({"type": "leave", "nick": nick})


def encode_chat(nick: str, text: str) -> tuple[bytes, ...]:
    """Return the packets that say that someone said the text.

    One for each of the text's lines, since a line end breaks a terminal's layout and would let a
    sender write lines in another one's name; several for a line longer than `CHAT_BYTES`.
    """
    return tuple(
        _encode_packet({"type": "chat", "nick": nick, "message": piece}) for piece in split_text(text, CHAT_BYTES)
    )


def _encode_packet(packet: dict[str, str]) -> bytes:
    return encode_length_prefixed(_encoder.encode(packet))
