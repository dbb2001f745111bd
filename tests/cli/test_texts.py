"""What is said from the shell, cut into messages."""

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.cli import texts
from hubbub.cli.texts import cut

lines = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=80), min_size=1)
texts_said = lines.map("\n".join).filter(str.strip)


@given(texts_said, st.integers(60, 300), st.integers(3, 20), st.booleans())
def test_every_part_is_short_enough(text: str, limit_bytes: int, limit_lines: int, is_code: bool) -> None:
    """And none of them says nothing."""
    for part in cut(text, limit_bytes, limit_lines, is_code=is_code):
        assert part.strip()
        assert len(part.encode()) <= max(limit_bytes, longest_fence(text) * 2 + 20)
        assert len(part.split("\n")) <= limit_lines


def longest_fence(text: str) -> int:
    """Return a bound for how long a fence has to be."""
    return max(map(len, text.split("\n")))


@given(texts_said, st.integers(60, 300), st.integers(3, 20))
def test_nothing_is_left_out(text: str, limit_bytes: int, limit_lines: int) -> None:
    """The parts together say what was to be said, but for line ends."""
    said = "".join(cut(text, limit_bytes, limit_lines, is_code=False))
    assert "".join(said.split()) == "".join(text.split())


def test_code_is_put_between_fences_that_it_does_not_close() -> None:
    """Whatever it holds."""
    assert cut("x = 1", 0, 0, is_code=True) == ["```\nx = 1\n```"]
    assert cut("```\nx\n```", 0, 0, is_code=True) == ["````\n```\nx\n```\n````"]


def test_a_long_line_is_cut_between_characters() -> None:
    """However many bytes they have."""
    parts = cut("é" * 1_000, 100, 0, is_code=False)
    assert "".join(parts) == "é" * 1_000
    assert {len(part.encode()) for part in parts[:-1]} == {98}


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_there_has_to_be_something_to_say(text: str) -> None:
    """An empty message is a mistake on the command line."""
    with pytest.raises(click.UsageError, match="nothing to say"):
        texts.read_text(text)
