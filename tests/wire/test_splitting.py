"""Splitting: pieces that fit, cut where it hurts least, with nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.splitting import split_text
from tests.fuzz.budget import QUICK

TEXTS = st.text(st.sampled_from("ab üé€👍\n") | st.characters(exclude_categories=["Cs"]), max_size=200)


@QUICK
@given(TEXTS, st.integers(4, 60))
def test_pieces_fit_and_hold_everything(text: str, limit_bytes: int) -> None:
    """No piece is empty or too long, and only line ends and spaces at a cut are missing."""
    pieces = split_text(text, limit_bytes)
    assert all(0 < len(piece.encode()) <= limit_bytes for piece in pieces)
    assert without_gaps("".join(pieces)) == without_gaps(text)


def without_gaps(text: str) -> str:
    """Return the text without what a cut may take away."""
    return text.replace(" ", "").replace("\n", "")


@QUICK
@given(st.lists(st.text("abü", min_size=1, max_size=10), min_size=1).map(" ".join))
def test_words_that_fit_are_never_cut(text: str) -> None:
    """A line is cut at spaces as long as each word fits by itself; put together with spaces, it is the same again."""
    assert " ".join(split_text(text, 20)) == text


def test_a_word_may_fill_its_piece() -> None:
    """The space at a cut falls away, so it takes no room."""
    assert split_text("abcd efgh ijkl ", 4) == ["abcd", "efgh", "ijkl"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("[#a] abcdefghijklm", ["[#a] abc", "defghijk", "lm"]),
        ("a b abcdefghi j", ["a b abcd", "efghi j"]),
        ("[#a] abcdefgh", ["[#a]", "abcdefgh"]),
    ],
)
def test_a_word_that_is_cut_anyway_begins_where_it_stands(text: str, pieces: list[str]) -> None:
    """A room's name or a time before it is no message of its own; a word that fits is still kept whole."""
    assert split_text(text, 8) == pieces


def test_a_text_that_fits_is_left_alone() -> None:
    """What needs no cutting keeps its spaces."""
    assert split_text("  two  words ", 100) == ["  two  words "]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("one\ntwo", ["one", "two"]),
        ("one\n\ntwo", ["one", " ", "two"]),
        ("one\n\n\n\ntwo\n\n333", ["one", " ", "two", " ", "333"]),
        ("\n\none\n", ["one"]),
        ("", []),
        ("\n\n", []),
    ],
)
def test_each_line_is_a_piece_and_a_gap_is_one(text: str, pieces: list[str]) -> None:
    """Clients that show one line a message get one line a message, and a gap between two; none is empty."""
    assert split_text(text, 100) == pieces


@pytest.mark.parametrize(
    "seen_as_one",
    ["e\u0301", "👍🏽", "👩\u200d💻", "🇩🇪", "हि", "x\u0308\u0323"],
)
def test_what_is_seen_as_one_stays_together(seen_as_one: str) -> None:
    """Accents, skin tones, joined pictures and flags are not cut in two, wherever the limit falls."""
    size = len(seen_as_one.encode())
    for limit_bytes in range(max(4, size), 4 * size):
        pieces = split_text(seen_as_one * 9, limit_bytes)
        assert all(piece == seen_as_one * (len(piece) // len(seen_as_one)) for piece in pieces)


def test_an_endless_grapheme_is_cut_somewhere() -> None:
    """A thousand accents on one letter are seen as one by nobody, and each piece still holds something."""
    pieces = split_text("ae" + "\u0301" * 1000, 100)
    assert "".join(pieces) == "ae" + "\u0301" * 1000
    assert len(pieces) == 21


def test_a_limit_below_one_character_is_refused() -> None:
    """Cutting for ever would be worse than a plain error of ours."""
    with pytest.raises(ValueError, match="3"):
        split_text("👍", 3)
