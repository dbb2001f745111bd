"""Isupport: tokens, as many as a line holds, with nothing in them that means something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.irc.isupport import TOKENS_PER_LINE, encode_tokens, parse_token
from hubbub.wire.irc.message import LINE_LIMIT, encode_line
from tests.fuzz.budget import QUICK


@pytest.mark.parametrize(
    ("name", "value", "token"),
    [
        ("SAFELIST", "", "SAFELIST"),
        ("NICKLEN", "32", "NICKLEN=32"),
        ("NETWORK", "Tea House", r"NETWORK=Tea\x20House"),
        ("NETWORK", "a=b\\c", r"NETWORK=a\x3Db\x5Cc"),
        ("PREFIX", "(qaohv)~&@%+", "PREFIX=(qaohv)~&@%+"),
    ],
)
def test_a_value_says_what_it_means(name: str, value: str, token: str) -> None:
    """https://modern.ircdocs.horse/#rplisupport-005: three characters are written as their numbers."""
    assert encode_tokens({name: value}) == [(token,)]
    assert parse_token(token) == (name, value)


def test_a_line_has_thirteen_tokens_at_most() -> None:
    """And none of them is lost."""
    names = [f"T{number}" for number in range(TOKENS_PER_LINE * 2 + 1)]
    lines = encode_tokens(dict.fromkeys(names, ""))
    assert [len(line) for line in lines] == [TOKENS_PER_LINE, TOKENS_PER_LINE, 1]
    assert [token for line in lines for token in line] == names


def test_a_line_is_used_up() -> None:
    """Each token takes its bytes and a space."""
    assert encode_tokens({"AB": "", "C": "ü"}, room_bytes=8) == [("AB", "C=ü")]
    assert encode_tokens({"AB": "", "C": "ü"}, room_bytes=7) == [("AB",), ("C=ü",)]


@QUICK
@given(st.dictionaries(st.text("ABC", min_size=1), st.text(st.sampled_from("a= \\ü"), max_size=70), max_size=40))
def test_every_line_is_short_enough(tokens: dict[str, str]) -> None:
    """In bytes, beside the longest names, and every token is read as it was written."""
    lines = encode_tokens(tokens)
    for line in lines:
        encoded = encode_line("005", "ü" * 32, *line, text="are supported by this server", source="x" * 63)
        assert len(encoded) <= LINE_LIMIT
        assert encoded.endswith(b"this server\r\n")
    assert dict(parse_token(token) for line in lines for token in line) == tokens
