"""How long a client waits before it tries again."""

from hypothesis import given
from hypothesis import strategies as st

from hubbub.client.backoff import FIRST_SECONDS, MOST_SECONDS, delay_seconds

failures = st.integers(1, 10_000)
chances = st.floats(0, 1, exclude_max=True)


def test_it_grows_up_to_a_bound() -> None:
    """Each wait may be twice as long as the one before, and none is longer than the longest."""
    longest = [delay_seconds(count, 1.0) for count in range(1, 12)]
    assert longest[:3] == [FIRST_SECONDS, 2 * FIRST_SECONDS, 4 * FIRST_SECONDS]
    assert longest[-1] == MOST_SECONDS
    assert longest == sorted(longest)


@given(failures, chances)
def test_it_is_spread(count: int, chance: float) -> None:
    """Who draws another number comes at another time, and nobody without a pause or too late."""
    soonest, latest = delay_seconds(count, 0.0), delay_seconds(count, 1.0)
    assert FIRST_SECONDS / 4 <= soonest <= delay_seconds(count, chance) <= latest <= MOST_SECONDS
    assert soonest * 2 < latest
