"""JSON frames: packets of any cut are read, bad ones refused for themselves, and what is written is always JSON."""

import json
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hubbub.wire.errors import BadJson, BadUtf8
from hubbub.wire.frames.json_frames import (
    PACKET_LIMIT,
    Chat,
    Hello,
    JsonFrameReader,
    encode_chat,
    encode_join,
    encode_leave,
)
from hubbub.wire.frames.text_frames import encode_length_prefixed
from tests.fuzz.budget import QUICK
from tests.wire.pieces import bytes_and_pieces, read_all

HELLO: Final = b'{"type": "hello", "nick": "ann"}'

SENTENCE_LIMIT: Final = 120
"""Longest sentence about a bad packet, in characters, whatever is in it."""

ALPHABET: Final = (
    *map(encode_length_prefixed, (HELLO, b'{"type":"chat","message":"hi"}', b"{}", b"", b"\xff", b"[[[[")),
    *(b"\x00", b"\x20", b"{", b'"type"', b"\xff"),
)


def packet(payload: bytes) -> bytes:
    """Put the length before a payload."""
    return encode_length_prefixed(payload)


@QUICK
@given(bytes_and_pieces(ALPHABET))
def test_any_cutting_gives_the_same(drawn: tuple[bytes, list[bytes]]) -> None:
    """Packets and errors depend on the bytes alone."""
    data, pieces = drawn
    assert read_all(JsonFrameReader().receive_data, pieces) == read_all(JsonFrameReader().receive_data, [data])


def test_what_the_original_client_says_is_understood() -> None:
    """Its hello, its chats, the empty ones at the end of its input, and keys of later versions."""
    stream = packet(HELLO) + packet(b'{"type": "chat", "message": ""}')
    stream += packet(b'{"message": "hi", "nick": "ann", "colour": [1, 1e999, null], "type": "chat"}')
    assert list(JsonFrameReader().receive_data(stream)) == [Hello("ann"), Chat(""), Chat("hi")]


@pytest.mark.parametrize(
    "payload",
    [
        *(b"", b"{}", b"null", b"[]", b'"x"', b"1", b"{", b"}", b"hello", HELLO + b" x", b"{'type': 'hello'}"),
        *(b'{"type": null}', b'{"type": 1}', b'{"type": ""}', b'{"type": "HELLO", "nick": "ann"}', b'{"nick": "ann"}'),
        *(b'{"type": "hello"}', b'{"type": "hello", "nick": null}', b'{"type": "hello", "nick": ["ann"]}'),
        *(b'{"type": "chat"}', b'{"type": "chat", "message": 5}', b'{"type": "chat", "message": NaN}'),
        *(b'{"type": "chat", "message": "\\ud800"}', b'{"type": "chat", "message": "\x1b"}'),
        *(b'{"type": ' + b'"x' * 9000, b'{"type": "' + b"x" * 60_000 + b'"}', b'{"type": "\\u001b[31m"}'),
        *(
            b"[" * 60_000,
            b'{"a":' * 10_000,
            b'{"type":"chat","message":"x","y":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
        ),
        b'{"type": "chat", "message": ' + b"9" * 60_000 + b"}",
    ],
)
def test_a_bad_packet_is_refused_for_itself(payload: bytes) -> None:
    """Its sender hears in a short, harmless sentence why, and the next packet is read."""
    error, hello = JsonFrameReader().receive_data(packet(payload) + packet(HELLO))
    assert isinstance(error, BadJson)
    assert error.recoverable
    assert error.sentence.isprintable()
    assert len(error.sentence) <= SENTENCE_LIMIT
    assert hello == Hello("ann")


EXAMPLE: Final = '{"type": "chat", "message": "hello"}'


