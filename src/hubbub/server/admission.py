"""Admission: how many connections there may be, in all, from one address, and of those that say nothing."""

from collections import Counter
from collections.abc import Callable, Hashable
from ipaddress import IPv6Address, IPv6Network

from hubbub.core.limits import Limits
from hubbub.service.pace import Pace
from hubbub.service.ports import Clock

FORGET_SECONDS = 60.0
"""How often the pace of addresses that are quiet again is forgotten."""


class Admission:
    """Counts connections. Loopback is exempt from what holds per address, not from the totals."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._total = 0
        self._by_address: Counter[str] = Counter()
        self._silent: dict[Hashable, tuple[str, Callable[[], None]]] = {}
        self._silent_by_address: Counter[str] = Counter()
        self._paces: dict[str, Pace] = {}
        self._forget_at = 0.0

    def admit(self, address: str) -> bool:
        """Return whether one more may come in from there, and count it if so; `release` it later."""
        limits, address = self._limits, _group_of(address)
        if limits.connections and self._total >= limits.connections:
            return False
        if not _is_loopback(address) and not self._admit_stranger(address):
            return False
        self._total += 1
        self._by_address[address] += 1
        return True

    def release(self, address: str) -> None:
        """Count one less."""
        address = _group_of(address)
        self._total -= 1
        _subtract(self._by_address, address)

    def hold_silent(self, key: Hashable, address: str, drop: Callable[[], None]) -> None:
        """Note a connection that has not said who it is; when there are too many, the oldest is dropped.

        So those who fill the waiting room with silence lose their own places to whoever comes to talk.
        """
        limits, address = self._limits, _group_of(address)
        self._silent[key] = (address, drop)
        self._silent_by_address[address] += 1
        own_limit = 0 if _is_loopback(address) else limits.silent_connections_per_address
        if own_limit and self._silent_by_address[address] > own_limit:
            self._drop_oldest(address)
        elif limits.silent_connections and len(self._silent) > limits.silent_connections:
            self._drop_oldest(None)

    def release_silent(self, key: Hashable) -> None:
        """Note that a connection has said who it is, or is gone; harmless when repeated."""
        held = self._silent.pop(key, None)
        if held is not None:
            _subtract(self._silent_by_address, held[0])

    def make_room(self) -> bool:
        """Drop the oldest connection that has not said who it is, and return whether there was one."""
        if not self._silent:
            return False
        self._drop_oldest(None)
        return True

    def _drop_oldest(self, address: str | None) -> None:
        key = next(key for key, (one, _) in self._silent.items() if address in {None, one})
        _, drop = self._silent[key]
        self.release_silent(key)
        drop()

    def _admit_stranger(self, address: str) -> bool:
        limits = self._limits
        if limits.connections_per_address and self._by_address[address] >= limits.connections_per_address:
            return False
        per_second = limits.new_connections_per_second
        if not per_second:
            return True
        now = self._clock.monotonic()
        if now >= self._forget_at:
            self._paces.clear()
            self._forget_at = now + FORGET_SECONDS
        pace = self._paces.setdefault(address, Pace(per_second, per_second))
        return not pace.delay(now)


def _group_of(address: str) -> str:
    """Return what counts as one address: the whole /64 of an IPv6 address, for it is one customer's. RFC 6177."""
    if ":" not in address:
        return address
    found = IPv6Address(address.partition("%")[0])
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(found) if found.is_loopback else str(IPv6Network((found, 64), strict=False))


def _subtract(counter: Counter[str], key: str) -> None:
    counter[key] -= 1
    if not counter[key]:
        del counter[key]


def _is_loopback(group: str) -> bool:
    return group.startswith("127.") or group == "::1"
