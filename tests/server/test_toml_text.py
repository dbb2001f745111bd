"""TOML that is none: the line is named, and what would be right, in words of ours and never with a value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.server.toml_text import TomlError, parse_toml

TWICE = "for the second time; keep one of the two"
NO_TOML = "is no TOML: expected NAME = VALUE, with a text in quotes, or [GROUP]"
TOO_EARLY = "it ends too early: a value, a closing quote or a closing bracket is missing"

ALPHABET = st.sampled_from(["a", "b.c", "=", "1", "'", '"', "[", "]", "{", "}", ",", "\n", "#", " ", "\x00", "é"])


def refusal(text: str) -> str:
    """Return what is said of a text that is no TOML."""
    with pytest.raises(TomlError) as refused:
        parse_toml(text)
    return str(refused.value)


def test_toml_is_read() -> None:
    """Tables, texts, numbers and lists come as they are written."""
    assert parse_toml("listen = ['a', 'b']\n[limits]\nburst = 1\n") == {"listen": ["a", "b"], "limits": {"burst": 1}}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("data = 'a'\nlimits.burst = 1\ndata = 'b'\n", f"line 3 has data {TWICE}"),
        ("data = 'a'\ndata = 'b'", f"line 2 has data {TWICE}"),
        ("listen = []\nlisten = [\n  'a',\n]\ndata = 'b'\n", f"line 2 has listen {TWICE}"),
        ("[limits]\nburst = 1\n[limits]  # again\nin_flight = 1\n", f"line 3 has [limits] {TWICE}"),
        ("limits.burst = 1\n[limits]\nin_flight = 1\n", f"line 2 has [limits] {TWICE}"),
        ("limits = { burst = 1, burst = 2 }\n", f"line 1 has limits {TWICE}"),
        ('"a b" = 1\n"a b" = 2\n', f"something is there {TWICE}"),
    ],
)
def test_what_is_there_twice_is_named(text: str, sentence: str) -> None:
    """With the line where it comes again, though the parser may have gone on from there."""
    assert refusal(text) == sentence


@pytest.mark.parametrize(
    ("text", "line"),
    [("listen = 127.0.0.1:1\n", 1), ("data = 'a'\nlimits\n", 2), ("\n\n[limits\nburst = 1\n", 3), ("\x7fELF\x00", 1)],
)
def test_the_line_that_is_no_toml_is_named(text: str, line: int) -> None:
    """And what a line may be."""
    assert refusal(text) == f"line {line} {NO_TOML}"


@pytest.mark.parametrize("text", ["data = ", "data = 'a", "listen = ['a',\n"])
def test_a_text_that_is_not_finished(text: str) -> None:
    """Where something was opened and not closed, nobody knows which line is wrong."""
    assert refusal(text) == TOO_EARLY


@given(st.lists(ALPHABET, max_size=30).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever it is, it comes to a table or to one of the sentences above."""
    said = ""
    try:
        parse_toml(text)
    except TomlError as error:
        said = str(error)
    assert not said or said.endswith((TWICE, NO_TOML, TOO_EARLY))
