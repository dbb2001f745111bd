"""Stamps: the server's local time, and the day where it is not today."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.phrasing.stamps import Stamper, day_and_minute, local_time
from tests.fuzz.budget import QUICK

HOUR_MS = 3_600_000
NOON_MS = 1_767_268_800_000


@pytest.fixture(params=["UTC", "Asia/Tokyo", "America/Caracas"])
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """Let the server stand somewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@QUICK
@given(st.integers())
def test_any_time_is_one(time_ms: int) -> None:
    """What nobody could have meant is as near as can be, and nothing fails."""
    assert 1969 <= local_time(time_ms).year <= 9999
    assert len(day_and_minute(time_ms)) == len("2026-01-31 12:59")
    assert Stamper().full_stamp(time_ms, 0)


def test_stamps_are_local(zone: str) -> None:
    """It was noon in Greenwich on the first day of 2026."""
    stamp, day = {
        "UTC": ("[12:00:00] ", "2026-01-01"),
        "Asia/Tokyo": ("[21:00:00] ", "2026-01-01"),
        "America/Caracas": ("[08:00:00] ", "2026-01-01"),
    }[zone]
    stamper = Stamper()
    assert (stamper.stamp(NOON_MS), stamper.day(NOON_MS)) == (stamp, day)
    assert stamper.stamp(NOON_MS + 999) == stamp
    assert stamper.stamp(NOON_MS + 1_000) == stamp.replace("00]", "01]")
    assert stamper.stamp(NOON_MS) == stamp


def test_the_day_is_told_where_it_is_another() -> None:
    """What was said today has the time only."""
    stamper = Stamper()
    today = stamper.stamp(NOON_MS)
    assert stamper.full_stamp(NOON_MS, NOON_MS) == today
    later = NOON_MS + 24 * HOUR_MS
    assert stamper.full_stamp(NOON_MS, later) == f"[{stamper.day(NOON_MS)} {today[1:]}"


@QUICK
@given(st.lists(st.integers(0, 2**42), min_size=1, max_size=20))
def test_what_it_remembers_is_right(times: list[int]) -> None:
    """In any order of asking, the stamp is that of a fresh stamper."""
    stamper = Stamper()
    assert [stamper.stamp(time_ms) for time_ms in times] == [Stamper().stamp(time_ms) for time_ms in times]
