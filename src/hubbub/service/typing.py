"""Typing: who is writing, told to those who want to see it.

However many write, each listener of a room is told of a few of them, and of each now and then: nothing here costs the
square of a room.
"""

from collections.abc import Collection, Sequence
from typing import Final

import msgspec

from hubbub.core.catalog import MESSAGE_EVENTS, Record
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, RoomId
from hubbub.core.signals import PAUSED_SECONDS, TYPING_SECONDS, Typing, TypingState
from hubbub.service.ports import Clock
from hubbub.service.sessions import Session, Sessions

TYPISTS_LIMIT: Final = 5
"""Most people of one room who are told of at the same time; more are a crowd that nobody reads the names of."""

REPEAT_SECONDS: Final = 2.5
"""How soon the same person is told of again as writing. IRC clients say it every 3 seconds (IRCv3 client-tags/typing);
a little less, for what comes early must not be left out: it would be over for others before it is said again."""


class _Writing(msgspec.Struct):
    state: TypingState
    begun: float
    """When others were told of it last as something new, on the clock that never goes back."""
    until: float
    """When it is over unless something is said of it, and may be forgotten."""


class TypingNotices:
    """Tells who is writing, who waits and who does not any more; of each at most once in `REPEAT_SECONDS`."""

    def __init__(self, house: House, sessions: Sessions, clock: Clock) -> None:
        self._house = house
        self._sessions = sessions
        self._clock = clock
        self._told: dict[RoomId, dict[PersonId, _Writing]] = {}
        """What was told of whom, and where, as far as it is not over."""

    def show(self, person: Person, state: TypingState, room: RoomId, name: str, audience: Collection[PersonId]) -> None:
        """Let these people know that somebody is writing in a room, or is so no more."""
        if not self._is_due(room, person.id, state):
            return
        signal, now_ms = Typing(name, person.name, state), self._clock.time_ms()
        for session in self._watching(audience):
            other = session.person.id
            if other != person.id and self._house.find_block(other, person.id, now_ms) is None:
                session.notice(signal)

    def note_said(self, records: Sequence[Record]) -> None:
        """Know that whoever has said something is done: what he writes next is told at once."""
        if not self._told:
            return
        for record in records:
            writing = self._told.get(record.room)
            if writing and isinstance(record.event, MESSAGE_EVENTS):
                writing.pop(record.event.author, None)

    def forget_old(self) -> None:
        """Forget who was writing, as far as it is over."""
        for room in [*self._told]:
            self._still_writing(room)

    def _is_due(self, room: RoomId, person: PersonId, state: TypingState) -> bool:
        """Return whether to tell it, and note that it is told.

        Between two times that somebody is told of as writing he is told of once as waiting, and once as done: so
        nobody can make others hear more of him by changing his mind.
        """
        writing, now = self._still_writing(room), self._clock.monotonic()
        known = writing.get(person)
        if state == "done":
            if known is None or known.state == "done":
                return False
            known.state, known.until = state, known.begun + REPEAT_SECONDS
            return True
        if known is not None and (known.state != "active" if state == "paused" else now - known.begun < REPEAT_SECONDS):
            return False
        if known is None and len(writing) >= TYPISTS_LIMIT:
            return False
        begun = known.begun if known is not None and state == "paused" else now
        seconds = PAUSED_SECONDS if state == "paused" else TYPING_SECONDS
        self._told.setdefault(room, writing)[person] = _Writing(state, begun, now + seconds)
        return True

    def _still_writing(self, room: RoomId) -> dict[PersonId, _Writing]:
        writing, now = self._told.get(room, {}), self._clock.monotonic()
        for person in [person for person, known in writing.items() if known.until <= now]:
            del writing[person]
        if not writing:
            self._told.pop(room, None)
        return writing

    def _watching(self, audience: Collection[PersonId]) -> list[Session]:
        """Return who wants to see it, going through the fewer: those in the room, or those who watch any."""
        watching = self._sessions.watching
        if len(audience) > len(watching):
            return [session for session in watching if session.person.id in audience]
        return [session for person in audience for session in self._sessions.of(person) if session in watching]
