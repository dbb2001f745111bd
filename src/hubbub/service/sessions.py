"""Sessions: one connection each, of people who have said who they are."""

from collections.abc import Callable, Collection, Sequence
from typing import Final, Protocol

import msgspec

from hubbub.core.catalog import Record
from hubbub.core.features.membership import SILENTLY, Departure
from hubbub.core.house import Person
from hubbub.core.kinds import PersonId, RoomId
from hubbub.core.room import Room
from hubbub.core.signals import AnySignal, Ejecting
from hubbub.service.audience import Dialect
from hubbub.service.lookout import Lookout
from hubbub.service.outbox import Outbox
from hubbub.service.pace import Pace
from hubbub.service.peers import Peer
from hubbub.service.rooms import LiveRoom

SHOWN_LIMIT: Final = 200
"""Most conversations of one session, the last ones, of which is kept in mind that it has shown them."""

SEVERAL: Final = 2
"""Connections that have to share something."""

NO_SESSIONS: Final[Sequence["Session"]] = ()


class Listener(Protocol):
    """What a session needs of the connection it serves."""

    def dialect_in(self, room: Room) -> Dialect:
        """Return how the connection hears this room; asked again after `Session.refresh`."""

    @property
    def shows_typing(self) -> bool:
        """Whether it wants to know who is writing."""

    @property
    def keeps_marks(self) -> bool:
        """Whether it tells by itself how far its person has read."""

    @property
    def tells_waiting(self) -> bool:
        """Whether it shows, unasked, what waited for its person when he came in."""

    def seated(self, person: Person) -> None:
        """Take note of who its person is from now on."""

    def attached(self, room: Room) -> None:
        """Take note that it hears a room from now on."""

    def detached(self, room: Room) -> None:
        """Take note that it hears it no longer."""

    def notice(self, signal: AnySignal) -> None:
        """Tell of a signal, or keep silent where the protocol has no word for it."""

    def dismiss(self, sentence: str, departure: Departure) -> None:
        """End the connection because its person may not be here any more; the sentence says why.

        Others learn at once that he is gone, if it is his last one, and why.
        """


class Asker(Protocol):
    """Somebody for whom a command is carried out."""

    @property
    def person(self) -> Person:
        """Who asks."""

    @property
    def outbox(self) -> Outbox | None:
        """The connection that is answered, and need not hear what comes of it."""

    @property
    def peer(self) -> Peer:
        """Where the connection comes from."""


class Applicant(msgspec.Struct, frozen=True):
    """An asker who is not in, or has no connection at all."""

    person: Person
    peer: Peer
    outbox: Outbox | None = None
    """A connection that need not hear what comes of it."""


class Session:
    """A person's connection, and the rooms it listens to."""

    __slots__ = (
        "_attached",
        "_listener",
        "number",
        "on_refresh",
        "outbox",
        "peer",
        "person",
        "secret_hash",
        "shown",
        "since_ms",
        "typed_ms",
    )

    def __init__(self, person: Person, outbox: Outbox, listener: Listener, peer: Peer) -> None:
        self.person = person
        """Who it is at present: whoever logs in becomes somebody else."""
        self.outbox = outbox
        self.peer = peer
        self.secret_hash: bytes | None = None
        """Of the token that it was opened with, if it was: it ends with it."""
        self.number = 0
        """Which one it is of those that came in on this node, counted from 1; 0 before that."""
        self.since_ms = 0
        """When its person came in on it, in milliseconds since 1970 UTC."""
        self.typed_ms = 0
        """When something came from it last, in milliseconds since 1970 UTC: then its person was there. 0 for never."""
        self.shown: dict[RoomId, None] = {}
        """Conversations that it has shown and need not listen to any more, those shown last at the end."""
        self._listener = listener
        self._attached: list[LiveRoom] = []
        self.on_refresh: Callable[[Session], None] | None = None
        """Called when what the connection wants to know has changed."""
        outbox.on_rewire = self._rewire

    def become(self, person: Person) -> None:
        """Be somebody else's from now on."""
        self.person = person
        self.shown.clear()
        # What he is shown now comes after he typed that it is him.
        self.typed_ms = 0
        self._listener.seated(person)

    def attach(self, live: LiveRoom) -> None:
        """Listen to a room; harmless when it does already."""
        if self.outbox not in live.audience:
            self._attached.append(live)
            self._listener.attached(live.settled)
        live.audience.add(self.outbox, self._listener.dialect_in(live.settled))

    def detach(self, live: LiveRoom) -> None:
        """Listen to it no longer; harmless when it does not."""
        if self.outbox in live.audience:
            live.audience.remove(self.outbox)
            self._attached.remove(live)
            self._listener.detached(live.settled)

    def note_shown(self, room: RoomId) -> None:
        """Keep in mind that it has shown a conversation, whatever becomes of the room."""
        if self._listener.keeps_marks:
            return
        self.shown.pop(room, None)
        self.shown[room] = None
        if len(self.shown) > SHOWN_LIMIT:
            del self.shown[next(iter(self.shown))]

    def note_told(self, waiting: Collection[Record]) -> None:
        """Keep in mind that it has shown what waited for its person, if it does that."""
        if self._listener.tells_waiting:
            for record in waiting:
                self.note_shown(record.room)

    def detach_all(self) -> None:
        """Listen to nothing any more."""
        for live in self.attached:
            self.detach(live)

    @property
    def attached(self) -> Sequence[LiveRoom]:
        """Return the rooms that it listens to."""
        return tuple(self._attached)

    def refresh(self) -> None:
        """Ask the connection again how it hears each room: what it is busy with has changed."""
        for live in self._attached:
            live.audience.add(self.outbox, self._listener.dialect_in(live.settled))
        if self.on_refresh is not None:
            self.on_refresh(self)

    @property
    def shows_typing(self) -> bool:
        """Whether the connection wants to know who is writing."""
        return self._listener.shows_typing

    @property
    def keeps_marks(self) -> bool:
        """Whether the connection tells by itself how far its person has read."""
        return self._listener.keeps_marks

    def _rewire(self) -> None:
        for live in self._attached:
            live.audience.rewire(self.outbox)

    def notice(self, signal: AnySignal) -> None:
        """Tell the connection of a signal."""
        self._listener.notice(signal)

    def dismiss(self, sentence: str, departure: Departure = SILENTLY) -> None:
        """End the connection, and tell why, and by whose will."""
        if departure.by:
            self.notice(Ejecting(departure.by, departure.reason))
        self._listener.dismiss(sentence, departure)


