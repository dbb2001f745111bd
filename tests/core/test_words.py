"""Words: the nearest one is found, and none where none is near."""

import pytest

from hubbub.core.words import nearest

COMMANDS = ("/help", "/list", "/rooms", "/whisper", "/exit")


@pytest.mark.parametrize(
    ("word", "meant"),
    [("/hlep", "/help"), ("/HELP", "/help"), ("/whispr", "/whisper"), ("/lst", "/list"), ("/xyzzy", None), ("", None)],
)
def test_the_nearest_word_is_found(word: str, meant: str | None) -> None:
    """Letters swapped, missing or in capitals are forgiven; something else altogether is not guessed at."""
    assert nearest(word, COMMANDS) == meant


def test_an_endless_word_is_compared_by_its_beginning() -> None:
    """A line of 16 KiB that begins with a slash costs no more than a word."""
    assert nearest("/" + "x" * 16_384, COMMANDS) is None


def test_a_beginning_means_the_shortest_word_that_begins_so() -> None:
    """Who abbreviates is understood, even where another word is as like it."""
    assert nearest("hist", ["list", "history", "historical"]) == "history"
    assert nearest("HIST", ["list", "history"]) == "history"


def test_one_letter_is_no_beginning() -> None:
    """One letter begins too many words to mean one."""
    assert nearest("x", ["xylophone"]) is None
