"""Typing: who is writing, told to those who want to see it.

However many write, each listener of a room is told of a few of them, and of each now and then: nothing here costs the
square of a room.
"""

from collections.abc import Collection
from typing import Final

from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, RoomId
from hubbub.core.signals import TYPING_SECONDS, Typing
from hubbub.service.ports import Clock
from hubbub.service.sessions import Session, Sessions

TYPISTS_LIMIT: Final = 5
"""Most people of one room who are told of at the same time; more are a crowd that nobody reads the names of."""


class TypingNotices:
    """Tells who is writing, at most once in `TYPING_SECONDS` for each of them."""

    def __init__(self, house: House, sessions: Sessions, clock: Clock) -> None:
        self._house = house
        self._sessions = sessions
        self._clock = clock
        self._told: dict[RoomId, dict[PersonId, float]] = {}
        """Who is known to be writing where, and since when; in the order of that."""

    def show(self, person: Person, room: RoomId, name: str, audience: Collection[PersonId]) -> None:
        """Let these people know that somebody is writing in a room."""
        if not self._is_due(room, person.id):
            return
        signal, now_ms = Typing(name, person.name), self._clock.time_ms()
        for session in self._watching(audience):
            other = session.person.id
            if other != person.id and self._house.find_block(other, person.id, now_ms) is None:
                session.notice(signal)

    def forget_old(self) -> None:
        """Forget who was writing, as far as it is over."""
        for room in [*self._told]:
            self._still_writing(room)

    def _is_due(self, room: RoomId, person: PersonId) -> bool:
        writing = self._still_writing(room)
        if person in writing or len(writing) >= TYPISTS_LIMIT:
            return False
        self._told.setdefault(room, writing)[person] = self._clock.monotonic()
        return True

    def _still_writing(self, room: RoomId) -> dict[PersonId, float]:
        writing, now = self._told.get(room, {}), self._clock.monotonic()
        while writing and now - writing[first := next(iter(writing))] >= TYPING_SECONDS:
            del writing[first]
        if not writing:
            self._told.pop(room, None)
        return writing

    def _watching(self, audience: Collection[PersonId]) -> list[Session]:
        """Return who wants to see it, going through the fewer: those in the room, or those who watch any."""
        watching = self._sessions.watching
        if len(audience) > len(watching):
            return [session for session in watching if session.person.id in audience]
        return [session for person in audience for session in self._sessions.of(person) if session in watching]
