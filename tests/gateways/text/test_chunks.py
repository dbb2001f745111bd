"""Chunks: text cut for readers who decode each piece by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.gateways.text.chunks import cut_chunks
from tests.fuzz.budget import QUICK


@QUICK
@given(st.text(st.sampled_from("a\n é€\U0001f44d"), max_size=60), st.integers(4, 20))
def test_pieces_are_small_whole_and_all_there(text: str, limit: int) -> None:
    """Each fits, can be read by itself, and all together are the text; a line that fits is never cut."""
    pieces = cut_chunks(text.encode(), limit)
    assert b"".join(pieces) == text.encode()
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join(piece.decode() for piece in pieces) == text
    for line in text.encode().splitlines(keepends=True):
        assert len(line) > limit or line in pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("one\ntwo\n", ["one\n", "two\n"]),
        ("one\r\ntwo", ["one\r\n", "two"]),
        ("123456789", ["12345678", "9"]),
        ("€€€€", ["€€", "€€"]),
        ("1234567\U0001f44d", ["1234567", "\U0001f44d"]),
    ],
)
def test_where_it_is_cut(text: str, pieces: list[str]) -> None:
    """At line ends, else as late as a character ends."""
    assert [piece.decode() for piece in cut_chunks(text.encode(), 8)] == pieces
