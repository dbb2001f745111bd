"""Presence: who of those that stay in their rooms is there, told to whoever shares a room with him.

However many come and go in a second, each listener is told once: nothing here costs the square of a room.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, RoomId
from hubbub.core.signals import AnySignal, Appearing, Idling, Returning
from hubbub.service.ports import Clock
from hubbub.service.sessions import Sessions

GATHER_SECONDS: Final = 5.0
"""How long comings and goings are gathered before they are told; who is back by then was never away."""

TOLD_APART: Final = 100
"""Up to how many comings and goings at once a newcomer hears only of those after his own; of more, everybody hears all:
what each is told would cost the square of them."""

Addressed = Sequence[tuple[PersonId, AnySignal]]
"""Whom it concerns that somebody is away, or back, and what each of them is told."""


class _Moved(NamedTuple):
    """Somebody who came or went."""

    person: Person
    rooms: Sequence[RoomId]
    """Where he was in at that moment: whom he joins later he is announced to anyway."""
    newest: int
    """The newest connection at that moment: those after it have found it so."""


class Presence:
    """Notes comings and goings of people with accounts, and tells of them now and then."""

    def __init__(self, house: House, sessions: Sessions, clock: Clock) -> None:
        self._house = house
        self._sessions = sessions
        self._clock = clock
        self._told: set[PersonId] = set()
        """Those whom the others know to be here."""
        self._changed: dict[PersonId, _Moved] = {}
        """Who came or went since it was told last."""
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
        self._changed[person.id] = _Moved(person, tuple(person.channels), self._sessions.newest)

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
        for person, gathered in turning.items():
            signals = self._as_called_now(person, gathered)
            if not signals:
                continue
            _, signal = signals[0]
            known = self._known_away.pop(person, None)
            if isinstance(signal, Idling):
                self._known_away[person] = signal
            if signal != known and (known is not None or isinstance(signal, Idling)):
                self._sessions.notice(signals)

    def _as_called_now(self, person: PersonId, signals: Addressed) -> Addressed:
        """Return them with the name that somebody has by now; none of a guest who has left: nobody would know him."""
        now = self._house.find_by_id(person)
        if now is None:
            return ()
        return tuple((listener, _named(signal, now.name)) for listener, signal in signals)

    def _may_turn(self, person: PersonId) -> bool:
        """Return whether somebody may ever be back; a guest who has left will not."""
        return person in self._house.people or self._house.account_of(person) is not None

    def _tell(self) -> None:
        changed, self._changed = self._changed, {}
        moves = [one for one in changed.values() if self._is_here(one.person) != (one.person.id in self._told)]
        for moved in moves:
            if self._is_here(moved.person):
                self._told.add(moved.person.id)
            else:
                self._told.discard(moved.person.id)
        for listener, signal in self._roommates(sorted(moves, key=lambda moved: moved.newest)):
            self._sessions.notice([(listener, signal)])

    def _is_here(self, person: Person) -> bool:
        return person.id in self._house.people

    def _roommates(self, moves: Sequence[_Moved]) -> Iterator[tuple[PersonId, Appearing]]:
        """Yield everybody here who shares a room with somebody else who came or went, and what he is told."""
        # Most of them share the very same rooms, so that what they are told is put together once.
        told: dict[tuple[int, tuple[RoomId, ...]], Appearing] = {}
        for listener, rooms in self._concerned({room for moved in moves for room in moved.rooms}).items():
            here = self._house.people.get(listener)
            if here is None:
                continue
            key = (self._found(listener, moves), tuple(rooms))
            if key not in told:
                told[key] = self._appearing(moves[key[0] :], frozenset(rooms))
            signal = _without(told[key], here.name)
            if signal.arrived or signal.gone:
                yield listener, signal

    def _found(self, listener: PersonId, moves: Sequence[_Moved]) -> int:
        """Return how many of these were over when somebody came: he was shown who is here, and does not hear of it."""
        if len(moves) > TOLD_APART:
            return 0
        oldest = min((session.number for session in self._sessions.of(listener)), default=0)
        return bisect_left(moves, oldest, key=lambda moved: moved.newest)

    def _appearing(self, moves: Sequence[_Moved], rooms: frozenset[RoomId]) -> Appearing:
        """Return what is told of those who came or went in some of these rooms."""
        seen = [moved.person for moved in moves if not rooms.isdisjoint(moved.rooms)]
        came, went = ({one.name for one in seen if self._is_here(one) == is_here} for is_here in (True, False))
        return Appearing(tuple(sorted(came)), tuple(sorted(went)))

    def _concerned(self, rooms: Iterable[RoomId]) -> dict[PersonId, list[RoomId]]:
        """Return in which of these rooms everybody is who is in any."""
        concerned: dict[PersonId, list[RoomId]] = {}
        for shared in rooms:
            room = self._house.rooms.get(shared)
            for member in () if room is None else room.members:
                concerned.setdefault(member, []).append(shared)
        return concerned


def _named(signal: AnySignal, name: str) -> AnySignal:
    """Return that somebody is away, or back, who is called so."""
    return replace(signal, name=name) if isinstance(signal, Idling | Returning) else signal


def _without(signal: Appearing, name: str) -> Appearing:
    """Return the signal for somebody who may be one of those who came himself."""
    place = bisect_left(signal.arrived, name)
    if signal.arrived[place : place + 1] != (name,):
        return signal
    return Appearing(signal.arrived[:place] + signal.arrived[place + 1 :], signal.gone)
