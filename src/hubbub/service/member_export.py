"""Member exports: the last of what somebody may read in a room, as lines that he can keep."""

from collections.abc import Awaitable, Sequence
from datetime import datetime

from msgspec.structs import replace

from hubbub.core.catalog import Record
from hubbub.core.features.membership import require_member
from hubbub.core.house import House, Person
from hubbub.core.kinds import Refused, Seq
from hubbub.core.permissions import require_visible
from hubbub.core.queries import HISTORY_LIMIT, Exported, FindExport, FindHistory, History
from hubbub.core.room import Room, RoomKind, direct_key
from hubbub.service.exporting import message_thing, room_thing
from hubbub.service.pages import CONVERSATION, Pages
from hubbub.service.ports import Clock, Store
from hubbub.service.rooms import Rooms
from hubbub.wire.transfer.formats import WRITERS
from hubbub.wire.transfer.things import VERSION, Header, MessageThing, RoomThing, to_time
from hubbub.wire.transfer.things import Person as Named


class MemberExport:
    """Prints rooms for those who are in them."""

    def __init__(self, house: House, rooms: Rooms, store: Store, pages: Pages, clock: Clock) -> None:
        self._house = house
        self._rooms = rooms
        self._store = store
        self._pages = pages
        self._clock = clock

    async def answer(self, person: Person, query: FindExport) -> Exported:
        """Return as many of the last messages as fit, by the rules of history.

        Raises `Refused` with `no_such_room`, `not_a_member`, `unknown_person` or `empty`, and `StoreUnavailable`.
        """
        room, shown = await self._find(person, query.room)
        header = Header(VERSION, f"hubbub:{await self._store.load_identity()}", made=self._now())
        records = await self._read(person, query.room, None, HISTORY_LIMIT)
        messages = self._fitting(records, room)
        is_all = len(messages) == len(records) and not await self._is_more_before(person, query.room, records)
        writer = WRITERS[query.format]()
        text = writer.begin(header, shown) + "".join(map(writer.write, messages)) + writer.end(len(messages))
        lines = tuple(text.rstrip("\n").split("\n"))
        return Exported(shown.name or query.room, lines, len(messages), is_all)

    async def _find(self, person: Person, name: str) -> tuple[Room, RoomThing]:
        """Return a channel, or the conversation with one other, and what both, or everybody there, know of it."""
        if name.startswith(CONVERSATION):
            return await self._find_conversation(person, name.removeprefix(CONVERSATION))
        room = require_visible(self._house, name, person.id)
        require_member(room, person.id)
        live = self._rooms.get(room.id)
        kept = room if live is None else live.settled
        thing = room_thing(kept, self._house.directory)
        return kept, RoomThing(thing.id, thing.name, topic=thing.topic)

    async def _find_conversation(self, person: Person, name: str) -> tuple[Room, RoomThing]:
        other = self._house.find_named(name)
        if other is None:
            raise Refused("unknown_person", f"User '{name}' not found.")
        live = await self._rooms.open_existing(RoomKind.DIRECT, direct_key({person.id, other.id}))
        if live is None:
            raise Refused("empty", f"You and {other.name} have told each other nothing yet.")
        people = tuple(Named(one.name) for one in (person, other))
        return live.settled, RoomThing(str(live.id), "", "direct", members=people)

    def _fitting(self, records: Sequence[Record], room: Room) -> list[MessageThing]:
        """Return the last messages that fit, without the ids of people, which are nobody's business."""
        directory, fitting, left = self._house.directory, list[MessageThing](), self._pages.page_bytes
        lines = WRITERS["jsonl"]()
        for record in reversed(records):
            thing = message_thing(record, directory, is_pinned=record.seq in room.pins)
            if thing is not None:
                thing = _anonymous(thing)
                left -= len(lines.write(thing).encode())
                if left < 0:
                    break
                fitting.append(thing)
        return fitting[::-1]

    async def _is_more_before(self, person: Person, room: str, records: Sequence[Record]) -> bool:
        return bool(records) and bool(await self._read(person, room, records[0].seq, 1))

    async def _read(self, person: Person, room: str, before: Seq | None, limit: int) -> Sequence[Record]:
        found = self._pages.answer(person, FindHistory(room, limit, before=before))
        answer = await found if isinstance(found, Awaitable) else found
        return answer.records if isinstance(answer, History) else ()

    def _now(self) -> datetime:
        return to_time(self._clock.time_ms() // 1_000 * 1_000)


def _anonymous(thing: MessageThing) -> MessageThing:
    """Return a message that knows people by their names only, and not what it said before: that may be very long."""
    reactions = {
        reaction: tuple(Named(person.name) for person in people) for reaction, people in thing.reactions.items()
    }
    return replace(thing, author="", reactions=reactions, versions=())
