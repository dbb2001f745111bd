"""Presence: who of those that stay in their rooms is there, told to whoever shares a room with him.

However many come and go in a second, each listener is told once: nothing here costs the square of a room.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, RoomId
from hubbub.core.signals import AnySignal, Appearing, Idling
from hubbub.service.ports import Clock
from hubbub.service.sessions import Sessions

GATHER_SECONDS: Final = 5.0
"""How long comings and goings are gathered before they are told; who is back by then was never away."""

Addressed = Sequence[tuple[PersonId, AnySignal]]
"""Whom it concerns that somebody is away, or back, and what each of them is told."""

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
        self._turning: dict[PersonId, Addressed] = {}
        """Who went away or came back, and what those around him are to be told of it."""
        self._known_away: dict[PersonId, Idling] = {}
        """Those whom the others know to be away, and what they were told."""

    def note(self, person: Person) -> None:
        """Take note that somebody has come, with his first connection, or gone with his last."""
        if self._house.account_of(person.id) is None:
            return
        if not self._changed:
            self._clock.call_later(GATHER_SECONDS, self._tell)
        self._changed[person.id] = (person, tuple(person.channels))

    def note_turning(self, person: PersonId, signals: Addressed) -> None:
        """Take note that somebody is away, or back; those whom it concerns are told unless it is over soon."""
        if not self._turning:
            self._clock.call_later(GATHER_SECONDS, self._tell_turned)
        self._turning[person] = signals

    def know(self, account: PersonId) -> None:
        """Take note that the others know somebody to be here: he was, before he had an account."""
        if account in self._house.people:
            self._told.add(account)

    def _tell_turned(self) -> None:
        turning, self._turning = self._turning, {}
        self._known_away = {person: known for person, known in self._known_away.items() if self._may_turn(person)}
        for person, signals in turning.items():
            if not signals:
                continue
            _, signal = signals[0]
            known = self._known_away.pop(person, None)
            if isinstance(signal, Idling):
                self._known_away[person] = signal
            if signal != known and (known is not None or isinstance(signal, Idling)):
                self._sessions.notice(signals)

    def _may_turn(self, person: PersonId) -> bool:
        """Return whether somebody may ever be back; a guest who has left will not."""
        return person in self._house.people or self._house.account_of(person) is not None

    def _tell(self) -> None:
        changed, self._changed = self._changed, {}
        came = [one for one in changed.values() if self._is_here(one[0]) and one[0].id not in self._told]
        went = [one for one in changed.values() if not self._is_here(one[0]) and one[0].id in self._told]
        self._told.update(person.id for person, _ in came)
        self._told.difference_update(person.id for person, _ in went)
        for listener, signal in self._roommates(came, went):
            self._sessions.notice([(listener, signal)])

    def _is_here(self, person: Person) -> bool:
        return person.id in self._house.people

    def _roommates(self, came: list[_Moved], went: list[_Moved]) -> Iterator[tuple[PersonId, Appearing]]:
        """Yield everybody here who shares a room with somebody else who came or went, and what he is told."""
        by_room = _by_room(came, went)
        # Most of them share the very same rooms, so that what they are told is put together once.
        told: dict[tuple[RoomId, ...], Appearing] = {}
        for listener, rooms in self._concerned(by_room).items():
            here = self._house.people.get(listener)
            if here is None:
                continue
            key = tuple(rooms)
            if key not in told:
                told[key] = Appearing(*(_sorted_union(by_room[room][place] for room in rooms) for place in (0, 1)))
            signal = _without(told[key], here.name)
            if signal.arrived or signal.gone:
                yield listener, signal

    def _concerned(self, rooms: Iterable[RoomId]) -> dict[PersonId, list[RoomId]]:
        """Return in which of these rooms everybody is who is in any."""
        concerned: dict[PersonId, list[RoomId]] = {}
        for shared in rooms:
            room = self._house.rooms.get(shared)
            for member in () if room is None else room.members:
                concerned.setdefault(member, []).append(shared)
        return concerned


def _by_room(came: list[_Moved], went: list[_Moved]) -> dict[RoomId, tuple[set[str], set[str]]]:
    by_room: dict[RoomId, tuple[set[str], set[str]]] = {}
    for place, moved in enumerate((came, went)):
        for person, channels in moved:
            for channel in channels:
                by_room.setdefault(channel, (set(), set()))[place].add(person.name)
    return by_room


def _sorted_union(names: Iterable[set[str]]) -> tuple[str, ...]:
    return tuple(sorted(set[str]().union(*names)))


def _without(signal: Appearing, name: str) -> Appearing:
    """Return the signal for somebody who may be one of those who came himself."""
    place = bisect_left(signal.arrived, name)
    if signal.arrived[place : place + 1] != (name,):
        return signal
    return Appearing(signal.arrived[:place] + signal.arrived[place + 1 :], signal.gone)
