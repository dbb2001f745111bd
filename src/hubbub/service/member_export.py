"""Member exports: the last of what somebody may read in a room, as lines that he can keep."""

from collections.abc import Awaitable, Sequence
from datetime import datetime

from msgspec.structs import replace

from hubbub.core.catalog import Record
from hubbub.core.house import House, Person
from hubbub.core.kinds import Seq
from hubbub.core.message_answers import Exported, History
from hubbub.core.queries import HISTORY_LIMIT, FindExport, FindHistory
from hubbub.core.room import Room
from hubbub.service.exporting import message_thing, room_thing
from hubbub.service.pages import Pages
from hubbub.service.ports import Clock, Store
from hubbub.wire.transfer.formats import WRITERS
from hubbub.wire.transfer.things import VERSION, Header, MessageThing, RoomThing, to_time
from hubbub.wire.transfer.things import Person as Named


class MemberExport:
    """Prints rooms and conversations for those who are in them."""

    def __init__(self, house: House, store: Store, pages: Pages, clock: Clock) -> None:
        self._house = house
        self._store = store
        self._pages = pages
        self._clock = clock

    async def answer(self, person: Person, query: FindExport) -> Exported:
        """Return as many of the last messages as fit, by the rules of history.

        Raises `Refused` with `no_such_room`, `not_a_member` or `unknown_person`, and `StoreUnavailable`.
        """
        name, kept = await self._pages.find_room(person, query.room)
        if kept is None:
            return Exported(name, (), 0, is_all=True)
        header = Header(VERSION, f"hubbub:{await self._store.load_identity()}", made=self._now())
        records = await self._read(person, name, query.before, HISTORY_LIMIT)
        messages = self._fitting(records, kept)
        is_all = len(messages) == len(records) and not await self._is_more_before(person, name, records)
        writer = WRITERS[query.format]()
        text = writer.begin(header, _shown(name, room_thing(kept, self._house.directory)))
        text += "".join(map(writer.write, messages)) + writer.end(len(messages))
        lines = tuple(text.rstrip("\n").split("\n"))
        first = Seq(int(messages[0].id)) if messages else Seq(0)
        return Exported(name, lines, len(messages), is_all, first, query.before)

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


def _shown(name: str, room: RoomThing) -> RoomThing:
    """Return what everybody in a room knows of it."""
    return RoomThing(room.id, name, room.kind, room.topic)
