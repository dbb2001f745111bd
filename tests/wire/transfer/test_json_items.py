"""JSON arrays of any layout: each element with its line, and errors with theirs."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.transfer.broken import BrokenArchive
from hubbub.wire.transfer.json_items import read_items

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.lists(VALUES, max_size=5), st.sampled_from([None, 0, 2]))
def test_elements_come_in_order(values: list[object], indent: int | None) -> None:
    """However the array is laid out."""
    read = list(read_items(json.dumps(values, indent=indent).encode(), "f"))
    assert [item for _, item in read] == values


def test_lines_are_those_of_the_file() -> None:
    """Counted from 1, where each element begins."""
    assert list(read_items(b'\xef\xbb\xbf[\n {"a":\n 1},\n\n 2, 3\n]\n', "f")) == [(2, {"a": 1}), (5, 2), (5, 3)]


def test_half_characters_are_mended() -> None:
    """Programs that cut texts off leave them; whole ones stay what they are, however they are written."""
    data = rb'[{"a\ud83d": ["x\uD83D", "\ud83d\ude00", "\\ud83d", 1]}, "plain"]'
    assert [item for _, item in read_items(data, "f")] == [{"a\ufffd": ["x\ufffd", "😀", "\\ud83d", 1]}, "plain"]


BROKEN = [
    (b"", "f, line 1: this should be a JSON array"),
    (b'{"a": 1}', "f, line 1: this should be a JSON array"),
    (b"[", "f, line 1: that is no JSON"),
    (b"[\n1\n2]", "f, line 3: here a comma or the end of the array is missing"),
    (b"[\n1,\n]", "f, line 3: that is no JSON"),
    (b'[\n1,\n{"a":\n"b}]', "f, line 4: that is no JSON: Unterminated string"),
    (b'[\n1,\n"\xff"]', "f, line 3: byte 0xFF is not UTF-8"),
    (b"[\n1]\nx", "f, line 2: something stands behind the end"),
    (b"[\n" + b"[" * 100_000, "f, line 2: that is nested too deeply"),
    (b"[\n" + b"1" * 10_000 + b"]", "f, line 2: that is no JSON for us"),
]
"""Files, and how the sentence begins."""


@pytest.mark.parametrize(("data", "words"), BROKEN, ids=range(len(BROKEN)))
def test_what_is_broken_is_told_with_its_line(data: bytes, words: str) -> None:
    """One sentence with file and line."""
    with pytest.raises(BrokenArchive) as raised:
        list(read_items(data, "f"))
    assert str(raised.value).startswith(words)
