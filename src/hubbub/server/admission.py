"""Admission: how many connections there may be, in all, from one address, and of those that say nothing."""

from collections import Counter
from collections.abc import Callable, Hashable

from hubbub.core.limits import Limits
from hubbub.server.proxies import PROXIES
from hubbub.service.pace import Pace
from hubbub.service.peers import is_loopback
from hubbub.service.ports import Clock

FORGET_SECONDS = 60.0
"""How often the pace of addresses that are quiet again is forgotten."""


class Admission:
    """Counts connections. Loopback and proxies are exempt from what holds per address, not from the totals.

    What counts as one address is the caller's to say: it gives the group of each (`peers.group_of`).
    """

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self.limits = limits
        """What holds for whoever comes next; may be replaced at any time."""
        self._clock = clock
        self._total = 0
        self._by_address: Counter[str] = Counter()
        self._silent: dict[Hashable, tuple[str, Callable[[], None]]] = {}
        self._silent_by_address: Counter[str] = Counter()
        self._paces: dict[str, Pace] = {}
        self._forget_at = 0.0

    @property
    def unknown(self) -> int:
        """Return how many connections there are that have not said who they are."""
        return len(self._silent)

    def admit(self, group: str) -> bool:
        """Return whether one more may come in from there, and count it if so; `release` it later."""
        limits = self.limits
        if limits.connections and self._total >= limits.connections:
            return False
        if not _is_trusted(group) and not self._admit_stranger(group):
            return False
        self._total += 1
        self._by_address[group] += 1
        return True

    def release(self, group: str) -> None:
        """Count one less."""
        self._total -= 1
        _subtract(self._by_address, group)

    def hold_silent(self, key: Hashable, group: str, drop: Callable[[], None]) -> None:
        """Note a connection that has not said who it is; when there are too many, the oldest is dropped.

        So those who fill the waiting room with silence lose their own places to whoever comes to talk.
        """
        limits = self.limits
        self._silent[key] = (group, drop)
        self._silent_by_address[group] += 1
        own_limit = 0 if _is_trusted(group) else limits.silent_connections_per_address
        if own_limit and self._silent_by_address[group] > own_limit:
            self._drop_oldest(group)
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

    def _drop_oldest(self, group: str | None) -> None:
        key = next(key for key, (one, _) in self._silent.items() if group in {None, one})
        _, drop = self._silent[key]
        self.release_silent(key)
        drop()

    def _admit_stranger(self, group: str) -> bool:
        limits = self.limits
        if limits.connections_per_address and self._by_address[group] >= limits.connections_per_address:
            return False
        per_second = limits.new_connections_per_second
        if not per_second:
            return True
        now = self._clock.monotonic()
        if now >= self._forget_at:
            self._paces.clear()
            self._forget_at = now + FORGET_SECONDS
        pace = self._paces.setdefault(group, Pace(per_second, per_second))
        return not pace.delay(now)


def _is_trusted(group: str) -> bool:
    return group == PROXIES or is_loopback(group)


def _subtract(counter: Counter[str], key: str) -> None:
    counter[key] -= 1
    if not counter[key]:
        del counter[key]
