"""Patterns of names: what fits, and that nobody's pattern costs more than it should."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.patterns import is_pattern, matches
from tests.fuzz.budget import QUICK


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("ann", "ann", True),
        ("ann", "anna", False),
        ("ann", "an", False),
        ("ann*", "ann", True),
        ("ann*", "anna", True),
        ("*bot", "robot", True),
        ("*bot", "robots", False),
        ("a?n", "ann", True),
        ("a?n", "an", False),
        ("???", "ann", True),
        ("*", "", True),
        ("", "", True),
        ("", "a", False),
        ("a*b*c", "a-b-b-c", True),
        ("a*b*c", "a-b-b", False),
        ("**a**", "xax", True),
        ("Ann", "ann", False),
        ("a.n", "axn", False),
        ("[a-z]*", "ann", False),
    ],
)
def test_what_fits(pattern: str, text: str, fits: bool) -> None:
    """All of the name has to fit, and nothing but `*` and `?` means anything else than itself."""
    assert matches(pattern, text) == fits


def test_a_pattern_is_known_by_its_marks() -> None:
    """A name without them is only a name."""
    assert is_pattern("a*")
    assert is_pattern("a?")
    assert not is_pattern("ann")


@QUICK
@given(st.text("ab*?", max_size=10), st.text("ab", max_size=10))
def test_it_fits_as_the_same_regular_expression_would(pattern: str, text: str) -> None:
    """Compared with what is known to be right, though slow."""
    expression = "".join({"*": ".*", "?": "."}.get(mark, re.escape(mark)) for mark in pattern)
    assert matches(pattern, text) == bool(re.fullmatch(expression, text))


@QUICK
@given(st.text(max_size=32))
def test_every_name_fits_itself_and_everything(text: str) -> None:
    """Whatever is in a name; but a `*` or a `?` in it would mean more than itself."""
    assert matches(text, text)
    assert matches("*", text)
    assert matches(f"*{text}*", text)


def test_no_pattern_is_slow() -> None:
    """What stops a regular expression for years is done at once; a second is a thousand times more than it takes."""
    begun = time.perf_counter()
    for _ in range(20):
        assert not matches("*a" * 32 + "b", "a" * 64)
    assert time.perf_counter() - begun < 1
