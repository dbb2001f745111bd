"""Moves: who has come, gone, or is called something else, for those who look out for him and those who ask later."""

from collections import deque
from collections.abc import Iterator
from typing import Final

import msgspec

from hubbub.core.house import House, Person
from hubbub.core.names import find_key
from hubbub.service.ports import Clock
from hubbub.service.sessions import Session, Sessions

REMEMBERED: Final = 1_000
"""How many of those who were called something are remembered, some 300 bytes each."""


class Bygone(msgspec.Struct, frozen=True, gc=False):
    """Somebody who was here, or was called so, and is not any more."""

    name: str
    key: str
    """The name's comparison form."""
    host: str
    """Where others saw him: see `House.host_of`."""
    about: str
    account: str
    """Empty where he had none."""
    gone_ms: int | None
    """Until when, in milliseconds since 1970 UTC; None where that is his own business."""


class Moves:
    """Notes them."""

    def __init__(self, house: House, sessions: Sessions, clock: Clock) -> None:
        self._house = house
        self._sessions = sessions
        self._clock = clock
        self._bygones: deque[Bygone] = deque(maxlen=REMEMBERED)

    def arrived(self, person: Person) -> None:
        """Take note that somebody is here, with his first connection."""
        self._sessions.lookout.arrive(person.key, person.name)

    def leaving(self, person: Person) -> None:
        """Take note that somebody goes, while he is still known."""
        self._remember(person, person.name, person.key)
        self._sessions.lookout.depart(person.key, person.name)

    def renamed(self, person: Person, old_name: str, old_key: str) -> None:
        """Take note that somebody who is here is called something else."""
        self._remember(person, old_name, old_key)
        self._sessions.lookout.depart(old_key, old_name)
        self._sessions.lookout.arrive(person.key, person.name)

    def ended(self, session: Session) -> None:
        """Take note that a connection is gone."""
        self._sessions.lookout.forget(session)

    def look_back(self, name: str) -> Iterator[Bygone]:
        """Return who was called so, the last one first."""
        key = find_key(name)
        return (bygone for bygone in reversed(self._bygones) if bygone.key == key)

    def _remember(self, person: Person, name: str, key: str) -> None:
        account = self._house.account_of(person.id)
        is_shown = account is None or account.shows_last_seen
        gone_ms = self._clock.time_ms() if is_shown else None
        called = "" if account is None else account.name
        self._bygones.append(Bygone(name, key, self._house.host_of(person.id), person.about, called, gone_ms))
