"""Timestamps: written and read to the millisecond."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.irc.timestamps import AtMessage, AtTime, format_time, parse_selector, parse_time
from tests.fuzz.budget import QUICK


@pytest.mark.parametrize(
    ("time_ms", "text"),
    [
        (0, "1970-01-01T00:00:00.000Z"),
        (1_319_042_451_620, "2011-10-19T16:40:51.620Z"),
        (1_319_042_451_007, "2011-10-19T16:40:51.007Z"),
        (4_102_444_799_999, "2099-12-31T23:59:59.999Z"),
    ],
)
def test_times_are_written_as_specified(time_ms: int, text: str) -> None:
    """IRCv3 server-time, its own example among them."""
    assert format_time(time_ms) == text
    assert parse_time(text) == time_ms


@pytest.mark.parametrize(
    ("text", "time_ms"),
    [
        ("1970-01-01T00:00:01Z", 1_000),
        ("1970-01-01T00:00:00.5Z", 500),
        ("1970-01-01T00:00:00.123456Z", 123),
        ("2012-06-30T23:59:60.419Z", 1_341_100_800_419),
    ],
)
def test_other_clocks_are_understood(text: str, time_ms: int) -> None:
    """More or less exact ones, and the leap second of the specification."""
    assert parse_time(text) == time_ms


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "1700000000", "2011-10-19", "2011-10-19T16:40:51.620", "2011-10-19T16:40:51.620+01:00"),
        *("2011-13-19T16:40:51.620Z", "2011-02-30T16:40:51.620Z", "2011-10-19T25:40:51.620Z", "0000-01-01T00:00:00Z"),
        *("2011-10-19T16:40:61.000Z", "2011-10-19T16:40:51.Z", "٢٠١١-10-19T16:40:51.620Z"),
    ],
)
def test_what_is_no_time_is_told(text: str) -> None:
    """No such day, no such hour, or another zone."""
    assert parse_time(text) is None


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        ("timestamp=2011-10-19T16:40:51.620Z", AtTime(1_319_042_451_620)),
        ("msgid=lounge-17", AtMessage("lounge-17")),
        ("msgid=a=b", AtMessage("a=b")),
        ("msgid=", None),
        ("timestamp=now", None),
        ("timestamp", None),
        ("*", None),
        ("", None),
        ("message=1", None),
    ],
)
def test_a_message_is_meant_by_its_time_or_its_id(text: str, selector: AtTime | AtMessage | None) -> None:
    """IRCv3 chathistory; what a `*` means depends on the subcommand."""
    assert parse_selector(text) == selector


@QUICK
@given(st.integers(0, 4_102_444_800_000))
def test_what_is_written_is_read(time_ms: int) -> None:
    """Every millisecond until 2100."""
    assert parse_time(format_time(time_ms)) == time_ms
