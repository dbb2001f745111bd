"""Texts: whatever is said, nothing but harmless characters of a bounded number of bytes reaches anybody."""

import unicodedata
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hubbub.core.features.messages import DEFAULTS, clean_text
from hubbub.core.kinds import Refused
from hubbub.core.limits import Limits
from tests.fuzz.budget import QUICK

MESSAGE_BYTES, MESSAGE_LINES = DEFAULTS.message_bytes, DEFAULTS.message_lines

SURROGATES: Final = st.characters(categories=["Cs"])
CONTROLS: Final = st.characters(categories=["Cc", "Zl", "Zp"])
TEXTS: Final = st.text(st.characters() | SURROGATES | CONTROLS, max_size=40)
"""Anything that a program can hold, with more of the dangerous than chance would bring."""


def try_clean(text: str) -> str | None:
    """Return the clean text, or None where nothing of it is left."""
    try:
        return clean_text(text)
    except Refused as refused:
        if refused.refusal.code != "empty":
            raise
        return None


@QUICK
@given(TEXTS)
@example("\r\n\r\r\n\nann\r\n")
@example("\x1b\n\x9b\nann")
def test_a_clean_text_is_harmless(text: str) -> None:
    """No control characters but newline and tab, nothing that starts an escape sequence, nothing UTF-8 cannot carry."""
    clean = try_clean(text)
    if clean is None:
        return
    controls = {character for character in clean if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}}
    assert controls <= {"\n", "\t"}
    assert len(clean.encode()) <= MESSAGE_BYTES
    assert len(clean.split("\n")) == len(clean.splitlines()), "no reader sees more lines than there are"
    assert not clean.startswith("\n")
    assert not clean.endswith("\n")


@QUICK
@given(TEXTS)
@example("\n\x00\n")
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """A text that was cleaned once is the same everywhere it comes through."""
    clean = try_clean(text)
    assert clean is None or clean_text(clean) == clean


@QUICK
@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_what_can_be_printed_is_kept(text: str) -> None:
    """Letters, digits, marks and symbols of all scripts come through as they are."""
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("\x1b[2J\x1b]0;owned\x07", "[2J]0;owned"),
        ("\x9b31mred", "31mred"),
        ("back\x08space\x7f", "backspace"),
        ("one\r\ntwo\rthree", "one\ntwothree"),
        ("\n\n  indented\n\nlines \n", "  indented\n\nlines "),
        ("a\tb", "a\tb"),
        ("four\x0blines\x0cin\x85one\u2028text\u2029", "fourlinesinonetext"),
        ("half \ud83d", "half "),
        ("\u202artl\u202b\u202c\u202d \u202e[1:1] x", "rtl [1:1] x"),
        ("\U0001f469\u200d\U0001f680", "\U0001f469\u200d\U0001f680"),
        ("\u200eleft \u2067\u05d0\u2069", "\u200eleft \u2067\u05d0\u2069"),
    ],
)
def test_what_is_removed_and_what_is_not(text: str, clean: str) -> None:
    """Controls go, of C0 and C1; the joiners of emoji and the marks of writing from right to left are needed."""
    assert clean_text(text) == clean


@pytest.mark.parametrize("text", ["", " ", "\n", " \t \u00a0\u3000", "\x00\x1b", "\r\n\r\n", "\ud800"])
def test_nothing_is_not_said(text: str) -> None:
    """A text of which nothing can be seen is refused with `empty`."""
    with pytest.raises(Refused) as refused:
        clean_text(text)
    assert refused.value.refusal.code == "empty"


@pytest.mark.parametrize("character", ["a", "é", "€", "\U0001f680"])
def test_length_is_counted_in_bytes(character: str) -> None:
    """A text may fill the limit to its last byte; one byte more is refused with both figures."""
    size = len(character.encode())
    longest = character * (MESSAGE_BYTES // size) + "." * (MESSAGE_BYTES % size)
    assert clean_text(longest) == longest
    with pytest.raises(Refused) as refused:
        clean_text(longest + ".")
    assert refused.value.refusal.code == "too_long"
    assert f"{MESSAGE_BYTES + 1} bytes" in refused.value.refusal.sentence
    assert f"{MESSAGE_BYTES} is the most" in refused.value.refusal.sentence


def test_lines_are_counted_too() -> None:
    """Each line costs some readers a name and a time, so that a text of line ends alone would grow a hundredfold."""
    longest = "a" + "\n" * (MESSAGE_LINES - 2) + "\r\nb"
    assert clean_text(longest) == longest.replace("\r", "")
    with pytest.raises(Refused) as refused:
        clean_text(longest + "\nc")
    assert refused.value.refusal.code == "too_long"
    assert f"{MESSAGE_LINES + 1} lines" in refused.value.refusal.sentence
    assert f"{MESSAGE_LINES} is the most" in refused.value.refusal.sentence
    assert clean_text(longest + "\nc", Limits(message_lines=0)).endswith("c")


def test_what_is_removed_does_not_count() -> None:
    """The limit is for what is kept: a coloured text that fits without its colours is said."""
    assert clean_text("\x00" * MESSAGE_BYTES + "a") == "a"
    assert clean_text("\n" * MESSAGE_LINES + "a") == "a"
