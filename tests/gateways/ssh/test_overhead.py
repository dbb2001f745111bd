"""Overhead: who chats may do so for ever, and who sends anything else has little of it."""

from hubbub.gateways.ssh.overhead import OVERHEAD_BYTES, OVERHEAD_BYTES_A_SECOND, Overhead


def test_talk_costs_nothing() -> None:
    """A person who types for days, each key in a packet of its own."""
    it = Overhead(0.0)
    for _ in range(100_000):
        assert it.came(60, 0.0)
        it.was_heard(1)


def test_everything_else_is_bounded() -> None:
    """So much at once, and then as much as time allows."""
    it = Overhead(0.0)
    assert it.came(OVERHEAD_BYTES, 0.0)
    assert it.came(OVERHEAD_BYTES_A_SECOND, 1.0)
    assert not it.came(OVERHEAD_BYTES_A_SECOND + 1, 2.0)
