"""The clock: whether it can be right, from what this machine has written before."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import msgspec

from hubbub.server.doctor.findings import Finding, ok, problem, warning

TOLERANCE_SECONDS: Final = 60.0
"""How far things may seem to lie in the future."""

EARLIEST: Final = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
"""hubbub did not exist before: a clock that says so has lost its battery."""

JUMP_SECONDS: Final = 0.05
"""How far two clocks may drift apart while they are looked at: more means that one of them is being set."""


class Times(msgspec.Struct, frozen=True):
    """What the clocks say, in seconds since 1970 but for the monotonic ones."""

    now: float
    passed: float
    """How long the looking has taken by that clock."""
    passed_monotonic: float
    """And by the one that is never set."""
    newest_file: float
    """When something in the data folder was changed last; 0 where there is nothing."""
    last_record: float
    """The greatest time of a room's last record; 0 where there is none."""


def judge_clock(times: Times) -> Iterator[Finding]:
    """Say whether the clock can be right."""
    shown = f"{datetime.fromtimestamp(times.now, UTC):%Y-%m-%d %H:%M:%S} UTC"
    findings = [*_judge(times, shown)]
    yield from findings or [ok("clock", f"It is {shown}, and nothing here is from later.")]


def _judge(times: Times, shown: str) -> Iterator[Finding]:
    remedy = "Set the clock, and have it kept right: timedatectl set-ntp true"
    if times.now < EARLIEST:
        yield problem("clock", f"The clock says {shown}, when there was no hubbub yet.", remedy)
    if times.last_record > times.now + TOLERANCE_SECONDS:
        last = f"{datetime.fromtimestamp(times.last_record, UTC):%Y-%m-%d %H:%M:%S}"
        yield problem(
            "clock", f"The clock says {shown}, and something was said at {last}: it is wrong, or was then.", remedy
        )
    if times.newest_file > times.now + TOLERANCE_SECONDS:
        yield warning("clock", f"The clock says {shown}, and a file in the data folder is from later.", remedy)
    if abs(times.passed - times.passed_monotonic) > JUMP_SECONDS:
        yield warning(
            "clock",
            "The clock has just jumped: something sets it.",
            "Let only one program set it, by and by: chrony or systemd-timesyncd.",
        )
