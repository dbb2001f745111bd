"""SASL: pieces put together, and whatever is wrong with them told apart."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.irc.sasl import (
    CHUNK,
    RESPONSE_LIMIT,
    PlainResponse,
    SaslProblem,
    SaslResponse,
    encode_challenge,
    parse_plain,
)
from tests.fuzz.budget import QUICK

FULL: Final = "A" * CHUNK


def receive(pieces: list[str]) -> bytes | SaslProblem | None:
    """Return what the last of these pieces comes to, none of the others being one."""
    response = SaslResponse()
    *first, last = pieces
    assert [response.receive(piece) for piece in first] == [None] * len(first)
    return response.receive(last)


def test_a_short_piece_is_the_last() -> None:
    """IRCv3 sasl-3.1, the AUTHENTICATE command; irctest's own example."""
    assert receive(["AGppbGxlcwBzZXNhbWU="]) == b"\0jilles\0sesame"
    assert receive([FULL, "AAAA"]) == bytes(303)


def test_after_a_full_piece_there_is_another() -> None:
    """Perhaps the empty one, which is written `+`."""
    assert receive([FULL]) is None
    assert receive([FULL, "+"]) == bytes(300)
    assert receive(["+"]) == b""


def test_a_response_may_be_as_long_as_the_limit() -> None:
    """And no longer."""
    pieces = [FULL] * (RESPONSE_LIMIT // CHUNK) + ["A" * (RESPONSE_LIMIT % CHUNK)]
    assert receive(pieces) == bytes(RESPONSE_LIMIT // 4 * 3)


@pytest.mark.parametrize("pieces", [["*"], [FULL, "*"]])
def test_a_client_may_give_up(pieces: list[str]) -> None:
    """At any piece."""
    assert receive(pieces) is SaslProblem.ABORTED


@pytest.mark.parametrize(
    "pieces", [["A" * (CHUNK + 1)], [FULL, "A" * (CHUNK + 1)], [FULL] * (RESPONSE_LIMIT // CHUNK + 1)]
)
def test_too_much_is_not_kept(pieces: list[str]) -> None:
    """Neither in one piece nor in many."""
    assert receive(pieces) is SaslProblem.TOO_LONG


@pytest.mark.parametrize("pieces", [["!"], ["A"], ["AGppbGxlcwBzZXNhbWU"], ["ü"], ["AA==AA=="], [FULL, "A A="]])
def test_what_is_not_base64_is_told(pieces: list[str]) -> None:
    """RFC 4648 section 3.3: no characters of others, and nothing missing."""
    assert receive(pieces) is SaslProblem.MALFORMED


def test_after_a_problem_the_next_response_is_a_new_one() -> None:
    """Nothing of the one before is left in it."""
    response = SaslResponse()
    assert response.receive(FULL) is None
    assert response.receive("*") is SaslProblem.ABORTED
    assert response.receive("AAAA") == bytes(3)
    assert response.receive("AAAA") == bytes(3)


@pytest.mark.parametrize(
    ("response", "plain"),
    [
        (b"\0jilles\0sesame", PlainResponse("", "jilles", "sesame")),
        (b"jilles\0jilles\0sesame", PlainResponse("jilles", "jilles", "sesame")),
        ("\0jürgen\0é".encode(), PlainResponse("", "jürgen", "é")),
    ],
)
def test_plain_says_who_and_how(response: bytes, plain: PlainResponse) -> None:
    """RFC 4616 section 2."""
    assert parse_plain(response) == plain


@pytest.mark.parametrize("response", [b"", b"\0", b"\0\0", b"\0a\0", b"\0\0b", b"a\0b", b"\0a\0b\0", b"\0a\0\xff"])
def test_plain_without_a_name_or_a_password_is_none(response: bytes) -> None:
    """Each is at least one character of UTF-8, and there are three parts."""
    assert parse_plain(response) is None


@QUICK
@given(st.one_of(st.binary(max_size=40), st.integers(290, 310).map(bytes), st.integers(590, 610).map(bytes)))
def test_what_is_sent_is_received(challenge: bytes) -> None:
    """Whatever its length is, beside the multiples of a piece too."""
    pieces = encode_challenge(challenge)
    assert all(len(piece) <= CHUNK for piece in pieces)
    assert receive(pieces) == challenge


@QUICK
@given(st.lists(st.text(st.sampled_from("+*=A/ü!"), max_size=4) | st.just(FULL), max_size=8))
def test_any_pieces_are_understood_or_refused(pieces: list[str]) -> None:
    """A response of bytes, a problem, or more to come; and never more kept than the limit."""
    response = SaslResponse()
    for piece in pieces:
        assert isinstance(response.receive(piece), bytes | SaslProblem | None)
