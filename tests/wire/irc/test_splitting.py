"""Splitting: nothing of a long text is lost on its way to a client, and no line is too long for it."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.irc.ctcp import parse_ctcp
from hubbub.wire.irc.message import LINE_LIMIT, encode_line, parse_message
from hubbub.wire.irc.splitting import MultilinePart, split_multiline, split_said, text_room
from tests.fuzz.budget import QUICK

SOURCE: Final = "jürgen!~u@abcdefghijkl.guest"
WORDS: Final = st.text(st.sampled_from("aü👍 "), min_size=1, max_size=30)


def test_the_room_for_a_text_is_what_the_rest_leaves() -> None:
    """A text of just that many bytes fits, and one more would not."""
    room = text_room("PRIVMSG", "#r", source=SOURCE)
    assert len(encode_line("PRIVMSG", "#r", text="x" * room, source=SOURCE)) == LINE_LIMIT
    assert len(f":{SOURCE} PRIVMSG #r :\r\n".encode()) + room == LINE_LIMIT


def test_there_is_always_some_room() -> None:
    """Whatever the names are: then the end of the line is lost, and nothing else."""
    assert split_said("ab" * 5, "PRIVMSG", "#" * 600, source=SOURCE, action=True)


@QUICK
@given(st.lists(WORDS, min_size=1, max_size=90), st.booleans())
def test_every_piece_arrives_whole(words: list[str], action: bool) -> None:
    """However long and in whatever characters, the words are the same on the other side, in order."""
    text = " ".join(words)
    pieces = split_said(text, "PRIVMSG", "#r", source=SOURCE, action=action)
    heard = []
    for piece in pieces:
        line = encode_line("PRIVMSG", "#r", text=piece, source=SOURCE)
        assert len(line) <= LINE_LIMIT
        said = parse_message(line[:-2].decode()).params[1]
        ctcp = parse_ctcp(said)
        assert (ctcp is not None) == action
        heard.append(said if ctcp is None else ctcp.params)
    assert "".join(heard).replace(" ", "") == text.replace(" ", "")


def test_lines_are_pieces() -> None:
    """A line end is told by a new line; an empty one by a space, as an empty text is refused by some clients."""
    assert split_said("a\n\nb", "PRIVMSG", "#r", source=SOURCE) == ["a", " ", "b"]
    assert split_said("a\nb", "PRIVMSG", "#r", source=SOURCE, action=True) == ["\x01ACTION a\x01", "\x01ACTION b\x01"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one two three", [("one two ", False), ("three", True)]),
        ("a\n\nb", [("a", False), ("", False), ("b", False)]),
        ("abcdefghijkl", [("abcdefghi", False), ("jkl", True)]),
        ("", [("", False)]),
        ("123456789 x", [("123456789 ", False), ("x", True)]),
        ("a\nb c d e f g", [("a", False), ("b c d e f ", False), ("g", True)]),
        ("ööööö", [("ööööö", False)]),
        ("öööööö", [("öööö", False), ("öö", True)]),
    ],
)
def test_a_batch_says_where_a_line_goes_on(text: str, parts: list[tuple[str, bool]]) -> None:
    """Every line end is one, and a line too long is continued with its spaces. IRCv3 multiline."""
    assert split_multiline(text, 10) == [MultilinePart(*part) for part in parts]


@QUICK
@given(st.text(st.sampled_from("ab  ü👍\n"), max_size=200), st.integers(5, 30))
def test_a_batch_is_the_text(text: str, room: int) -> None:
    """Joined as the specification says, nothing is missing; no line is too long, none that continues is empty."""
    parts = split_multiline(text, room)
    joined = "".join(part.text if part.continues else f"\n{part.text}" for part in parts)
    assert joined == f"\n{text}"
    assert all(len(part.text.encode()) <= room for part in parts)
    assert all(part.text for part in parts if part.continues)


def test_a_word_that_fits_stays_whole() -> None:
    """Pieces end between words where they can."""
    text = "word " * 40
    assert all(part.text.strip().split() == ["word"] * len(part.text.split()) for part in split_multiline(text, 23))
