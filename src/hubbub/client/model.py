"""The model: what a client knows of its rooms. A snapshot plus the records since equals a fresh snapshot. No I/O."""

from collections import deque
from collections.abc import Iterable
from typing import Final

import msgspec

from hubbub.client.bounds import require_few
from hubbub.core.account_answers import LoggedIn
from hubbub.core.answers import Answer
from hubbub.core.attention_answers import LevelFound, Marked, UnreadView
from hubbub.core.calls import calls_of
from hubbub.core.catalog import MESSAGE_EVENTS, SPOKEN_EVENTS, Record, membership_of
from hubbub.core.features.messages import Said
from hubbub.core.features.moderation import Kicked
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.settings import RoomRenamed
from hubbub.core.features.topics import TopicSet
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.levels import Level
from hubbub.core.revising import revise, revised_by
from hubbub.core.room import Topic
from hubbub.core.signals import AnySignal, Levelling, Marking
from hubbub.core.unread import EVERYBODY
from hubbub.wire.native import LimitsInfo, RoomState, Welcome, You

RECENT: Final = 100
"""Most messages of one room that are kept: two screens of a large window. More of them are a query away."""

SINCE_LIMIT: Final = 1_000
"""Most rooms of which a server is asked what was missed. Nobody is in so many, but he may have talked with more."""

NOBODY: Final = You(PersonId(""), "")


class Kept(msgspec.Struct, frozen=True):
    """What an earlier run of a program has kept, so that it comes back as who it was and is brought what it missed."""

    server_id: str
    you: You
    rooms: tuple[RoomState, ...] = ()
    """Those that it has, each up to its `seq`."""
    key: str = ""
    """What makes a guest the same one again; empty for an account."""


class KnownRoom:
    """One room, as far as it is known here."""

    def __init__(self, state: RoomState) -> None:
        self.id: RoomId = state.id
        self.name: str = state.name
        """`#tea`, or `@bob` for the conversation with him."""
        self.kind = state.kind
        self.is_group = state.is_group
        self.seq: Seq = state.seq
        """The last record that was heard, or that the snapshot holds."""
        self.topic: Topic | None = state.topic
        self.member_count: int = state.member_count
        self.members: set[str] | None = None
        """What its members are called; None until somebody asks for all of them."""
        self.recent: deque[Record] = deque(state.recent, RECENT)
        """The last messages, oldest first, as they look now."""
        self.unread: int = 0
        """How many messages of others have come that nobody has read, as far as this client was told."""
        self.calls: int = 0
        """How many of them call one."""
        self.read_to: Seq | None = None
        """The last record that one has read; None where that is not known."""

    @property
    def state(self) -> RoomState:
        """What it is like now, without what was said."""
        about = (self.topic, self.member_count)
        return RoomState(self.id, self.name, self.kind, self.seq, *about, is_group=self.is_group)

    def adopt(self, state: RoomState) -> None:
        """Take what a snapshot says of this moment, and keep the messages that it does not bring."""
        self.name, self.kind, self.seq = state.name, state.kind, state.seq
        self.topic, self.member_count = state.topic, state.member_count

    def apply(self, record: Record, you: PersonId) -> None:
        """Take note of what has happened."""
        self.seq = record.seq
        for seq in revised_by(record):
            self._revise(seq, record)
        event = record.event
        if isinstance(event, SPOKEN_EVENTS):
            self.recent.append(record)
            self._note_unread(record, you)
        elif (membership := membership_of(event)) is not None:
            name = event.person_name if isinstance(event, Kicked) else event.name
            self._count(name, is_in=membership[1])
        elif isinstance(event, TopicSet):
            self.topic = Topic(event.text, event.name, record.time_ms) if event.text else None
        elif isinstance(event, Renamed) and self.members is not None:
            self.members.discard(event.name)
            self.members.add(event.new_name)
        elif isinstance(event, RoomRenamed):
            self.name = event.new_name

    def _note_unread(self, record: Record, you: PersonId) -> None:
        event = record.event
        if event.author == you:
            # Whoever answers has read: see `core.unread`.
            self.unread, self.calls, self.read_to = 0, 0, record.seq
        elif isinstance(event, MESSAGE_EVENTS):
            # What is for some of a room the server counts for nobody.
            self.unread += 1
            self.calls += calls_one(record, you)

    def adopt_unread(self, place: UnreadView | None) -> None:
        """Take what the server has counted; None where all of it is read."""
        if place is None:
            self.unread, self.calls = 0, 0
        else:
            self.unread, self.calls, self.read_to = place.unread, place.mentions, place.mark

    def mark(self, seq: Seq, you: PersonId) -> None:
        """Take note that one has read it up to a record."""
        after = [one for one in self.recent if one.seq > seq and one.event.author != you]
        self.unread = len([one for one in after if isinstance(one.event, MESSAGE_EVENTS)])
        self.calls = len([one for one in after if calls_one(one, you)])
        self.read_to = min(seq, self.seq)

    def _count(self, name: str, *, is_in: bool) -> None:
        self.member_count += 1 if is_in else -1
        if self.members is not None:
            (self.members.add if is_in else self.members.discard)(name)

    def _revise(self, seq: Seq, change: Record) -> None:
        for place, message in enumerate(self.recent):
            if message.seq == seq:
                self.recent[place] = revise(message, change)


def calls_one(record: Record, you: PersonId) -> bool:
    """Return whether a message calls somebody, who has not said it himself."""
    event = record.event
    if not isinstance(event, Said) or event.author == you:
        return False
    called = calls_of(event)
    return you in called or EVERYBODY in called


