"""Reading: answers to queries, from what is loaded where that will do, else from the store."""

from collections.abc import Awaitable, Mapping, Sequence
from itertools import islice
from typing import Final, assert_never

from hubbub.core.account_answers import ConversationView, LoggedIn
from hubbub.core.answers import Answer
from hubbub.core.attention_answers import AlertList, UnreadList
from hubbub.core.catalog import Record
from hubbub.core.features.membership import require_member
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, RoomId
from hubbub.core.levels import Level
from hubbub.core.people_answers import BlockList
from hubbub.core.permissions import hears, is_visible, require_visible
from hubbub.core.queries import (
    AnyQuery,
    FindAudit,
    FindExport,
    FindHistory,
    FindMessage,
    FindMessages,
    FindNear,
    FindPerson,
    FindRoom,
    FindThread,
    FindTopic,
    ListAccepted,
    ListAccounts,
    ListActive,
    ListAlerts,
    ListBans,
    ListBlocks,
    ListInvited,
    ListMembers,
    ListPins,
    ListRooms,
    ListServerBans,
    ListTraits,
)
from hubbub.core.room import LOBBY, Block, Room, RoomKind
from hubbub.core.room_answers import (
    MEMBERS_LISTED,
    ROOMS_LISTED,
    Entered,
    Members,
    MemberView,
    RoomList,
    RoomView,
    TopicFound,
)
from hubbub.core.terms import is_over
from hubbub.service.account_listing import AccountListing
from hubbub.service.activity import Activity
from hubbub.service.event_pages import EventPages
from hubbub.service.finding import Finding
from hubbub.service.member_export import MemberExport
from hubbub.service.pages import Pages, begin_for
from hubbub.service.person_reading import PersonReading
from hubbub.service.ports import Clock, Store
from hubbub.service.room_reading import RoomReading
from hubbub.service.rooms import LiveRoom, Rooms
from hubbub.service.whereabouts import Spot

WAITING_LIMIT: Final = 100
"""Most of what was told somebody alone while he was not here that he is shown at once; the rest is a query away."""

NOTHING_UNREAD: Final = UnreadList(())

SOME_MEMBERS: Final = 10
"""How many of those present a newcomer is told of by name."""


