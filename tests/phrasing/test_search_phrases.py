"""Search phrases: what was found stands between stars, in a line that is not too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.phrasing.search_phrases import EXCERPT, excerpt
from tests.fuzz.budget import QUICK

LONG = "x" * 300


@pytest.mark.parametrize(
    ("text", "spans", "shown"),
    [
        ("hot tea", ((4, 7),), "hot *tea*"),
        ("hot tea", (), "hot tea"),
        ("one\nhot tea\ntea", ((8, 11), (12, 15)), "hot *tea*"),
        ("hot\ntea", ((0, 7),), "*hot\ntea*"),
        ("", (), ""),
        (f"tea {LONG}", ((0, 3),), f"*tea* {'x' * (EXCERPT - 4)}…"),
        (f"{LONG} tea", ((301, 304),), f"…{'x' * (EXCERPT - 4)} *tea*"),
        (f"{LONG}tea{LONG}", ((300, 303),), f"…{'x' * 50}*tea*{'x' * (EXCERPT - 53)}…"),
        (f"line\n{LONG}", ((5, 305),), f"*{'x' * EXCERPT}*…"),
    ],
)
def test_the_line_with_what_was_found_is_shown(text: str, spans: tuple[tuple[int, int], ...], shown: str) -> None:
    """Or as much of it as fits."""
    assert excerpt(text, spans) == shown


@QUICK
@given(st.text(st.sampled_from("ab \n"), max_size=400), st.lists(st.integers(0, 400), max_size=6))
def test_an_excerpt_is_short_and_true(text: str, places: list[int]) -> None:
    """Without stars and dots it is a part of the text, and something that was found is in it."""
    ends = sorted({place for place in places if place <= len(text)})
    spans = tuple(zip(ends[::2], ends[1::2], strict=False))
    shown = excerpt(text, spans)
    plain = shown.replace("*", "").replace("…", "")
    assert plain in text
    assert len(plain) <= EXCERPT
    assert "*" in shown or not spans
