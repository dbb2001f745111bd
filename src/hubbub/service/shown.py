"""Shown: what a client that tells nothing of reading has shown its user counts as read, once he is gone.

Only what came before he last typed: then he was there. What came later he may have seen or not, and no mark may claim
that he has.
"""

from hubbub.core.house import House
from hubbub.core.kinds import PersonId
from hubbub.service.notebook import MarkSet
from hubbub.service.rooms import LiveRoom, Rooms
from hubbub.service.sessions import Session
from hubbub.service.unread import Unread, shown_up_to


class Shown:
    """Marks rooms as read for those whose clients cannot."""

    def __init__(self, house: House, rooms: Rooms, unread: Unread) -> None:
        self._house = house
        self._rooms = rooms
        self._unread = unread

    def note_leaving(self, session: Session) -> None:
        """Mark what a session has shown that ends, if its person has an account."""
        person = session.person
        if session.keeps_marks or not session.typed_ms or self._house.account_of(person.id) is None:
            return
        rooms = [*person.channels.values(), *self._house.conversations_of(person.id)]
        lives = [live for room in rooms if (live := self._rooms.get(room.id)) is not None]
        marks = [mark for live in lives if (mark := _mark(person.id, live, session.typed_ms)) is not None]
        # Those that were let go meanwhile; nothing is loaded for somebody who goes.
        gone = [room for room in session.shown if self._rooms.get(room) is None]
        if marks or gone:
            self._unread.keep_later(person.id, marks, gone, session.typed_ms)


def _mark(account: PersonId, live: LiveRoom, typed_ms: int) -> MarkSet | None:
    """Return how far somebody has read who typed then, as far as the room's last messages tell."""
    seen = next((message.seq for message in reversed(live.recent) if message.time_ms <= typed_ms), None)
    return None if seen is None else shown_up_to(account, live.id, seen)
