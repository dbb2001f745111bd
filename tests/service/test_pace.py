"""Pace: a burst at once, then so many a second, and nobody has to guess how long to wait."""

from hypothesis import given
from hypothesis import strategies as st

from hubbub.service.pace import JointPace, Pace
from tests.fuzz.budget import QUICK


def test_a_burst_passes_and_then_one_after_the_other() -> None:
    """Three at once, then one every quarter of a second; the delay says how long exactly."""
    pace = Pace(3, 4)
    assert [pace.delay(0.0) for _ in range(3)] == [0, 0, 0]
    assert pace.delay(0.0) == 0.25
    assert pace.delay(0.125) == 0.125
    assert pace.delay(0.25) == 0
    assert pace.delay(0.25) == 0.25


def test_who_rests_may_burst_again() -> None:
    """After a rest long enough the whole burst is there again, and no more than that."""
    pace = Pace(3, 4)
    for now in (0.0, 100.0):
        assert [pace.delay(now) for _ in range(3)] == [0, 0, 0]
        assert pace.delay(now) > 0


def test_what_is_counted_afterwards_is_made_up_for() -> None:
    """Looking counts nothing; what passed without asking, because nobody knew yet that it counts, is waited for."""
    pace = Pace(3, 4)
    for _ in range(10):
        assert pace.peek(1.0) == 0
    for _ in range(5):
        pace.count(1.0)
    assert pace.peek(1.0) == pace.delay(1.0) == 0.75
    assert pace.peek(1.75) == pace.delay(1.75) == 0


@QUICK
@given(
    st.integers(1, 20),
    st.floats(0.5, 100),
    st.lists(st.floats(0, 10), min_size=1, max_size=100),
)
def test_never_more_than_burst_and_pace_allow(burst: int, per_second: float, pauses: list[float]) -> None:
    """However requests are spread: in no stretch of time more of them pass than the burst and what time has brought."""
    pace, now, passed = Pace(burst, per_second), 0.0, []
    for pause in pauses:
        now += pause / burst
        if not pace.delay(now):
            passed.append(now)
    for place, start in enumerate(passed):
        for count, end in enumerate(passed[place:], 1):
            assert count <= burst + (end - start) * per_second + 1e-6


@QUICK
@given(st.integers(1, 20), st.floats(0.5, 100), st.lists(st.floats(0, 1), max_size=50))
def test_who_waits_as_told_passes(burst: int, per_second: float, pauses: list[float]) -> None:
    """Whoever comes back after the delay he was given is let through."""
    pace, now = Pace(burst, per_second), 0.0
    for pause in pauses:
        now += pause
        delay = pace.delay(now)
        if delay:
            now += delay + 1e-9
            assert pace.delay(now) == 0


def test_several_share_one_pace_and_keep_their_own() -> None:
    """What one of them asks makes the others wait; nobody's own pace is used up while he waits for theirs."""
    shared = Pace(4, 1)
    one, other = (JointPace(Pace(3, 1), lambda: shared) for _ in range(2))
    assert [one.delay(0.0) for _ in range(3)] == [0, 0, 0]
    assert one.delay(0.0) == 1
    assert [other.delay(0.0), other.delay(0.0)] == [0, 1]
    assert [other.delay(1.0), other.delay(1.0), one.delay(2.0)] == [0, 1, 0]


def test_who_shares_with_nobody_keeps_his_own_pace() -> None:
    """And no other."""
    alone = JointPace(Pace(2, 1), lambda: None)
    assert [alone.delay(0.0) for _ in range(3)] == [0, 0, 1]
