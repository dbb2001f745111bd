"""Lines: what somebody gives as a reason stays in its place on everybody else's screen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.texts import clean_line
from tests.fuzz.budget import QUICK


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("lunch", "lunch"),
        ("\x1b[2J\x9b1mgone", "[2J1mgone"),
        ("bye)\r\n[SERVER] hi", "bye) [SERVER] hi"),
        ("\n two\u2028lines\x85 \n", "twolines"),
        ("x" * 21, "x" * 20),
        ("", ""),
    ],
)
def test_a_line_is_one_line(text: str, line: str) -> None:
    """No control character and no line end is left of it, and no more than its limit."""
    assert clean_line(text, 20) == line


@QUICK
@given(st.text(st.characters() | st.characters(categories=["Cc", "Cs", "Zl"])), st.integers(0, 20))
def test_any_text_makes_a_line(text: str, limit: int) -> None:
    """Whatever was typed, the line is harmless and fits."""
    line = clean_line(text, limit)
    assert len(line) <= limit
    assert not [one for one in line if unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} and one != "\t"]
    assert len(line.splitlines()) <= 1