class Model:
    """Everything that one client knows. Whoever feeds it the server's messages in order may read it at any time."""

    def __init__(self) -> None:
        self.you: You = NOBODY
        self.server_id: str = ""
        self.limits: LimitsInfo | None = None
        """How much may be asked; None before the first welcome."""
        self.rooms: dict[RoomId, KnownRoom] = {}
        self.levels: dict[RoomId, Level] = {}
        """Of what one is told in rooms where that is not what is usual; also in those that one has left."""
        self._awaited: dict[RoomId, RoomState] = {}
        """What rooms will be like once everything that was missed in them is brought."""
        self._counted: dict[RoomId, UnreadView | None] = {}
        """What will be unread in them then; None where nothing is."""

    def restore(self, kept: Kept) -> None:
        """Begin with what was known in an earlier run."""
        self.you, self.server_id = kept.you, kept.server_id
        self.rooms = {state.id: KnownRoom(state) for state in kept.rooms}

    def keep(self, key: str = "") -> Kept:
        """Return what a later run begins with; what was said is for whoever runs to keep."""
        return Kept(self.server_id, self.you, tuple(room.state for room in self.rooms.values()), key)

    def since(self) -> dict[int, int]:
        """Return the last record of each room, for whoever comes back; of the newest rooms where there are too many."""
        newest = sorted(self.rooms)[-SINCE_LIMIT:]
        return {id_: self.rooms[id_].seq for id_ in newest}

    def find_room(self, name: str) -> KnownRoom | None:
        """Return the room that is called so."""
        return next((room for room in self.rooms.values() if room.name.casefold() == name.casefold()), None)

    def welcome(self, welcome: Welcome, asked: Iterable[int] = ()) -> set[RoomId]:
        """Take what holds now; return of which rooms what was missed is still to come.

        `asked` are the rooms of which that was asked for.
        """
        self.you, self.limits = welcome.you, welcome.limits
        self.server_id = welcome.server.id
        self.levels = dict(welcome.levels)
        known = {RoomId(room): self.rooms[RoomId(room)] for room in asked if RoomId(room) in self.rooms}
        self._awaited = {room.id: room for room in welcome.rooms if room.id in known}
        # Conversations in which nobody has spoken lately are not told of, and yet what was missed there will come.
        direct = {id_: room for id_, room in known.items() if room.kind == "direct"}
        self.rooms = direct | {room.id: known.get(room.id) or KnownRoom(room) for room in welcome.rooms}
        self._counted = dict.fromkeys(known)
        by_name = {room.name.casefold(): room for room in reversed(self.rooms.values())}
        for place in welcome.unread:
            if place.thread or (room := by_name.get(place.room.casefold())) is None:
                continue
            if room.id in known:
                self._counted[room.id] = place
            else:
                room.adopt_unread(place)
        return set(self._awaited)

    def resumed(self, room_id: RoomId, seq: Seq) -> None:
        """Take note that everything that was missed in a room has come."""
        room, state = self.rooms.get(room_id), self._awaited.pop(room_id, None)
        if room is None:
            return
        if state is not None and state.seq == seq:
            # Not before: what was missed is counted in there already.
            room.adopt(state)
        if room_id in self._counted:
            # Nor this: the server has counted what was missed.
            room.adopt_unread(self._counted.pop(room_id))
        room.seq = max(room.seq, seq)

    def enter(self, state: RoomState) -> None:
        """Take a room as it is now, instead of whatever was known of it."""
        self._awaited.pop(state.id, None)
        self.rooms[state.id] = KnownRoom(state)
        require_few(len(self.rooms))

    def depart(self, room_id: RoomId) -> None:
        """Forget a room."""
        self.rooms.pop(room_id, None)

    def rename(self, you: You) -> None:
        """Take note who one is from now on; of somebody else other levels hold, which are told with the answer."""
        if you.id != self.you.id:
            self.levels = {}
        self.you = you

    def apply(self, record: Record, name: str) -> bool:
        """Take note of a record, in the room called so; return False if it is known already."""
        room = self.rooms.get(record.room)
        if room is None:
            # It is that of a conversation which has just begun.
            room = self.rooms[record.room] = KnownRoom(RoomState(record.room, name, "direct", Seq(0)))
            require_few(len(self.rooms))
        if record.seq <= room.seq:
            return False
        room.apply(record, self.you.id)
        return True

    def notice(self, signal: AnySignal) -> None:
        """Take note of what was read, or of which level was set, on another of one's connections."""
        if isinstance(signal, Marking):
            self.mark(signal.room, signal.thread, signal.seq)
        elif isinstance(signal, Levelling):
            self.level(signal.id, signal.level)

    def take_answer(self, answer: Answer) -> None:
        """Take note of what only one's other connections are told."""
        match answer:
            case Marked():
                self.mark(answer.room, answer.thread, answer.seq)
            case LevelFound():
                self.level(answer.id, answer.level)
            case LoggedIn():
                self.levels = dict(answer.levels)
            case _:
                pass

    def level(self, room: RoomId, level: Level) -> None:
        """Take note of what in a room one is told from now on."""
        if level == "default":
            self.levels.pop(room, None)
        else:
            self.levels[room] = level

    def mark(self, name: str, thread: Seq, seq: Seq) -> None:
        """Take note that a room, or all of them if it has no name, was read up to a record; threads count apart."""
        for room in self.rooms.values() if not thread else ():
            if room.name == name or not name:
                room.mark(seq, self.you.id)
