"""WHOX: the fields that a client wants, in the order of the specification, whatever it asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.irc.message import encode_line
from hubbub.wire.irc.whox import FIELDS, WhoOptions, parse_who_options, who_parameters
from tests.fuzz.budget import QUICK


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("%cuhnar", WhoOptions("", "cuhnar")),
        ("%afnt,42", WhoOptions("", "tnfa", "42")),
        ("%tcuihsnfdlaor,999", WhoOptions("", FIELDS, "999")),
        ("o%n", WhoOptions("o", "n")),
        ("o", WhoOptions("o")),
        ("", WhoOptions()),
        ("%", WhoOptions("", "")),
        ("%nnzZn?", WhoOptions("", "n")),
        ("%tn,", WhoOptions("", "tn")),
        ("%tn,1234", WhoOptions("", "tn")),
        ("%tn,1a", WhoOptions("", "tn")),
        ("%tn,²", WhoOptions("", "tn")),
    ],
)
def test_options_are_read(text: str, options: WhoOptions) -> None:
    """IRCv3 whox: letters that nobody knows are ignored, a token has up to three digits."""
    assert parse_who_options(text) == options


def test_an_answer_has_just_the_fields() -> None:
    """The first example of the specification: the real name is the last, and may have spaces."""
    values = {"c": "#ircv3", "u": "~cooluser", "h": "coolhost", "n": "cooluser", "a": "coolaccount", "r": "Cool User"}
    params, real_name = who_parameters(parse_who_options("%cuhnar"), values)
    assert params == ["#ircv3", "~cooluser", "coolhost", "cooluser", "coolaccount"]
    assert real_name == "Cool User"


def test_what_is_not_told_has_something_in_its_place() -> None:
    """So that a client finds the others. IRCv3 whox, RPL_WHOSPCRPL."""
    params, real_name = who_parameters(parse_who_options("%tcilao"), {"a": ""})
    assert params == ["0", "*", "255.255.255.255", "0", "0", "n/a"]
    assert real_name is None
    assert who_parameters(parse_who_options("%t,42"), {}) == (["42"], None)
    assert who_parameters(parse_who_options("%r"), {}) == ([], "")


@QUICK
@given(st.text(st.sampled_from("to%cz,4ü: ")))
def test_any_options_can_be_answered(text: str) -> None:
    """With as many parameters as were asked for, each of which can stand in a line."""
    options = parse_who_options(text)
    params, real_name = who_parameters(options, {"n": "ann"})
    assert len(params) == len((options.fields or "").replace("r", ""))
    encode_line("354", "ann", *params, text=real_name)
