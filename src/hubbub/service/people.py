"""People coming and going: their names, their sessions, and their departure from every room."""

import secrets
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from hubbub.core.access import Access
from hubbub.core.bans import Visitor
from hubbub.core.catalog import Record
from hubbub.core.decisions.accounts import require_enabled
from hubbub.core.decisions.ejection import require_welcome
from hubbub.core.decisions.naming import require_free
from hubbub.core.decisions.speaking import muted_among
from hubbub.core.features.membership import SILENTLY, Departure, departures_of_absent, quit_all
from hubbub.core.features.presence import Disconnected
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refusal, RoomId
from hubbub.core.limits import Limits
from hubbub.core.names import parse_name, suggest_name
from hubbub.core.room import HOUSE_KEY, Room, RoomKind
from hubbub.core.scene import Scene
from hubbub.core.visitors import visitor_from
from hubbub.service.identities import tell_host
from hubbub.service.lost_places import LostPlaces
from hubbub.service.moves import Moves
from hubbub.service.outbox import Outbox
from hubbub.service.pace import JointPace, Pace, Pacing
from hubbub.service.passes import Passes
from hubbub.service.peers import Peer
from hubbub.service.ports import Clock, Store
from hubbub.service.presence import Presence
from hubbub.service.rooms import LiveRoom, Rooms
from hubbub.service.scribe import RETRY_SECONDS, Scribe
from hubbub.service.sessions import Listener, Session, Sessions

RETURN_SECONDS: Final = 60.0
"""How long a guest's place is kept whose connection broke: a train's tunnel, a computer that wakes up."""

ANY_LIMITS: Final = Limits()
"""What stands for the limits where none is looked at."""


