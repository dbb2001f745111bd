"""CTCP: told from what people say, with or without its end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.irc.ctcp import ACTION, Ctcp, encode_ctcp, parse_ctcp
from tests.fuzz.budget import QUICK


@pytest.mark.parametrize(
    ("text", "ctcp"),
    [
        ("\x01VERSION\x01", Ctcp("VERSION")),
        ("\x01VERSION Your Mother 6.9\x01", Ctcp("VERSION", "Your Mother 6.9")),
        ("\x01PING 1473523796 918320\x01", Ctcp("PING", "1473523796 918320")),
        ("\x01ACTION writes the best specifications!\x01", Ctcp(ACTION, "writes the best specifications!")),
        ("\x01ACTION is cut off", Ctcp(ACTION, "is cut off")),
        ("\x01action  waves\x01", Ctcp(ACTION, " waves")),
        ("\x01ACTION\x01", Ctcp(ACTION)),
        ("\x01ACTION a\x01b\x01", Ctcp(ACTION, "ab")),
    ],
)
def test_requests_and_answers_are_recognised(text: str, ctcp: Ctcp) -> None:
    """The examples of https://modern.ircdocs.horse/ctcp, and what clients make of them."""
    assert parse_ctcp(text) == ctcp


@pytest.mark.parametrize("text", ["", "hello", "hello \x01VERSION\x01", "\x01", "\x01\x01", "\x01 x\x01"])
def test_everything_else_is_for_people(text: str) -> None:
    """Nothing is looked for inside of a text, and nothing is no command."""
    assert parse_ctcp(text) is None


def test_nobody_ends_one_too_early() -> None:
    """What somebody says cannot say more than that."""
    assert encode_ctcp(ACTION, "a\x01VERSION\x01") == "\x01ACTION aVERSION\x01"


@QUICK
@given(st.sampled_from(["ACTION", "PING", "DCC"]), st.text(st.sampled_from("a ü"), max_size=8))
def test_what_is_written_is_read(command: str, params: str) -> None:
    """Commands and parameters come back as they were."""
    assert parse_ctcp(encode_ctcp(command, params)) == Ctcp(command, params)
