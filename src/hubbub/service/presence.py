"""Presence: who of those that stay in their rooms is there, told to whoever shares a room with him.

However many come and go in a second, each listener is told once: nothing here costs the square of a room.
"""

from collections.abc import Sequence
from typing import Final

from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, RoomId
from hubbub.core.signals import Appearing
from hubbub.service.ports import Clock
from hubbub.service.sessions import Sessions

GATHER_SECONDS: Final = 1.0
"""How long comings and goings are gathered before they are told; who is back by then was never away."""

_Moved = tuple[Person, Sequence[RoomId]]


class Presence:
    """Notes comings and goings of people with accounts, and tells of them now and then."""

    def __init__(self, house: House, sessions: Sessions, clock: Clock) -> None:
        self._house = house
        self._sessions = sessions
        self._clock = clock
        self._told: set[PersonId] = set()
        """Those whom the others know to be here."""
        self._changed: dict[PersonId, _Moved] = {}
        """Who came or went, and the rooms he was in at that moment: whom he joins later he is announced to anyway."""

    def note(self, person: Person) -> None:
        """Take note that somebody has come, with his first connection, or gone with his last."""
        if self._house.account_of(person.id) is None:
            return
        if not self._changed:
            self._clock.call_later(GATHER_SECONDS, self._tell)
        self._changed[person.id] = (person, tuple(person.channels))

    def know(self, account: PersonId) -> None:
        """Take note that the others know somebody to be here: he was, before he had an account."""
        if account in self._house.people:
            self._told.add(account)

    def _tell(self) -> None:
        changed, self._changed = self._changed, {}
        came = [one for one in changed.values() if self._is_here(one[0]) and one[0].id not in self._told]
        went = [one for one in changed.values() if not self._is_here(one[0]) and one[0].id in self._told]
        self._told.update(person.id for person, _ in came)
        self._told.difference_update(person.id for person, _ in went)
        for listener, (arrived, gone) in self._roommates(came, went).items():
            person = self._house.people.get(listener)
            if person is not None and (others := arrived - {person.name}) | gone:
                self._sessions.notice([(listener, Appearing(tuple(sorted(others)), tuple(sorted(gone))))])

    def _is_here(self, person: Person) -> bool:
        return person.id in self._house.people

    def _roommates(self, came: list[_Moved], went: list[_Moved]) -> dict[PersonId, tuple[set[str], set[str]]]:
        """Return, for everybody who shares a room with somebody who came or went, whom that concerns."""
        by_room: dict[RoomId, tuple[set[str], set[str]]] = {}
        for place, people in enumerate((came, went)):
            for person, channels in people:
                for channel in channels:
                    by_room.setdefault(channel, (set(), set()))[place].add(person.name)
        told: dict[PersonId, tuple[set[str], set[str]]] = {}
        for shared, (arrived, gone) in by_room.items():
            room = self._house.rooms.get(shared)
            for member in () if room is None else room.members:
                own = told.setdefault(member, (set(), set()))
                own[0].update(arrived)
                own[1].update(gone)
        return told
