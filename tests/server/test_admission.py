"""Admission: how many may come in, from where, how fast, and how many may be silent."""

import pytest
from msgspec.structs import replace

from hubbub.core.limits import Limits
from hubbub.server.admission import Admission
from hubbub.service.peers import group_of
from tests.service.clock import ManualClock

STRANGER = "192.0.2.1"
"""An address of nobody's, for examples (RFC 5737)."""

NONE = {
    "connections": 0,
    "connections_per_address": 0,
    "new_connections_per_second": 0,
    "silent_connections": 0,
    "silent_connections_per_address": 0,
}


class Door:
    """An admission with some limits, all others switched off, and a note of who was dropped."""

    def __init__(self, **limits: int) -> None:
        self.clock = ManualClock()
        self.admission = Admission(replace(Limits(), **{**NONE, **limits}), self.clock)
        self.dropped: list[object] = []

    def admit(self, address: str = STRANGER) -> bool:
        """Ask for one more."""
        return self.admission.admit(group_of(address))

    def hold(self, key: str, address: str = STRANGER) -> None:
        """Note one who says nothing."""
        self.admission.hold_silent(key, group_of(address), lambda: self.dropped.append(key))


LOOPBACK = ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"]


def test_without_limits_everybody_comes_in() -> None:
    """0 is none."""
    door = Door()
    assert all(door.admit() for _ in range(1_000))


@pytest.mark.parametrize("address", [STRANGER, *LOOPBACK])
def test_the_total_holds_for_everybody(address: str) -> None:
    """Whoever leaves makes room for one."""
    door = Door(connections=2)
    assert [door.admit(address) for _ in range(3)] == [True, True, False]
    door.admission.release(group_of(address))
    assert [door.admit(address) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("address", [STRANGER, "2001:db8::1", "fe80::1%eth0", "::ffff:192.0.2.1"])
def test_one_address_has_a_share(address: str) -> None:
    """Others have their own, and who is not admitted is not counted."""
    door = Door(connections_per_address=2)
    assert [door.admit(address) for _ in range(4)] == [True, True, False, False]
    assert door.admit("198.51.100.1")
    door.admission.release(group_of(address))
    assert [door.admit(address) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("address", LOOPBACK)
def test_this_machine_is_trusted(address: str) -> None:
    """What holds for each address does not hold for those of the loopback, however they are written."""
    door = Door(connections_per_address=1, new_connections_per_second=1, silent_connections_per_address=1)
    assert all(door.admit(address) for _ in range(100))
    for number in range(100):
        door.hold(str(number), address)
    assert not door.dropped


def test_one_address_comes_at_a_pace() -> None:
    """So many at once, then so many a second; others do not wait for it."""
    door = Door(new_connections_per_second=10)
    assert [door.admit() for _ in range(11)] == [True] * 10 + [False]
    assert door.admit("198.51.100.1")
    door.clock.advance(0.1)
    assert [door.admit() for _ in range(2)] == [True, False]


def test_quiet_addresses_are_forgotten() -> None:
    """A minute later an address is as free as one that was never seen; what is kept does not grow for ever."""
    door = Door(new_connections_per_second=1)
    for number in range(1_000):
        assert door.admit(f"198.51.{number // 250}.{number % 250}")
    assert not door.admit("198.51.0.0")
    door.clock.advance(61)
    assert door.admit("198.51.0.0")
    assert not door.admit("198.51.0.0")


def test_the_oldest_of_the_silent_goes() -> None:
    """When one more than may be silent comes, the first of them is dropped, whoever he is."""
    door = Door(silent_connections=2)
    for key, address in (("a", STRANGER), ("b", "127.0.0.1"), ("c", STRANGER), ("d", "::1")):
        door.hold(key, address)
    assert door.dropped == ["a", "b"]


def test_the_oldest_of_the_same_address_goes() -> None:
    """Who sends many silent connections from one address loses his own first."""
    door = Door(silent_connections_per_address=2)
    for key, address in (("other", "198.51.100.1"), ("a", STRANGER), ("b", STRANGER), ("c", STRANGER)):
        door.hold(key, address)
    assert door.dropped == ["a"]


def test_who_says_who_he_is_is_silent_no_more() -> None:
    """He is not dropped, and his place is free; saying so twice changes nothing."""
    door = Door(silent_connections=2)
    door.hold("a")
    door.hold("b")
    door.admission.release_silent("a")
    door.admission.release_silent("a")
    door.hold("c")
    assert not door.dropped
    door.hold("d")
    assert door.dropped == ["b"]


def test_room_is_made_as_long_as_somebody_is_silent() -> None:
    """Where the system has no more descriptors, the silent ones go one by one."""
    door = Door()
    door.hold("a")
    door.hold("b")
    assert [door.admission.make_room() for _ in range(3)] == [True, True, False]
    assert door.dropped == ["a", "b"]
