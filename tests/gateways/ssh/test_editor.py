"""The editor: a line is written as in every shell, and its row never leaves the terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.gateways.ssh.editor import HISTORY_LIMIT, LINE_LIMIT, LineEditor
from hubbub.gateways.ssh.keystrokes import Key
from hubbub.gateways.ssh.widths import text_width


def editor(*, width: int = 80, prompt: str = "> ") -> LineEditor:
    """Return one that completes every word with an exclamation mark."""
    made = LineEditor(lambda line, place: (f"{line[:place]}!{line[place:]}", place + 1))
    made.width, made.prompt = width, prompt
    return made


def write(it: LineEditor, *pressed: Key | str) -> str:
    """Press and type, and return the line."""
    for one in pressed:
        if isinstance(one, Key):
            it.press(one)
        else:
            it.write(one)
    return it.take()


@pytest.mark.parametrize(
    ("pressed", "line"),
    [
        (["ace", Key.LEFT, "d"], "acde"),
        (["abc", Key.BACKSPACE], "ab"),
        (["abc", Key.HOME, Key.DELETE, Key.END, "d"], "bcd"),
        (["one two", Key.CUT_WORD, "three"], "one three"),
        (["one two", Key.WORD_LEFT, Key.CUT_TO_START, Key.END, " ", Key.PASTE], "two one "),
        (["one two", Key.HOME, Key.WORD_RIGHT, Key.CUT_TO_END, Key.HOME, Key.PASTE, " "], " two one"),
        (["e\u0301x", Key.LEFT, Key.BACKSPACE], "x"),
        (["e\u0301x", Key.HOME, Key.RIGHT, "-"], "e\u0301-x"),
        (["hi", Key.TAB], "hi!"),
        ([Key.BACKSPACE, Key.DELETE, Key.LEFT, Key.RIGHT, Key.UP, Key.DOWN, "a"], "a"),
    ],
)
def test_keys_do_what_they_do_in_a_shell(pressed: list[Key | str], line: str) -> None:
    """Moving, deleting, cutting, pasting and completing; a mark goes with its character."""
    assert write(editor(), *pressed) == line


def test_lines_are_called_back() -> None:
    """The last first, none twice in a row; nothing of a secret, nor of what a password may stand in."""
    it = editor()
    for line in ("one", "two", "two", "/login ann secret", ""):
        write(it, line)
    it.hidden = True
    write(it, "secret")
    it.hidden = False
    assert write(it, Key.UP) == "two"
    assert write(it, Key.UP, Key.UP) == "one"
    assert write(it, "begun", Key.UP, Key.DOWN, Key.DOWN) == ""


def test_what_is_kept_is_bounded() -> None:
    """Lines have a longest, and there are only so many of them."""
    it = editor()
    assert len(write(it, "x" * (LINE_LIMIT + 5), "y")) == LINE_LIMIT
    for number in range(HISTORY_LIMIT + 5):
        write(it, f"line {number}")
    assert write(it, *[Key.UP] * (HISTORY_LIMIT + 50)) == "line 5"


def test_marks_without_end_are_gone_through_in_steps() -> None:
    """Each key takes little time, whatever is written."""
    it = editor()
    it.write("e" + "\u0301" * 100)
    for _ in range(4):
        it.press(Key.LEFT)
    it.write("<")
    assert it.take().startswith("<e")


def test_a_secret_is_not_shown() -> None:
    """Not even its length."""
    it = editor()
    it.hidden = True
    it.write("secret")
    assert it.draw() == ("> ", 0)


@given(
    st.integers(1, 40),
    st.text("ab 木e\u0301👍", max_size=12),
    st.lists(st.one_of(st.text("ab 木\u0301👍", min_size=1), st.sampled_from([*Key]))),
)
def test_the_row_fits(width: int, prompt: str, pressed: list[Key | str]) -> None:
    """Whatever is written, a cell is left for the cursor, which stands inside what is shown."""
    it = editor(width=width, prompt=prompt)
    for one in pressed:
        if isinstance(one, Key):
            it.press(one)
        else:
            it.write(one)
        shown, left = it.draw()
        assert text_width(shown) <= max(width - 1, 1)
        assert 0 <= left <= text_width(shown)
