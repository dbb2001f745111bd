"""Reading: answers to queries, from what is loaded where that will do, else from the store."""

from collections import deque
from collections.abc import Awaitable, Sequence
from itertools import islice
from typing import Final, assert_never

from hubbub.core.catalog import MESSAGE_EVENTS, Record
from hubbub.core.features.membership import require_member
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.permissions import is_visible, require_visible
from hubbub.core.queries import (
    HISTORY_LIMIT,
    Answer,
    AnyQuery,
    BlockList,
    Entered,
    FindAudit,
    FindHistory,
    FindRoom,
    FindTopic,
    History,
    ListBans,
    ListBlocks,
    ListInvited,
    ListMembers,
    ListRooms,
    Members,
    MemberView,
    RoomList,
    RoomView,
    TopicFound,
)
from hubbub.core.room import Room, RoomKind
from hubbub.core.terms import is_over
from hubbub.service.ports import Clock, Store
from hubbub.service.room_reading import RoomReading
from hubbub.service.rooms import Rooms

HISTORY_BYTES: Final = 262_144
"""Most text in one answer, in UTF-8: a quarter of what may wait for a reader, so that nobody is too slow for what he
has asked for, and those who ask and never read cost little. Sixteen messages of the greatest length."""

SOME_MEMBERS: Final = 10
"""How many of those present a newcomer is told of by name."""


class Reading:
    """Looks things up for people."""

    def __init__(self, house: House, rooms: Rooms, store: Store, clock: Clock, history_on_arrival: int) -> None:
        self._room_reading = RoomReading(house, rooms, store, clock)
        self._clock = clock
        self._house = house
        self._rooms = rooms
        self._store = store
        self._history_on_arrival = history_on_arrival

    def answer(self, person: Person, query: AnyQuery) -> Answer | Awaitable[Answer]:
        """Return the answer, or what to await for it. Raises `Refused`; awaiting may raise `StoreUnavailable`."""
        match query:
            case ListMembers():
                return self._members(person, query)
            case ListRooms():
                return self._rooms_with_people(person)
            case ListBlocks():
                return self._blocks(person)
            case FindHistory():
                return self._history(person, query)
            case FindTopic():
                room = self._kept(require_visible(self._house, query.room, person.id))
                return TopicFound(room.name, room.topic)
            case FindRoom() | ListBans() | ListInvited() | FindAudit():
                return self._room_reading.answer(person, query)
            case _:
                assert_never(query)

    def _blocks(self, person: Person) -> BlockList:
        room, now_ms = self._house.find_room(RoomKind.PERSONAL, person.id), self._clock.time_ms()
        blocks = [] if room is None else [block for block in room.blocks.values() if not is_over(block.term, now_ms)]
        return BlockList(tuple(sorted((block.name for block in blocks), key=str.casefold)))

    def is_member(self, person: Person, room_id: RoomId) -> bool:
        """Return whether somebody is in a channel, as its listeners know it at this very moment."""
        live = self._rooms.get(room_id)
        return live is not None and person.id in live.settled.members

    def entered(self, person: Person, room_id: RoomId) -> Entered:
        """Return what someone learns on coming in: the room as its listeners know it at this very moment."""
        live = self._rooms.get(room_id)
        if live is None:
            raise LookupError(room_id)
        room = live.settled
        others = (member.name for one, member in room.members.items() if one != person.id)
        count = self._history_on_arrival
        recent = self._heard(person, room, list(live.recent)[-count:]) if count else ()
        some = tuple(islice(others, SOME_MEMBERS))
        return Entered(room.name, room.seq, room.topic, len(room.members), some, recent)

    def _members(self, person: Person, query: ListMembers) -> Members:
        room = require_visible(self._house, query.room, person.id)
        require_member(room, person.id)
        kept = self._kept(room)
        members = [MemberView(member.name, self._away_of(one)) for one, member in kept.members.items()]
        return Members(room.name, tuple(sorted(members, key=lambda member: member.name.casefold())))

    def _kept(self, room: Room) -> Room:
        """Return the room without what is decided and not kept yet, which is nobody's business."""
        live = self._rooms.get(room.id)
        return room if live is None else live.settled

    def _away_of(self, person: PersonId) -> str | None:
        found = self._house.people.get(person)
        return None if found is None else found.away

    def _rooms_with_people(self, person: Person) -> RoomList:
        channels = map(self._kept, self._house.channels.values())
        rooms = [room for room in channels if room.members and is_visible(self._house, room, person.id)]
        rooms.sort(key=lambda room: (-len(room.members), room.key))
        return RoomList(tuple(_view(room, person) for room in rooms))

    def _history(self, person: Person, query: FindHistory) -> Answer | Awaitable[Answer]:
        room = require_visible(self._house, query.room, person.id)
        require_member(room, person.id)
        limit = min(query.limit, HISTORY_LIMIT)
        live = self._rooms.get(room.id)
        if query.before is None and live is not None and limit <= len(live.recent):
            return History(room.name, self._heard(person, live.settled, list(live.recent)[len(live.recent) - limit :]))
        return self._stored_history(person, room, query, limit)

    async def _stored_history(self, person: Person, room: Room, query: FindHistory, limit: int) -> Answer:
        records = await self._store.load_messages(room.id, query.before, limit)
        return History(room.name, self._heard(person, self._kept(room), records))

    def _heard(self, person: Person, room: Room, records: Sequence[Record]) -> tuple[Record, ...]:
        """Return the newest of the records that fit, but those from people whom the person blocks.

        Where history is for those who were there, it begins with his coming.
        """
        heard, room_bytes, now_ms = deque[Record](), HISTORY_BYTES, self._clock.time_ms()
        begin = _begin_for(person, room)
        for record in reversed(records):
            event = record.event
            if record.seq <= begin:
                break
            if isinstance(event, MESSAGE_EVENTS) and self._house.find_block(person.id, event.author, now_ms) is None:
                room_bytes -= len(event.text.encode())
                if room_bytes < 0:
                    break
                heard.appendleft(record)
        return tuple(heard)


def _begin_for(person: Person, room: Room) -> Seq:
    """Return the last record of a room that somebody may not read, of those before he came in."""
    if room.settings.history == "everyone":
        return Seq(0)
    member = room.members.get(person.id)
    return room.seq if member is None else member.since


def _view(room: Room, person: Person) -> RoomView:
    settings = room.settings
    return RoomView(
        room.name,
        len(room.members),
        room.topic.text if room.topic else "",
        joined=person.id in room.members,
        access=settings.access,
        is_archived=settings.is_archived,
    )