class Sessions:
    """Who is connected here."""

    def __init__(self) -> None:
        self._by_person: dict[PersonId, list[Session]] = {}
        self.newest = 0
        """The number of the session that came in last."""
        self.watching: set[Session] = set()
        """Those that want to know who is writing."""
        self.watching_audit: set[Session] = set()
        """Those that want to know what is written down in the audit."""
        self.lookout = Lookout()
        self._paces: dict[PersonId, Pace] = {}
        """Of those who have, or had, several connections at once."""

    def __len__(self) -> int:
        return sum(map(len, self._by_person.values()))

    def of(self, person: PersonId) -> Sequence[Session]:
        """Return a person's sessions on this node."""
        return self._by_person.get(person, NO_SESSIONS)

    def add(self, session: Session) -> None:
        """Count a session among its person's."""
        self._by_person.setdefault(session.person.id, []).append(session)
        if not session.number:
            self.newest += 1
            session.number = self.newest
        session.person.addresses.append(session.peer.group)
        session.on_refresh = self._note_watching
        self._note_watching(session)

    def _note_watching(self, session: Session) -> None:
        if session.shows_typing:
            self.watching.add(session)
        else:
            self.watching.discard(session)

    def remove(self, session: Session) -> bool:
        """Forget a session, and return whether it was its person's last."""
        sessions = self._by_person[session.person.id]
        sessions.remove(session)
        session.on_refresh = None
        self.watching.discard(session)
        self.watching_audit.discard(session)
        session.person.addresses.remove(session.peer.group)
        if not sessions:
            del self._by_person[session.person.id]
            self._paces.pop(session.person.id, None)
        return not sessions

    def shared_pace(self, session: Session, make: Callable[[], Pace]) -> Pace | None:
        """Return the pace of all connections of a session's person together; None while this is the only one."""
        person = session.person.id
        if len(self.of(person)) < SEVERAL:
            return None
        pace = self._paces.get(person)
        if pace is None:
            pace = self._paces[person] = make()
        return pace

    def notice_others(self, asker: Asker, signal: AnySignal) -> None:
        """Bring a signal to all sessions of somebody but the one that asked, if it was one."""
        for other in self.of(asker.person.id):
            if other is not asker:
                other.notice(signal)

    def notice_all(self, signal: AnySignal) -> None:
        """Bring a signal to all sessions of everybody."""
        for sessions in self._by_person.values():
            for session in sessions:
                session.notice(signal)

    def notice(self, signals: Collection[tuple[PersonId, AnySignal]]) -> None:
        """Bring signals to all sessions of those they are for."""
        for person, signal in signals:
            for session in self.of(person):
                session.notice(signal)
