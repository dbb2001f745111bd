"""Pages: what was said, a page at a time, as one person may read it."""

from collections.abc import Awaitable, Container, Sequence
from typing import Final, assert_never

from msgspec.structs import replace

from hubbub.core.answers import Answer
from hubbub.core.catalog import SPOKEN_EVENTS, Record
from hubbub.core.conversations import CONVERSATION, conversation_name
from hubbub.core.directory import DELETED, Directory
from hubbub.core.features.annotating import Removed
from hubbub.core.features.membership import require_member
from hubbub.core.features.messages import Said
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refused, Seq
from hubbub.core.message_answers import History, MessageFound, PinList, PinView, ThreadFound
from hubbub.core.notes import Note, no_such_message, quote_of
from hubbub.core.permissions import hidden_until, require_visible
from hubbub.core.queries import (
    HISTORY_LIMIT,
    FindHistory,
    FindMessage,
    FindNear,
    FindThread,
    ListPins,
)
from hubbub.core.revising import thread_of
from hubbub.core.room import Room, RoomKind, direct_key
from hubbub.service.addressees import is_for
from hubbub.service.consulting import Consulting
from hubbub.service.page_reading import PageReading, answered_by, cost_of
from hubbub.service.past_partners import PastPartners
from hubbub.service.ports import Clock, Store
from hubbub.service.rooms import Rooms

BEGINNING: Final = Seq(0)
"""Before every record of a room."""

HISTORY_BYTES: Final = 262_144
"""Most that one page of history may cost, by the estimate of `cost_of`: fifteen messages of the greatest length."""

OUTBOX_SHARE: Final = 4
"""A page costs at most this part of what may wait for a reader: escaped as JSON it doubles, and even then nobody is too
slow for what he has asked for."""

QUOTES_LOOKED_UP: Final = 50
"""Answered messages looked up for one page, beside those that are on it."""

MessageQuery = FindHistory | FindNear | FindThread | FindMessage | ListPins
"""What is asked here."""


