"""Lines are broken as terminals count: by cells."""

import re
from typing import Final

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from hubbub.tui.flowing import flow, shorten
from hubbub.tui.marking import Look, Span


def lines(text: str, width: int) -> list[str]:
    """Return the lines of one span."""
    return ["".join(span.text for span in line) for line in flow([Span(text)], width)]


def test_words_are_kept() -> None:
    """A line ends between words where it can."""
    assert lines("one two three", 8) == ["one two ", "three"]


def test_long_words_are_broken() -> None:
    """A word that is wider than a line begins where there is room."""
    assert lines("ab " + "c" * 12, 6) == ["ab ccc", "cccccc", "ccc"]


def test_wide_characters_have_two_cells() -> None:
    """Half of one is not shown."""
    assert lines("日本語日本語", 5) == ["日本", "語日", "本語"]


def test_looks_go_on_in_the_next_line() -> None:
    """A span that is broken looks the same in both lines."""
    broken = flow([Span("a "), Span("bold words", Look.BOLD)], 6)
    assert broken == [(Span("a "), Span("bold", Look.BOLD)), (Span("words", Look.BOLD),)]


def test_nothing_is_one_line() -> None:
    """An empty text has a line."""
    assert flow([], 10) == [()]


LOOSE: Final = re.compile(r"(^|(?<=\s))\u200d+")
"""Joiners with nothing before them."""


@example("\u200d\u200d語a", 2)
@given(st.text("ab 語👩‍e\u0301 ", max_size=60), st.integers(2, 20))
def test_every_line_fits(text: str, width: int) -> None:
    """No line is wider than there is room, and only spaces are left out, and joiners that join nothing."""
    broken = lines(text, width)
    assert all(cell_len(line.rstrip()) <= width for line in broken)
    assert "".join(broken).replace(" ", "") == LOOSE.sub("", text).replace(" ", "")


def test_shortened_texts_say_so() -> None:
    """What is left out is shown, in cells."""
    assert shorten("hello", 5) == "hello"
    assert shorten("hello!", 5) == "hell…"
    assert shorten("日本語", 5) == "日本…"
    assert shorten("日本語", 4) == "日…"
    assert shorten("ab", 1) == "…"
    assert shorten("ab", 0) == ""
