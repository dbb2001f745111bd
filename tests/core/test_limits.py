"""Limits: their defaults, their ranges, and what is left of them when they are switched off."""

import msgspec
import pytest

from hubbub.core.limits import KEPT_WITHOUT_LIMITS, Limits, in_force


def test_limits_that_are_enabled_are_in_force_as_they_are() -> None:
    """Nothing is taken away from limits that were not switched off."""
    limits = Limits(burst=3, connections=7)
    assert in_force(limits) is limits


def test_limits_that_are_switched_off_limit_nobody() -> None:
    """With `enabled = false` every limit against abuse is 0, which means none, whatever was set."""
    off = in_force(Limits(enabled=False, burst=3, outbox_bytes=5))
    against_abuse = set(Limits.__struct_fields__) - KEPT_WITHOUT_LIMITS
    assert {field: getattr(off, field) for field in against_abuse} == dict.fromkeys(against_abuse, 0)


def test_what_bounds_memory_and_keeps_protocols_working_stays() -> None:
    """`enabled = false` is for load tests: lines stay bounded, silent clients are greeted, stopping ends."""
    off = in_force(Limits(enabled=False, line_bytes=100, message_bytes=50, chunk_seconds=0.5))
    assert (off.line_bytes, off.message_bytes, off.chunk_seconds) == (100, 50, 0.5)
    assert (off.detect_seconds, off.stop_seconds) == (Limits().detect_seconds, Limits().stop_seconds)


def test_the_kept_limits_are_fields() -> None:
    """A renamed field cannot silently leave the list of those that stay."""
    assert set(Limits.__struct_fields__) >= KEPT_WITHOUT_LIMITS


def test_the_defaults_are_within_their_own_ranges() -> None:
    """What is the default may also be written down."""
    assert msgspec.convert(msgspec.to_builtins(Limits()), Limits) == Limits()


@pytest.mark.parametrize("field", sorted(set(Limits.__struct_fields__) - {"enabled"}))
def test_a_limit_is_never_negative(field: str) -> None:
    """Every limit is a size, a count or a time from 0 on."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({field: -1}, Limits)
    assert getattr(msgspec.convert({field: 0}, Limits), field) == 0
