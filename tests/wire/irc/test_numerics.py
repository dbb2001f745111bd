"""Numerics: three digits each, no two the same."""

from hubbub.wire.irc.message import encode_line
from hubbub.wire.irc.numerics import Numeric


def test_every_numeric_is_three_digits_of_its_own() -> None:
    """A name that stood for another's number would be no member of its own."""
    assert all(len(numeric) == 3 and numeric.isdigit() for numeric in Numeric)
    assert len({*Numeric}) == len(Numeric.__members__)


def test_replies_and_errors_are_told_apart_by_their_names() -> None:
    """From 400 to 599 there are only errors. RFC 2812 section 5."""
    assert all(numeric.name.startswith("ERR_") for numeric in Numeric if "400" <= numeric < "600")


def test_a_numeric_is_a_command() -> None:
    """`encode_line` takes it as it is."""
    line = encode_line(Numeric.RPL_WELCOME, "ann", text="Welcome", source="irc.example")
    assert line == b":irc.example 001 ann :Welcome\r\n"
