"""Durations: what people write and read for how long something is to last, and when it is over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.durations import (
    HOW,
    LONGEST_SECONDS,
    UnfitDurationError,
    describe_duration,
    parse_duration,
    take_duration,
)
from hubbub.core.terms import Term, is_over, term_of
from tests.fuzz.budget import QUICK

HOUR_MS = 3_600_000


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("30s", 30), ("10m", 600), ("2h", 7_200), ("7d", 604_800), ("1w", 604_800), ("1h30m", 5_400), ("2H", 7_200)],
)
def test_durations_are_understood(text: str, seconds: int) -> None:
    """A number and a unit, or several of them, in capitals or not."""
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "2", "h", "2 h", "2x", "-2h", "1.5h", "٣h", "0m", "1000w", "9999999999s"])
def test_what_is_no_duration_is_explained(text: str) -> None:
    """What cannot be meant is answered with a sentence that says what can."""
    with pytest.raises(UnfitDurationError, match=f"{HOW}|ten years"):
        parse_duration(text)


def test_units_may_be_words() -> None:
    """`2 hours` is as good as `2h`; what follows is something else."""
    assert take_duration(["2", "hours", "spam"]) == (7_200, 2)
    assert take_duration(["90", "MIN"]) == (5_400, 2)
    assert take_duration(["2h", "hours"]) == (7_200, 1)
    for words in ([], ["2"], ["2", "spam"]):
        with pytest.raises(UnfitDurationError):
            take_duration(words)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 second"),
        (0.2, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (61, "1 minute and 1 second"),
        (7_200, "2 hours"),
        (7_201, "2 hours and 1 minute"),
        (90_000, "1 day and 1 hour"),
        (1_209_600, "2 weeks"),
        (86_399, "24 hours"),
    ],
)
def test_durations_are_told_in_two_units(seconds: float, words: str) -> None:
    """Rounded up, so that nobody is told to come back too early."""
    assert describe_duration(seconds) == words


@QUICK
@given(st.integers(1, LONGEST_SECONDS))
def test_any_duration_can_be_told(seconds: int) -> None:
    """Nothing that can be meant is without words."""
    assert describe_duration(seconds)[0].isdigit()
    assert parse_duration(f"{seconds}s") == seconds


def test_a_term_ends() -> None:
    """It holds from its beginning until its end, and no longer; what has no end holds for ever."""
    term = term_of(7_200, 10 * HOUR_MS)
    assert term == Term(10 * HOUR_MS, 12 * HOUR_MS)
    assert not term.is_over(10 * HOUR_MS)
    assert not term.is_over(12 * HOUR_MS - 1)
    assert term.is_over(12 * HOUR_MS)
    assert term.seconds_left(11 * HOUR_MS) == 3_600
    assert term.seconds_left(13 * HOUR_MS) == 0
    assert term.length == "2 hours"
    assert term_of(None, 0) is None
    assert not is_over(None, 2**42)


@QUICK
@given(st.integers(0, 2**42), st.integers(1, LONGEST_SECONDS), st.integers(0, 2**42))
def test_a_clock_that_jumps_makes_nothing_permanent(since_ms: int, seconds: int, now_ms: int) -> None:
    """Wherever the clock is set, what began by another clock lasts twice as long at most, and is told no longer."""
    term = term_of(seconds, since_ms)
    assert term is not None
    assert term.seconds_left(now_ms) <= seconds
    if not term.is_over(now_ms):
        assert term.is_over(now_ms + 2 * seconds * 1_000)
