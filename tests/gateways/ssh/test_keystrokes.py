"""Keystrokes: what terminals send comes to keys and text, in whatever pieces it arrives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.texts import remove_controls
from hubbub.gateways.ssh.keystrokes import SEQUENCE_LIMIT, Cursor, Key, Keystroke, Keystrokes

CUTS = [Key.INTERRUPT, Key.END_OF_INPUT, Key.CUT_TO_START, Key.CUT_WORD, Key.CUT_TO_END, Key.PASTE, Key.TAB]


@pytest.mark.parametrize(
    ("data", "pressed"),
    [
        (b"hi\r", ["hi", Key.ENTER]),
        (b"hi\r\nyo\n", ["hi", Key.ENTER, "yo", Key.ENTER]),
        (b"\x1b[A\x1bOB\x1b[C\x1b[D", [Key.UP, Key.DOWN, Key.RIGHT, Key.LEFT]),
        (b"\x1b[1;5C\x1b[1;3D\x1bb\x1bf", [Key.WORD_RIGHT, Key.WORD_LEFT, Key.WORD_LEFT, Key.WORD_RIGHT]),
        (b"\x1b[1~\x1b[4~\x1b[H\x1bOF\x1b[3~", [Key.HOME, Key.END, Key.HOME, Key.END, Key.DELETE]),
        (b"\x03\x04\x15\x17\x0b\x19\t", CUTS),
        ("grüß 木".encode(), ["grüß 木"]),
        (b"a\xffb", ["a\ufffdb"]),
        (b"\x1b[24;9R\x1b[R\x1b[1;R\x1b[1;5;7R", [Cursor(9)]),
        (b"\x1b[?1;2c\x1b[200~\x1b[99;1$x\x00\x1c", []),
        ("\x9b31m\u202eok".encode(), ["31mok"]),
    ],
)
def test_what_is_sent_is_understood(data: bytes, pressed: list[Keystroke]) -> None:
    """Keys of several terminals, text in UTF-8, and what no keyboard sends, which comes to nothing."""
    assert Keystrokes().receive(data) == pressed


@given(st.lists(st.sampled_from([*"ab\r\n\t\x1b[O;1~ACDé木", "\x1b[A", "\x1b[3~", "\x1b[1;5C"])), st.data())
def test_pieces_make_no_difference(parts: list[str], data: st.DataObject) -> None:
    """A sequence may arrive in several packets, and a character as well."""
    sent = "".join(parts).encode()
    cut = data.draw(st.integers(0, len(sent)))
    whole, pieces = Keystrokes(), Keystrokes()
    assert _join(pieces.receive(sent[:cut]) + pieces.receive(sent[cut:])) == _join(whole.receive(sent))


@given(st.binary(max_size=200))
def test_nothing_typed_controls_a_terminal(data: bytes) -> None:
    """Whatever is sent, what comes out as text is harmless, and what is kept is little."""
    strokes = Keystrokes()
    for pressed in strokes.receive(data):
        assert isinstance(pressed, Key | Cursor) or pressed == remove_controls(pressed)
    strokes.receive(b"\x1b[" + b"1" * (SEQUENCE_LIMIT + 1))
    assert strokes.receive(b"ok")[-1:] == ["ok"]


def _join(pressed: list[Keystroke]) -> list[Keystroke]:
    joined: list[Keystroke] = []
    for one in pressed:
        last = joined[-1] if joined else None
        if isinstance(one, str) and isinstance(last, str):
            joined[-1] = last + one
        else:
            joined.append(one)
    return joined