class Reading:
    """Looks things up for people."""

    def __init__(  # noqa: PLR0913 - what is read, and how much of it
        self,
        house: House,
        rooms: Rooms,
        store: Store,
        pages: Pages,
        clock: Clock,
        history_on_arrival: int,
    ) -> None:
        self.pages = pages
        self._room_reading = RoomReading(house, rooms, store, clock)
        self._person_reading = PersonReading(house, rooms)
        self._account_listing = AccountListing(house, rooms)
        self._export = MemberExport(house, store, pages, clock)
        self._clock = clock
        self._house = house
        self._rooms = rooms
        self._store = store
        self.history_on_arrival = history_on_arrival
        """How many messages of the past are shown to whoever comes into a room; may change at any time."""
        self._event_pages = EventPages(house, store, pages, clock)
        self._activity = Activity(house, rooms, store, pages)
        self._finding = Finding(house, rooms, store, pages, clock)

    def answer(self, person: Person, query: AnyQuery) -> Answer | Awaitable[Answer]:  # noqa: C901 - a table
        """Return the answer, or what to await for it. Raises `Refused`; awaiting may raise `StoreUnavailable`."""
        match query:
            case ListMembers():
                return self._members(person, query)
            case ListRooms():
                return self._rooms_with_people(person, query)
            case ListBlocks():
                return self._blocks(person)
            case ListTraits():
                return self._person_reading.list_traits(person, query)
            case ListAccepted():
                return self._person_reading.list_accepted(person)
            case FindMessages():
                return self._finding.answer(person, query)
            case FindHistory() if query.with_events:
                return self._event_pages.find(person, query)
            case ListActive():
                return self._activity.find(person, query)
            case FindHistory() | FindNear() | FindThread() | FindMessage() | ListPins():
                return self.pages.answer(person, query)
            case ListAlerts():
                account = self._house.account_of(person.id)
                return AlertList(() if account is None else account.alerts)
            case FindPerson():
                return self._person_reading.find(person, query)
            case FindExport():
                return self._export.answer(person, query)
            case FindTopic():
                room = self._kept(require_visible(self._house, query.room, person.id))
                return TopicFound(room.name, room.topic)
            case FindRoom() | ListBans() | ListInvited() | FindAudit() | ListServerBans():
                return self._room_reading.answer(person, query)
            case ListAccounts():
                return self._account_listing.answer(person, query)
            case _:
                assert_never(query)

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
        count = self.history_on_arrival
        recent = self.pages.heard(person, self._last(person, live, count), begin_for(person, room)) if count else ()
        some = tuple(islice(others, SOME_MEMBERS))
        return Entered(room.id, room.name, room.seq, room.topic, len(room.members), some, recent)

    def _last(self, person: Person, live: LiveRoom, count: int) -> list[Record]:
        """Return the last messages that are at hand: of what is for some of a room, only what is for him."""
        messages = [one for one in live.recent if hears(self._house, live.settled, person.id, one.event)]
        return messages[-count:]

    def logged_in(
        self,
        person: Person,
        waiting: Sequence[Record] | None,
        unread: UnreadList = NOTHING_UNREAD,
        spots: Sequence[Spot] = (),
        levels: Mapping[RoomId, Level] | None = None,
    ) -> LoggedIn:
        """Return what somebody learns on coming in with his account, at this very moment.

        `waiting` is what `load_waiting` returned; what he was told after that is added.
        """
        rooms = sorted(person.channels.values(), key=lambda room: room.key)
        heard = () if waiting is None else self.pages.heard(person, self._all_waiting(person, waiting))
        entered = tuple(self.entered(person, room.id) for room in rooms)
        conversations = tuple(
            ConversationView(spot.room, spot.name, spot.head) for spot in spots if spot.room not in person.channels
        )
        return LoggedIn(person.name, entered, heard, unread.places, conversations, dict(levels or {}))

    async def load_waiting(self, account: PersonId) -> list[Record] | None:
        """Return what others have told somebody alone since he was here last; None if he is here.

        Raises `StoreUnavailable`.
        """
        if account in self._house.people:
            return None
        personal = await self._rooms.open(RoomKind.PERSONAL, account, "")
        waiting: list[Record] = []
        for head in await self._store.list_memberships(account):
            if head.kind is RoomKind.DIRECT and head.seq:
                waiting += await self._store.load_messages(head.id, None, WAITING_LIMIT)
        return [record for record in waiting if _waits(record, account, personal.settled)]

    def _all_waiting(self, person: Person, waiting: Sequence[Record]) -> list[Record]:
        """Return what waits, oldest first, with what came after it was loaded and before anybody listened."""
        personal = self._house.find_room(RoomKind.PERSONAL, person.id)
        told = {record.id: record for record in waiting}
        for room in self._house.conversations_of(person.id):
            live = self._rooms.get(room.id)
            if live is not None and personal is not None:
                told |= {record.id: record for record in live.recent if _waits(record, person.id, personal)}
        return sorted(told.values(), key=lambda record: record.time_ms)[-WAITING_LIMIT:]

    def _blocks(self, person: Person) -> BlockList:
        room, now_ms = self._house.find_room(RoomKind.PERSONAL, person.id), self._clock.time_ms()
        blocks = {} if room is None else room.blocks
        names = [self._name_of(one, block) for one, block in blocks.items() if not is_over(block.term, now_ms)]
        return BlockList(tuple(sorted(names, key=str.casefold)))

    def _name_of(self, person: PersonId, block: Block) -> str:
        """Return what somebody who is blocked is called now, or was then if he is not here."""
        present = self._house.people.get(person)
        return block.name if present is None else present.name

    def _members(self, person: Person, query: ListMembers) -> Members:
        room = require_visible(self._house, query.room, person.id)
        if room.key != LOBBY or room.bans:
            # Who is in the lobby is no secret to whoever may go in; whom it keeps out is not looked at more closely.
            require_member(room, person.id)
        kept = self._kept(room)
        members = sorted(kept.members.items(), key=lambda item: item[1].name.casefold())
        end = query.skip + MEMBERS_LISTED
        listed = tuple(self._member(one, member.name) for one, member in members[query.skip : end])
        return Members(room.name, listed, max(0, len(members) - end))

    def _member(self, one: PersonId, name: str) -> MemberView:
        present, has_account = self._house.people.get(one), self._house.account_of(one) is not None
        if present is None:
            return MemberView(name, None, is_present=False, has_account=has_account)
        return MemberView(name, present.away, is_bot=present.is_bot, has_account=has_account)

    def _kept(self, room: Room) -> Room:
        """Return the room without what is decided and not kept yet, which is nobody's business."""
        live = self._rooms.get(room.id)
        return room if live is None else live.settled

    def rooms_known_to(self, person: Person) -> list[Room]:
        """Return the channels with somebody in them that a person may know of, those with most members first."""
        channels = map(self._kept, self._house.channels.values())
        rooms = [room for room in channels if room.members and is_visible(self._house, room, person.id)]
        rooms.sort(key=lambda room: (-len(room.members), room.key))
        return rooms

    def _rooms_with_people(self, person: Person, query: ListRooms) -> RoomList:
        rooms, end = self.rooms_known_to(person), query.skip + ROOMS_LISTED
        listed = tuple(_view(room, person) for room in rooms[query.skip : end])
        return RoomList(listed, max(0, len(rooms) - end))


def _waits(record: Record, account: PersonId, personal: Room) -> bool:
    """Return whether somebody was told this when he was not here."""
    # What was kept in the very moment of his going he may have missed: better twice than never.
    return record.time_ms >= personal.gone_ms and record.event.author != account


def _view(room: Room, person: Person) -> RoomView:
    settings = room.settings
    return RoomView(
        room.name,
        len(room.members),
        room.topic.text if room.topic else "",
        joined=person.id in room.members,
        access=settings.access,
        is_archived=settings.is_archived,
        is_hidden=settings.is_hidden,
    )