class People:
    """The door for people, as the port is for connections."""

    def __init__(  # noqa: PLR0913 - the parts it joins, and nothing else
        self,
        house: House,
        sessions: Sessions,
        rooms: Rooms,
        scribe: Scribe,
        store: Store,
        presence: Presence,
        clock: Clock,
        access: Access,
        passes: Passes,
        moves: Moves,
    ) -> None:
        self._moves = moves
        self._passes = passes
        self._lost = LostPlaces(clock)
        self._house = house
        self._sessions = sessions
        self._rooms = rooms
        self._scribe = scribe
        self._store = store
        self._presence = presence
        self._clock = clock
        self.access = access
        self._stopping = False
        self._leaving: Callable[[Session], None] = lambda _: None

    def stop(self) -> None:
        """Write no departures down from now on: everyone goes at once, and the next start notes it."""
        self._stopping = True

    def enter(self, wanted: str, outbox: Outbox, listener: Listener, peer: Peer) -> Session:
        """Let a guest in under a free name; he hears what is said to everyone and is in no channel yet.

        Raises `Refused` with `bad_name`, `name_taken`, `name_reserved` or `look_alike`, each with a suggestion that
        would do, or with `needs_account` or `banned`.
        """
        name = parse_name(wanted)
        require_free(self._house, None, name, self._clock.time_ms())
        self.access.require_guest()
        person = Person(new_person_id(), name.shown, name.key)
        self.require_welcome(visitor_from(self._house, person.id, name.key, peer.group))
        self._house.claim(name, person.id)
        self._house.welcome(person)
        session = Session(person, outbox, listener, peer)
        self._seat(session, [])
        return session

    async def enter_account(self, account: PersonId, outbox: Outbox, listener: Listener, peer: Peer) -> Session:
        """Let somebody in who has proved whose account he has; he hears his rooms from now on.

        Raises `StoreUnavailable`, and `Refused` where the account is gone or disabled meanwhile.
        """
        lives = await self.load_rooms(account)
        session = Session(self._welcome(account, lives, peer), outbox, listener, peer)
        self._seat(session, lives)
        return session

    def pace_of(self, session: Session, limits: Limits) -> Pacing | None:
        """Return how fast a connection may ask; None where nothing limits it."""
        burst, per_second, share = limits.burst, limits.commands_per_second, limits.person_share
        if not (burst and per_second):
            return None
        own = Pace(burst, per_second)
        if not share:
            return own
        make_shared = partial(Pace, burst * share, per_second * share)
        return JointPace(own, partial(self._sessions.shared_pace, session, make_shared))

    async def become(self, session: Session, account: PersonId) -> None:
        """Let a session be somebody else's from now on, who has proved whose account he has.

        Raises as `enter_account` does, and then nothing has changed.
        """
        lives = await self.load_rooms(account)
        if session in self._sessions.of(session.person.id):
            person = self._welcome(account, lives, session.peer)
            self._withdraw(session, SILENTLY)
            session.become(person)
            self._seat(session, lives)

    def become_guest(self, session: Session) -> None:
        """Let a session be a guest's, under a name like the one it had. Raises `Refused` with `needs_account`."""
        self.access.require_guest()
        name = parse_name(suggest_name(session.person.name, self._is_free))
        person = Person(new_person_id(), name.shown, name.key)
        self._house.claim(name, person.id)
        self._house.welcome(person)
        self._withdraw(session, SILENTLY)
        session.become(person)
        self._seat(session, [])

    def leave(self, session: Session, reason: str) -> None:
        """See a session off, unless that was done; with his last one a guest leaves every room, and his name is free.

        Whoever has an account stays where he is, and is not there.
        """
        self._see_off(session, Departure(reason))

    def lose(self, session: Session, reason: str) -> None:
        """See a session off whose connection broke: a guest who can come back keeps his place for a while."""
        person = session.person
        may_return = self._passes.is_issued(person.id) and self._house.account_of(person.id) is None
        is_only = len(self._sessions.of(person.id)) == 1
        if may_return and is_only and not self._stopping and self._lost.has_room(session.peer.group):
            self._lost.keep(session, RETURN_SECONDS, partial(self.leave, session, reason))
        else:
            self.leave(session, reason)

    def dismiss(self, session: Session, departure: Departure) -> None:
        """See a session off whose person was sent away, however long its connection takes to close; no place is kept.

        Harmless where it is gone.
        """
        self._lost.drop(session)
        self._see_off(session, departure)

    def _see_off(self, session: Session, departure: Departure) -> None:
        if session in self._sessions.of(session.person.id):
            self._withdraw(session, departure)
            self._moves.ended(session)

    def come_again(self, person: PersonId, outbox: Outbox, listener: Listener, peer: Peer) -> Session | None:
        """Let a guest who is still here hear his rooms on another connection; None if he has gone.

        Raises `Refused` with `banned`.
        """
        found = self._house.people.get(person)
        if found is None or self._house.account_of(person) is not None:
            return None
        self.require_welcome(visitor_from(self._house, found.id, found.key, peer.group))
        session = Session(found, outbox, listener, peer)
        self._seat(session, [])
        for other in list(self._sessions.of(person)):
            if self._lost.drop(other):
                self.leave(other, "")
        return session

    def on_leave(self, callback: Callable[[Session], None]) -> None:
        """Have this called with every session that ends, or becomes somebody else's, while it still hears its rooms."""
        self._leaving = callback

    def clear_absent(self, live: LiveRoom) -> None:
        """Write down the departures that a crash left unwritten, in a room that was just loaded, until it is done."""

        def retry() -> None:
            if self._rooms.get(live.id) is live:
                self.clear_absent(live)

        def settled(outcome: Refusal | Sequence[Record]) -> None:
            if isinstance(outcome, Refusal):
                self._clock.call_later(RETRY_SECONDS, retry)

        staying = self._house.people.keys() | self._house.directory.accounts.keys()
        events = [(live.ahead, left) for left in departures_of_absent(live.ahead, staying)]
        if events:
            self._scribe.submit(events, None, settled)

    async def load_rooms(self, account: PersonId) -> list[LiveRoom]:
        """Load what somebody's sessions listen to, but his conversations: those come when somebody speaks there."""
        personal = await self._rooms.open(RoomKind.PERSONAL, account, "")
        channels = [head for head in await self._store.list_memberships(account) if head.kind is RoomKind.CHANNEL]
        return [personal, *[await self._rooms.open(head.kind, head.key, head.name) for head in channels]]

    def _welcome(self, account: PersonId, lives: list[LiveRoom], peer: Peer) -> Person:
        """Return who has the account, as somebody who is here.

        Raises `Refused` where it was closed or disabled meanwhile; whoever was here then is being sent away. Also where
        he is banned.
        """
        found = require_enabled(self._house, account)
        self.require_welcome(visitor_from(self._house, account, found.key, peer.group))
        present = self._house.people.get(account)
        if present is not None:
            return present
        person = Person(account, found.name, found.key)
        for live in lives:
            if live.ahead.kind is RoomKind.PERSONAL:
                person.away, person.about, person.is_bot = live.settled.away, live.settled.about, live.settled.is_bot
            elif live.ahead.kind is RoomKind.CHANNEL and account in live.ahead.members:
                person.channels[live.id] = live.ahead
        self._house.seat(person)
        return person

    def _seat(self, session: Session, lives: list[LiveRoom]) -> None:
        """Let a session listen to everything that is its person's."""
        session.since_ms = self._clock.time_ms()
        self._sessions.add(session)
        house_room = self._house.find_room(RoomKind.HOUSE, HOUSE_KEY)
        if house_room is not None and (live := self._rooms.get(house_room.id)) is not None:
            session.attach(live)
        person = session.person
        # While his rooms were read he may have joined others on another connection, and been spoken to.
        personal = self._house.find_room(RoomKind.PERSONAL, person.id)
        since = [*person.channels.values(), *self._house.conversations_of(person.id), *([personal] if personal else [])]
        for live in (*lives, *filter(None, (self._rooms.get(room.id) for room in since))):
            if live.settled.kind is not RoomKind.CHANNEL or person.id in live.settled.members:
                session.attach(live)
        if len(self._sessions.of(person.id)) == 1:
            self._presence.note(person)
            self._moves.arrived(person)

    def _withdraw(self, session: Session, departure: Departure) -> None:
        self._leaving(session)
        session.detach_all()
        person = session.person
        is_last = len(self._sessions.of(person.id)) == 1
        # Of a guest with several connections it is the first that says where others see him.
        old_host = "" if is_last else self._house.host_of(person.id)
        self._sessions.remove(session)
        if not is_last:
            tell_host(self._house, self._sessions, person, old_host)
            return
        self._passes.revoke(person.id)
        self._moves.leaving(person)
        rooms = list(person.channels.values())
        scene = Scene(self._house, person, ANY_LIMITS, self._clock.time_ms(), session.peer.group)
        # While he is known by his name and his address, which a silence may name; it concerns no words but his own.
        is_own = departure.reason and not departure.by
        muted_in = muted_among(scene, rooms) if is_own else frozenset[RoomId]()
        self._house.dismiss(person)
        if self._house.account_of(person.id) is None:
            self._depart(person, rooms, departure, muted_in)
        else:
            self._presence.note(person)
            self._note_going(person)

    def _depart(self, person: Person, rooms: list[Room], departure: Departure, muted_in: frozenset[RoomId]) -> None:
        """Write a departure down, again and again until the store takes it: a ghost in a room would stay for ever."""

        def retry() -> None:
            still = [live.ahead for room in rooms if (live := self._rooms.get(room.id)) is not None]
            self._depart(person, still, departure, muted_in)

        def settled(outcome: Refusal | Sequence[Record]) -> None:
            if isinstance(outcome, Refusal):
                self._clock.call_later(RETRY_SECONDS, retry)

        events = quit_all(rooms, person.id, departure, muted_in)
        if events and not self._stopping:
            self._scribe.submit(events, None, settled)

    def _note_going(self, person: Person) -> None:
        """Write down since when what is said to somebody waits; if that fails, he is shown a little more."""
        room = self._house.find_room(RoomKind.PERSONAL, person.id)
        if room is not None:
            self._scribe.submit([(room, Disconnected(person.id, person.name))], None, lambda _: None)

    def require_welcome(self, visitor: Visitor) -> None:
        """Raise `Refused` with `banned` for whoever is kept off the server."""
        if self._house.directory.bans:
            require_welcome(self._house, visitor, self._clock.time_ms())

    def _is_free(self, key: str) -> bool:
        return self._house.is_free(key, self._clock.time_ms())


def new_person_id() -> PersonId:
    """Return who somebody is who has never been here before; whoever opens an account keeps it."""
    return PersonId("p" + secrets.token_hex(8))
