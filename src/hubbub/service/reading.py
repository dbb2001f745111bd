"""Reading: answers to queries, from what is loaded where that will do, else from the store."""

from collections import deque
from collections.abc import Awaitable, Sequence
from itertools import islice
from typing import Final, assert_never

from hubbub.core.catalog import MESSAGE_EVENTS, Record
from hubbub.core.features.membership import require_member
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, RoomId
from hubbub.core.queries import (
    HISTORY_LIMIT,
    MEMBERS_LISTED,
    ROOMS_LISTED,
    Answer,
    AnyQuery,
    BlockList,
    Entered,
    FindHistory,
    FindTopic,
    History,
    ListBlocks,
    ListMembers,
    ListRooms,
    Members,
    MemberView,
    RoomList,
    RoomView,
    TopicFound,
)
from hubbub.core.room import Block, Room, RoomKind
from hubbub.service.ports import Store
from hubbub.service.rooms import Rooms

HISTORY_BYTES: Final = 262_144
"""Most that one page of history may cost, by the estimate of `_cost`: fifteen messages of the greatest length."""

OUTBOX_SHARE: Final = 4
"""A page costs at most this part of what may wait for a reader: escaped as JSON it doubles, and even then nobody is too
slow for what he has asked for."""

LINE_BYTES: Final = 64
"""What stands before one line in the dearest dialect, in bytes, but for the speaker's name: JSON's keys, a day and a
time."""

SOME_MEMBERS: Final = 10
"""How many of those present a newcomer is told of by name."""


class Reading:
    """Looks things up for people."""

    def __init__(self, house: House, rooms: Rooms, store: Store, history_on_arrival: int, outbox_bytes: int) -> None:
        """Answer so that each answer fits into outboxes of so many bytes (0 = of any size)."""
        self._house = house
        self._rooms = rooms
        self._store = store
        self._history_on_arrival = history_on_arrival
        self._page_bytes = min(HISTORY_BYTES, outbox_bytes // OUTBOX_SHARE) if outbox_bytes else HISTORY_BYTES

    def answer(self, person: Person, query: AnyQuery) -> Answer | Awaitable[Answer]:
        """Return the answer, or what to await for it. Raises `Refused`; awaiting may raise `StoreUnavailable`."""
        match query:
            case ListMembers():
                return self._members(person, query)
            case ListRooms():
                return self._rooms_with_people(person)
            case ListBlocks():
                room = self._house.find_room(RoomKind.PERSONAL, person.id)
                names = [] if room is None else [self._name_of(one, block) for one, block in room.blocks.items()]
                return BlockList(tuple(sorted(names, key=str.casefold)))
            case FindHistory():
                return self._history(person, query)
            case FindTopic():
                room = self._kept(self._house.require_channel(query.room))
                return TopicFound(room.name, room.topic)
            case _:
                assert_never(query)

    def entered(self, person: Person, room_id: RoomId) -> Entered:
        """Return what someone learns on coming in: the room as its listeners know it at this very moment."""
        live = self._rooms.get(room_id)
        if live is None:
            raise LookupError(room_id)
        room = live.settled
        others = (member.name for one, member in room.members.items() if one != person.id)
        count = self._history_on_arrival
        recent = self._heard(person, list(live.recent)[-count:]) if count else ()
        some = tuple(islice(others, SOME_MEMBERS))
        return Entered(room.name, room.seq, room.topic, len(room.members), some, recent)

    def _name_of(self, person: PersonId, block: Block) -> str:
        """Return what somebody who is blocked is called now, or was then if he is not here."""
        present = self._house.people.get(person)
        return block.name if present is None else present.name

    def _members(self, person: Person, query: ListMembers) -> Members:
        room = self._house.require_channel(query.room)
        require_member(room, person.id)
        kept = self._kept(room)
        members = [MemberView(member.name, self._away_of(one)) for one, member in kept.members.items()]
        members.sort(key=lambda member: member.name.casefold())
        return Members(room.name, tuple(members[:MEMBERS_LISTED]), max(0, len(members) - MEMBERS_LISTED))

    def _kept(self, room: Room) -> Room:
        """Return the room without what is decided and not kept yet, which is nobody's business."""
        live = self._rooms.get(room.id)
        return room if live is None else live.settled

    def _away_of(self, person: PersonId) -> str | None:
        found = self._house.people.get(person)
        return None if found is None else found.away

    def _rooms_with_people(self, person: Person) -> RoomList:
        rooms = [room for room in map(self._kept, self._house.channels.values()) if room.members]
        rooms.sort(key=lambda room: (-len(room.members), room.key))
        listed = tuple(_view(room, person) for room in rooms[:ROOMS_LISTED])
        return RoomList(listed, max(0, len(rooms) - ROOMS_LISTED))

    def _history(self, person: Person, query: FindHistory) -> Answer | Awaitable[Answer]:
        room = self._house.require_channel(query.room)
        require_member(room, person.id)
        limit = min(query.limit, HISTORY_LIMIT)
        live = self._rooms.get(room.id)
        if query.before is None and live is not None and limit <= len(live.recent):
            heard = self._heard(person, list(live.recent)[len(live.recent) - limit :])
            if len(heard) == limit:
                return History(room.name, heard)
        return self._stored_history(person, room, query, limit)

    async def _stored_history(self, person: Person, room: Room, query: FindHistory, limit: int) -> Answer:
        """Read on until there are as many as were asked for that the person wants to hear, or no more at all."""
        heard: tuple[Record, ...] = ()
        before = query.before
        while len(heard) < limit:
            page = await self._store.load_messages(room.id, before, limit)
            heard = (*self._heard(person, page), *heard)
            if len(page) < limit:
                break
            before = page[0].seq
        return History(room.name, self._heard(person, heard[len(heard) - limit :] if len(heard) > limit else heard))

    def _heard(self, person: Person, records: Sequence[Record]) -> tuple[Record, ...]:
        """Return the newest of the records that fit, but those from people whom the person blocks.

        One that would not even fit alone, as older versions kept them, is left out: it would hide all that came before.
        """
        heard, room_bytes = deque[Record](), self._page_bytes
        for record in reversed(records):
            event = record.event
            if isinstance(event, MESSAGE_EVENTS) and self._house.find_block(person.id, event.author) is None:
                cost = _cost(event.name, event.text)
                if cost > self._page_bytes:
                    continue
                room_bytes -= cost
                if room_bytes < 0:
                    break
                heard.appendleft(record)
        return tuple(heard)


def _cost(name: str, text: str) -> int:
    """Return about how many bytes a message becomes for a client that is sent who and when with every line."""
    return len(text.encode()) + (text.count("\n") + 1) * (LINE_BYTES + len(name.encode()))


def _view(room: Room, person: Person) -> RoomView:
    topic = room.topic.text if room.topic else ""
    return RoomView(room.name, len(room.members), topic, joined=person.id in room.members)
