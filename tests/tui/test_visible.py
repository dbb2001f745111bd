"""What would control a terminal is seen, and does nothing."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from hubbub.tui.visible import (
    LINE_CHARACTERS,
    PILED,
    TEXT_CHARACTERS,
    cut_text,
    make_line_visible,
    make_visible,
)

ANYTHING = st.text(st.characters(exclude_categories=[]), max_size=60)


def test_escapes_are_pictures() -> None:
    """An escape sequence is read and not obeyed."""
    assert make_visible("\x1b[31mred\x07\x7f") == "␛[31mred␇␡"
    assert make_visible("\x9b2J") == "\\x9b2J"


def test_directions_are_shown() -> None:
    """Nothing turns a line around."""
    assert make_visible("file\u202egpj.exe") == "file\\u202egpj.exe"
    assert make_visible("\u2066a\u2069") == "\\u2066a\\u2069"


def test_lines_stay_lines() -> None:
    """A line end of any system is one; in one line it is a picture."""
    assert make_visible("a\r\nb\tc") == "a\nb    c"
    assert make_line_visible("a\nb") == "a␊b"


def test_piles_are_cut() -> None:
    """Marks above one another would cover others' lines; what joins emoji, and flags, stays whole."""
    assert make_visible("a" + "\u0301" * 500 + "b") == "a" + "\u0301" * PILED + "b"
    assert make_visible("\u200b" * 500) == "\u200b" * PILED
    for whole in (
        "👩\u200d👩\u200d👧\u200d👦",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "e\u0301\u0323",
    ):
        assert make_visible(whole) == whole


def test_very_long_texts_are_cut() -> None:
    """What is drawn is bounded, and says that there is more."""
    assert make_line_visible("w" * 10_000_000) == "w" * LINE_CHARACTERS + "…"
    shown = cut_text("w" * 10_000_000)
    assert shown.startswith("w" * TEXT_CHARACTERS)
    assert shown.endswith("(10000000 characters, of which 40000 are shown)")


@given(ANYTHING)
def test_nothing_controls(text: str) -> None:
    """No control is left but the line end, and nothing that UTF-8 cannot carry."""
    visible = make_visible(text)
    visible.encode()
    assert all(unicodedata.category(character) != "Cc" for character in visible if character != "\n")
    assert make_visible(visible) == visible