class Pages:
    """Reads what was said."""

    def __init__(  # noqa: PLR0913 - what is read, and how much of it
        self, house: House, rooms: Rooms, store: Store, consulting: Consulting, clock: Clock, outbox_bytes: int
    ) -> None:
        """Read so that each page fits into outboxes of so many bytes (0 = of any size)."""
        self._house = house
        self._rooms = rooms
        self._store = store
        self._consulting = consulting
        self._past = PastPartners(house, store)
        self._clock = clock
        self.page_bytes = min(HISTORY_BYTES, outbox_bytes // OUTBOX_SHARE) if outbox_bytes else HISTORY_BYTES
        """Most that one answer may cost, about."""

    def answer(self, person: Person, query: MessageQuery) -> Answer | Awaitable[Answer]:
        """Return the answer, or what to await for it. Raises `Refused`, both ways, and `StoreUnavailable`."""
        match query:
            case FindHistory():
                return self._history(person, query)
            case FindNear():
                return self._near(person, query)
            case FindThread():
                return self._thread(person, query)
            case FindMessage():
                return self._message(person, query)
            case ListPins():
                return self._pins(person, query)

    def _history(self, person: Person, query: FindHistory) -> Answer | Awaitable[Answer]:
        if query.room.startswith(CONVERSATION):
            return self._conversation(person, query)
        room = require_visible(self._house, query.room, person.id)
        require_member(room, person.id)
        limit = min(query.limit, HISTORY_LIMIT)
        live = self._rooms.get(room.id)
        if query.is_latest and live is not None and limit <= len(live.recent):
            heard = self.heard(person, list(live.recent)[len(live.recent) - limit :], begin_for(person, live.settled))
            if len(heard) == limit and not any(map(answered_by, heard)):
                return History(room.name, heard)
        return self._stored_history(person, room, query, limit)

    async def _conversation(self, person: Person, query: FindHistory) -> Answer:
        """Return a page of what somebody and one other have told each other."""
        name, room = await self.find_room(person, query.room)
        if room is None:
            return History(name, ())
        page = await self._stored_history(person, room, query, min(query.limit, HISTORY_LIMIT))
        return replace(page, room=name)

    async def find_room(self, person: Person, name: str) -> tuple[str, Room | None]:
        """Return a channel that somebody is in, or his conversation with `@NAME`, as it is kept, and what it is called.

        None where they have never talked. Raises `Refused`.
        """
        if not name.startswith(CONVERSATION):
            room = require_visible(self._house, name, person.id)
            require_member(room, person.id)
            return room.name, self._kept(room)
        name = name.removeprefix(CONVERSATION)
        other = self._house.find_named(name)
        if other is None:
            return await self._find_past(person, name)
        live = await self._rooms.open_existing(RoomKind.DIRECT, direct_key({person.id, other.id}))
        return CONVERSATION + other.name, None if live is None else live.settled

    async def _find_past(self, person: Person, name: str) -> tuple[str, Room]:
        """Return somebody's conversation with a guest who was called so and is gone; raises `Refused` for others."""
        found = await self._past.find(person.id, name)
        if found is None:
            raise Refused("unknown_person", f"User '{name}' not found.")
        head, called = found
        live = await self._rooms.open(head.kind, head.key, head.name)
        return CONVERSATION + called, live.settled

    async def _near(self, person: Person, query: FindNear) -> Answer:
        live, message = await self._consulting.read(person, query.message)
        limit, seq = min(query.limit, HISTORY_LIMIT), message.seq
        match query.side:
            case "before":
                asked = FindHistory("", limit, before=seq)
            case "after":
                asked = FindHistory("", limit, after=seq)
            case "around":
                asked = FindHistory("", limit, around=seq)
            case _:
                assert_never(query.side)
        page = await self._stored_history(person, live.settled, asked, limit)
        room = live.settled
        return replace(page, room=room.name or conversation_name(self._house, person.id, room.key))

    async def _stored_history(self, person: Person, room: Room, query: FindHistory, limit: int) -> History:
        """Return the page before a message, after it, or with half of it on either side."""
        after = query.after
        if query.after_ms is not None:
            after = Seq(await self._store.find_time(room.id, query.after_ms + 1) - 1)
        if after is not None:
            newer = await self._after(person, room, after, limit)
            return await self._page(person, room, newer, oldest=True)
        before = await self._place(room, query.before, query.before_ms)
        middle = await self._place(room, query.around, query.at_ms)
        if middle is None:
            return await self._page(person, room, await self._before(person, room, before, limit))
        older = await self._before(person, room, middle, limit // 2)
        newer = await self._after(person, room, Seq(middle - 1), limit - len(older))
        return await self._page(person, room, (*older, *newer))

    async def _place(self, room: Room, seq: Seq | None, time_ms: int | None) -> Seq | None:
        """Return the place that is meant, by itself or by its time."""
        return seq if time_ms is None else await self._store.find_time(room.id, time_ms)

    async def _page(self, person: Person, room: Room, records: Sequence[Record], *, oldest: bool = False) -> History:
        """Return as much as fits: what is nearest to where it was asked for."""
        heard = self.heard(person, records, begin_for(person, self._kept(room)), oldest=oldest)
        return History(room.name, await self._with_quotes(person, room, heard))

    async def _before(self, person: Person, room: Room, before: Seq | None, limit: int) -> Sequence[Record]:
        """Read on until a page is full of what the person wants to hear, or there is no more."""
        reading = PageReading(limit, self.page_bytes)
        begin = begin_for(person, self._kept(room))
        while reading.goes_on:
            asked = reading.size
            page = await self._store.load_messages(room.id, before, asked)
            reading.take(page, self._wanted(person, page, begin), is_older=True)
            if len(page) < asked or page[0].seq <= begin:
                break
            before = page[0].seq
        return reading.wanted[max(len(reading.wanted) - limit, 0) :]

    async def _after(self, person: Person, room: Room, after: Seq, limit: int) -> Sequence[Record]:
        """Read on as `_before` does, the other way."""
        reading = PageReading(limit, self.page_bytes)
        after = max(after, begin_for(person, self._kept(room)))
        while reading.goes_on:
            asked = reading.size
            page = await self._store.load_messages_after(room.id, after, asked)
            reading.take(page, self._wanted(person, page, after), is_older=False)
            if len(page) < asked:
                break
            after = page[-1].seq
        return reading.wanted[:limit]

    async def _thread(self, person: Person, query: FindThread) -> Answer:
        live, message = await self._consulting.read(person, query.message)
        root, limit = thread_of(message), min(query.limit, HISTORY_LIMIT)
        first = await self._store.load_message(live.id, root)
        answers = await self._store.load_thread(live.id, root, query.before, limit)
        begin = begin_for(person, live.settled)
        whole = self.heard(person, [*([first] if first is not None else []), *answers], begin)
        return ThreadFound(live.settled.name, await self._with_quotes(person, live.settled, whole))

    async def _message(self, person: Person, query: FindMessage) -> Answer:
        live, message = await self._consulting.read(person, query.message)
        heard = self.heard(person, [message])
        if not heard:
            raise no_such_message()
        return MessageFound(live.settled.name, (await self._with_quotes(person, live.settled, heard))[0])

    async def _pins(self, person: Person, query: ListPins) -> Answer:
        name, room = await self.find_room(person, query.room)
        if room is None:
            return PinList(name, ())
        pins = room.pins.copy()
        found = [await self._store.load_message(room.id, seq) for seq in pins]
        heard = self.heard(person, [message for message in found if message is not None], begin_for(person, room))
        quoted = await self._with_quotes(person, room, heard)
        return PinList(name, tuple(PinView(one, pins[one.seq].name, pins[one.seq].time_ms) for one in quoted))

    async def _with_quotes(self, person: Person, room: Room, records: Sequence[Record]) -> tuple[Record, ...]:
        """Return answers with what stands for the message that they answer, where the reader may read that too."""
        known: dict[Seq, Record | None] = {record.seq: record for record in records}
        begin = begin_for(person, self._kept(room))
        missing = {seq for record in records if (seq := answered_by(record)) and seq not in known and seq > begin}
        for seq in sorted(missing, reverse=True)[:QUOTES_LOOKED_UP]:
            message = await self._store.load_message(room.id, seq)
            known[seq] = next(iter(self.heard(person, [message])), None) if message else None
        return tuple(_quoting(record, known.get(answered_by(record))) for record in records)

    def heard(
        self, person: Person, records: Sequence[Record], begin: Seq = BEGINNING, *, oldest: bool = False
    ) -> tuple[Record, ...]:
        """Return the newest (or oldest) records behind `begin` that fit, but those from people whom the person blocks.

        Nor what is for others in the room. Nobody learns any more what those were called whose accounts are deleted.
        One that would not even fit alone, as older versions kept them, is left out: it would hide all before it.
        """
        wanted, heard, room_bytes = self._wanted(person, records, begin), list[Record](), self.page_bytes
        for record in wanted if oldest else reversed(wanted):
            room_bytes -= cost_of(record)
            if room_bytes < 0:
                break
            heard.append(self._signed(person, record))
        return tuple(heard if oldest else reversed(heard))

    def _wanted(self, person: Person, records: Sequence[Record], begin: Seq) -> list[Record]:
        """Return the records behind `begin` that the person hears and that a page can hold."""
        now_ms = self._clock.time_ms()
        return [
            record
            for record in records
            if record.seq > begin
            and isinstance(record.event, SHOWN)
            and self._house.find_block(person.id, record.event.author, now_ms) is None
            and cost_of(record) <= self.page_bytes
            and is_for(self._house, self._rooms.get(record.room), person.id, record)
        ]

    def _signed(self, person: Person, record: Record) -> Record:
        directory = self._house.directory
        if (note := record.note) is not None and note.reactions:
            if unheard := self._house.blocked_by(person.id, self._clock.time_ms()):
                note = _without_reactions(note, unheard)
            record = replace(record, note=_sign_reactions(note, directory) if directory.closed else note)
        if record.event.author not in directory.closed:
            return record
        return replace(record, event=replace(record.event, name=DELETED))

    def _kept(self, room: Room) -> Room:
        """Return the room without what is decided and not kept yet, which is nobody's business."""
        live = self._rooms.get(room.id)
        return room if live is None else live.settled


SHOWN: Final = (*SPOKEN_EVENTS, Removed)
"""What is shown of a room's past."""


def begin_for(person: Person, room: Room) -> Seq:
    """Return the last record of a room that somebody may not read, of those before he came in."""
    hidden = hidden_until(room, person.id)
    if hidden is None:
        return BEGINNING if room.settings.history == "everyone" else room.seq
    return hidden


def _quoting(record: Record, message: Record | None) -> Record:
    if message is None:
        return record
    said = message.event
    return replace(record, quote=quote_of(said.name, said.gist if isinstance(said, Said) else ""))


def _without_reactions(note: Note, unheard: Container[PersonId]) -> Note:
    """Return a note without what those reacted who are not heard."""
    heard = {
        reaction: {person: name for person, name in people.items() if person not in unheard}
        for reaction, people in note.reactions.items()
    }
    return replace(note, reactions={reaction: people for reaction, people in heard.items() if people})


def _sign_reactions(note: Note, directory: Directory) -> Note:
    """Return a note without the names of those whose accounts are deleted."""
    signed = {
        reaction: {person: directory.signed(person, name) for person, name in people.items()}
        for reaction, people in note.reactions.items()
    }
    return replace(note, reactions=signed)
