"""People coming and going: their names, their sessions, and their departure from every room."""

import secrets
from collections.abc import Set as AbstractSet

import structlog

from hubbub.core.decisions.naming import name_taken
from hubbub.core.features.membership import departures_of_absent, quit_all
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refusal
from hubbub.core.names import parse_name
from hubbub.core.room import HOUSE_KEY, Room, RoomKind
from hubbub.service.outbox import Outbox
from hubbub.service.peers import Peer
from hubbub.service.ports import Clock
from hubbub.service.rooms import LiveRoom, Rooms
from hubbub.service.scribe import RETRY_SECONDS, Scribe
from hubbub.service.sessions import Listener, Session, Sessions

log = structlog.get_logger(__name__)


class People:
    """The door for people, as the port is for connections."""

    def __init__(self, house: House, sessions: Sessions, rooms: Rooms, scribe: Scribe, clock: Clock) -> None:
        self._house = house
        self._sessions = sessions
        self._rooms = rooms
        self._scribe = scribe
        self._clock = clock
        self._stopping = False

    def stop(self) -> None:
        """Write no departures down from now on: everyone goes at once, and the next start notes it."""
        self._stopping = True

    def enter(self, wanted: str, outbox: Outbox, listener: Listener, peer: Peer) -> Session:
        """Let a guest in under a free name; he hears what is said to everyone and is in no channel yet.

        Raises `Refused` with `bad_name` or `name_taken`, each with a suggestion that would do.
        """
        name = parse_name(wanted)
        now_ms = self._clock.time_ms()
        if not self._house.is_free(name.key, now_ms):
            raise name_taken(self._house, name, now_ms)
        person = Person(PersonId("g" + secrets.token_hex(8)), name.shown, name.key)
        self._house.claim(name, person.id)
        self._house.welcome(person)
        session = Session(person, outbox, listener, peer)
        self._sessions.add(session)
        house_room = self._house.find_room(RoomKind.HOUSE, HOUSE_KEY)
        if house_room is not None and (live := self._rooms.get(house_room.id)) is not None:
            session.attach(live)
        return session

    def leave(self, session: Session, reason: str) -> None:
        """See a session off; with his last one a guest leaves every room, and his name is free.

        Whoever has an account stays in his rooms.
        """
        session.detach_all()
        if self._sessions.remove(session):
            person = session.person
            rooms = list(person.channels.values())
            self._house.dismiss(person)
            if self._house.account_of(person.id) is None:
                self._depart(person, rooms, reason)

    def _depart(self, person: Person, rooms: list[Room], reason: str) -> None:
        """Write a departure down, again and again until the store takes it: a ghost in a room would stay for ever."""

        def retry() -> None:
            still = [live.ahead for room in rooms if (live := self._rooms.get(room.id)) is not None]
            self._depart(person, still, reason)

        def settled(refusal: Refusal | None) -> None:
            if refusal is not None:
                self._clock.call_later(RETRY_SECONDS, retry)

        events = quit_all(rooms, person.id, reason)
        if events and not self._stopping:
            self._scribe.submit(events, None, settled)

    def _staying(self) -> AbstractSet[PersonId]:
        """Return who is in his rooms whether he is here or not, or is here."""
        return self._house.people.keys() | self._house.directory.accounts.keys()

    def clear_absent(self, live: LiveRoom) -> None:
        """Write down the departures that a crash left unwritten, in a room that was just loaded, until it is done."""

        def retry() -> None:
            if self._rooms.get(live.id) is live:
                self.clear_absent(live)

        def settled(refusal: Refusal | None) -> None:
            if refusal is not None:
                self._clock.call_later(RETRY_SECONDS, retry)

        events = [(live.ahead, left) for left in departures_of_absent(live.ahead, self._staying())]
        if events:
            self._scribe.submit(events, None, settled)