@pytest.mark.parametrize(
    ("payload", "sentence"),
    [
        (b"hello", f"That packet is no JSON. Send one such as {EXAMPLE}"),
        (b"", f"That packet is no JSON. Send one such as {EXAMPLE}"),
        (b'{"type": "chat", "message": "\\ud800"}', f"That packet is no JSON. Send one such as {EXAMPLE}"),
        (b"[]", f"That packet is no JSON object. Send one such as {EXAMPLE}"),
        (b'{"nick": "ann"}', f'That packet has no "type". Send one such as {EXAMPLE}'),
        (
            b'{"type": "poke"}',
            'That packet has an unknown "type". Send "chat" to talk, or "hello" to change your name.',
        ),
        (b'{"type": []}', 'That packet has an unknown "type". Send "chat" to talk, or "hello" to change your name.'),
        (b'{"type": "chat"}', 'That packet has no "message", and a "chat" needs one.'),
        (b'{"type": "chat", "message": 5}', 'That packet has no text in "message", and a "chat" needs one.'),
        (b'{"type": "hello", "nick": null}', 'That packet has no text in "nick", and a "hello" needs one.'),
        (b"[" * 60_000, "That packet is nested too deeply."),
    ],
)
def test_what_is_wrong_with_a_packet_is_said_in_own_words(payload: bytes, sentence: str) -> None:
    """Whoever writes a client learns what to send instead, and hears nothing of the library that read it."""
    (error,) = JsonFrameReader().receive_data(packet(payload))
    assert isinstance(error, BadJson)
    assert error.sentence == sentence


def test_invalid_utf_8_is_named_by_its_byte() -> None:
    """The position counts from the beginning of the packet."""
    (error,) = JsonFrameReader().receive_data(packet(b'{"type": "chat", "message": "f\xfcnf"}'))
    assert isinstance(error, BadUtf8)
    assert (error.byte, error.position) == (0xFC, 30)


def test_of_a_repeated_key_the_last_counts() -> None:
    """As the original server, and nearly every other reader of JSON, takes it."""
    assert list(JsonFrameReader().receive_data(packet(b'{"type":"chat","message":"a","message":"b"}'))) == [Chat("b")]


def test_the_longest_packet_is_read_and_no_more_is_kept() -> None:
    """Two bytes of length bound what a client can make us hold."""
    reader = JsonFrameReader()
    message = "x" * (PACKET_LIMIT - len('{"type":"chat","message":""}'))
    stream = packet(f'{{"type":"chat","message":"{message}"}}'.encode())
    assert list(reader.receive_data(stream[:-1])) == []
    assert reader.buffered_bytes < PACKET_LIMIT
    assert list(reader.receive_data(stream[-1:])) == [Chat(message)]
    assert reader.buffered_bytes == 0


@QUICK
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=32), st.text(st.sampled_from('a "\\\x01ü👍\n\u2028')))
@example("ann", "a\n \n\na")
def test_what_is_written_is_json_with_a_type(nick: str, text: str) -> None:
    """Every packet is one object whose length is right, whatever needs escaping in it."""
    chats = [decode(data) for data in encode_chat(nick, text)]
    assert all((chat["type"], chat["nick"]) == ("chat", nick) for chat in chats)
    lines: list[str] = []
    for line in text.strip("\n").split("\n"):
        # Of several that look empty, those that are come to none.
        if line or (lines and lines[-1] != " "):
            lines.append(line or " ")
    assert [chat["message"] for chat in chats] == lines
    assert decode(encode_join(nick)) == {"type": "join", "nick": nick}
    assert decode(encode_leave(nick)) == {"type": "leave", "nick": nick}


def test_the_worst_text_still_fits() -> None:
    """Control characters take six bytes each in JSON: such a text goes out in packets that two bytes can measure."""
    text = "\x01" * 16_384
    packets = encode_chat("n" * 32, text)
    assert "".join(decode(data)["message"] for data in packets) == text


def decode(data: bytes) -> dict[str, str]:
    """Read one whole packet, strictly and with Python's own reader."""
    assert int.from_bytes(data[:2], "big") == len(data) - 2
    packet_read: dict[str, str] = json.loads(data[2:].decode())
    return packet_read
