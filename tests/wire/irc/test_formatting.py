"""Formatting: bold stays bold, colours go, and no mark ever stands alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.irc.formatting import strip_formatting, to_markdown
from tests.fuzz.budget import QUICK


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("I love \x033IRC! \x03It is the \x037best protocol ever!", "I love IRC! It is the best protocol ever!"),
        ("This is a \x1d\x0313,9cool \x03message", "This is a cool message"),
        ("IRC \x02is \x034,12so \x16great\x0f!", "IRC is so great!"),
        (
            "Rules: Don't spam 5\x0313,8,6\x03,7,8, and especially not \x029\x02\x1d!",
            "Rules: Don't spam 5,6,7,8, and especially not 9!",
        ),
        ("\x03,1 \x031,x \x03123 \x031,234", ",1 ,x 3 4"),
        ("\x04ff0000red\x04 \x04ff0000,00FF00both\x04 \x04ff00", "red both ff00"),
        ("\x1fa\x1f \x1eb\x1e \x11c\x11", "a b c"),
        ("\x03", ""),
        ("plain", "plain"),
    ],
)
def test_nothing_is_left_of_it(text: str, plain: str) -> None:
    """The examples of https://modern.ircdocs.horse/formatting: the numbers go with the colours, no other ones do."""
    assert strip_formatting(text) == plain


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a \x02b\x02 c", "a **b** c"),
        ("a \x1db\x1d c", "a *b* c"),
        ("a \x11b()\x11 c", "a `b()` c"),
        ("a \x1eb\x1e c", "a ~~b~~ c"),
        ("\x02\x1db\x0f c", "***b*** c"),
        ("\x02a \x1db\x1d c\x02", "**a** ***b*** **c**"),
        ("\x02\x11b\x0f", "**`b`**"),
        ("\x1e\x02b", "~~**b**~~"),
        ("\x02 b \x02c", " **b** c"),
        ("\x02 \x02c", " c"),
        ("\x02\x02c", "c"),
        ("\x02never closed", "**never closed**"),
        ("\x0304\x02b\x02\x03", "**b**"),
        ("\x02a\x0304b\x02", "**ab**"),
        ("\x1fu\x1f", "u"),
        ("half\x02way\x02", "half**way**"),
        ("\x02a\nb", "**a**\nb"),
        ("\x02Title\x02: x", "**Title**: x"),
        ("(\x02!\x02)", "(**!**)"),
    ],
)
def test_what_is_meant_by_it_is_kept(text: str, markdown: str) -> None:
    """Each as `docs/topics/markdown.md` has it, until the line ends: so does the formatting of IRC."""
    assert to_markdown(text) == markdown


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("\x022*3\x02", "2*3"),
        ("\x11a`b\x11", "a`b"),
        ("\x02C:\\\x02", "C:\\"),
        ("a\\\x02b\x02", "a\\b"),
        ("a\x02!\x02b", "a!b"),
        ("*\x02a\x02", "*a"),
        ("\x02a\x02*", "a*"),
    ],
)
def test_where_marks_would_be_misread_there_are_none(text: str, plain: str) -> None:
    """CommonMark 0.31.2, sections 2.4, 6.1 and 6.2: within words, beside other marks, or before a backslash."""
    assert to_markdown(text) == plain


def test_a_text_without_formatting_stays_as_it_is() -> None:
    """Whatever marks somebody wrote himself."""
    assert to_markdown("*a* **b* `c\n d ") == "*a* **b* `c\n d "


@QUICK
@given(st.text(st.sampled_from("ab !ü\x02\x03\x0f\x11\x16\x1d\x1e\x1f4,\n")))
def test_marks_come_in_pairs_and_nothing_else_changes(text: str) -> None:
    """Without them, what is left is the text without its formatting."""
    markdown = to_markdown(text)
    assert re.sub(r"[*`~]", "", markdown) == strip_formatting(text)
    for line in markdown.split("\n"):
        assert all(line.count(mark) % 2 == 0 for mark in ("**", "`", "~~"))
        assert line.count("*") % 2 == 0
