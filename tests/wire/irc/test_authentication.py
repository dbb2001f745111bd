"""SASL in pieces: https://ircv3.net/specs/extensions/sasl-3.1; PLAIN: RFC 4616."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.irc.authentication import (
    CHUNK,
    NOTHING,
    SASL_LIMIT,
    BadSasl,
    Plain,
    SaslReader,
    TooLong,
    parse_plain,
    split_message,
)
from tests.fuzz.budget import QUICK


@QUICK
@given(st.binary(max_size=1_300))
def test_what_is_split_is_joined(message: bytes) -> None:
    """Base 64 is "split to 400-byte chunks", each of which but the last is followed by another."""
    reader = SaslReader()
    *pieces, last = split_message(message)
    assert all(len(piece) == CHUNK for piece in pieces)
    assert len(last) < CHUNK
    assert [reader.receive(piece) for piece in pieces] == [None] * len(pieces)
    assert reader.receive(last) == message


def test_a_last_piece_as_long_as_it_may_be() -> None:
    """It says: "If the last chunk was exactly 400 bytes long, it must also be followed by `AUTHENTICATE +`"."""
    assert [len(piece) for piece in split_message(b"x" * 300)] == [400, 1]
    assert list(split_message(b"")) == [NOTHING]


def test_pieces_that_are_too_long() -> None:
    """A piece of more than 400 characters, and a message of more than we keep."""
    with pytest.raises(TooLong):
        SaslReader().receive("A" * (CHUNK + 1))
    reader = SaslReader()
    for _ in range(SASL_LIMIT // CHUNK):
        assert reader.receive("A" * CHUNK) is None
    with pytest.raises(TooLong):
        reader.receive("A" * CHUNK)


@pytest.mark.parametrize("piece", ["nonsense!", "A", "ä", "AAA=AAA=", "*"])
def test_no_base_64(piece: str) -> None:
    """What is none is refused, and nothing of it is kept."""
    reader = SaslReader()
    with pytest.raises(BadSasl):
        reader.receive(piece)
    assert reader.receive("YQ==") == b"a"


@pytest.mark.parametrize("message", [b"\0ann\0secret", b"ann\0ann\0secret"])
def test_plain(message: bytes) -> None:
    """`[authzid] UTF8NUL authcid UTF8NUL passwd`. RFC 4616 section 2."""
    assert parse_plain(message) == Plain("ann", "secret")


@pytest.mark.parametrize(
    "message",
    [b"", b"ann\0secret", b"\0ann\0secret\0", b"\0\0secret", b"\0ann\0", b"bob\0ann\0secret", b"\0\xff\0secret"],
)
def test_no_plain(message: bytes) -> None:
    """Too few parts or too many, an empty one, somebody else's name, and no UTF-8."""
    with pytest.raises(BadSasl):
        parse_plain(message)


def test_a_reader_begins_anew() -> None:
    """After a message comes the next one."""
    reader = SaslReader()
    for word in (b"one", b"two"):
        assert reader.receive(base64.b64encode(word).decode()) == word
