"""Resuming: whoever comes back is brought what he missed, once and in order, before anything that is new."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from hubbub.core.catalog import SPOKEN_EVENTS, Record
from hubbub.core.features.annotating import Edited
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.permissions import hears, hidden_until
from hubbub.core.room import Room, RoomKind, direct_people
from hubbub.core.room_answers import Entered
from hubbub.service.delivery import quoting
from hubbub.service.ports import Clock, Store
from hubbub.service.reading import Reading
from hubbub.service.rooms import LiveRoom, Rooms
from hubbub.service.sessions import Session
from hubbub.service.shares import Shares

RESUME_LIMIT: Final = 10_000
"""Most records brought after coming back, in all rooms together; of a room with more, the client is told anew."""

BROUGHT_AT_ONCE: Final = 10 * RESUME_LIMIT
BROUGHT_PER_SECOND: Final = 1_000
"""Most records that one person is brought, however often he comes back, and how many more from then on: each costs some
4 µs. Beyond, his rooms are told anew; else one address could keep a processor busy by coming back."""

REMEMBERED: Final = 4_096
"""Most people of whom it is known how much they were brought."""

RESUME_PAGE: Final = 200
"""Records read and sent at a time: with texts of the usual length, some 50 kB; of the longest, 4 MB."""


class Missed(msgspec.Struct, frozen=True):
    """Records of a room that were missed, in order: some of them."""

    room: Room
    records: Sequence[Record]


class CaughtUp(msgspec.Struct, frozen=True):
    """That was all of a room."""

    room: RoomId
    seq: Seq


class Renewed(msgspec.Struct, frozen=True):
    """What was known of a room is worth nothing; it is so now."""

    room: Room
    entered: Entered


class Lost(msgspec.Struct, frozen=True):
    """A room is not heard any more."""

    room: RoomId


Piece = Missed | CaughtUp | Renewed | Lost
"""What is brought."""


class _Gap(msgspec.Struct, frozen=True):
    """What is missing of a room: the records behind `since` up to `head`, or all of it, where it is told anew."""

    live: LiveRoom
    since: Seq
    head: Seq
    anew: Entered | None = None

    @property
    def size(self) -> int:
        """How many records have to be brought."""
        return 0 if self.anew else self.head - self.since


class Resuming:
    """Brings what was missed."""

    def __init__(self, house: House, rooms: Rooms, store: Store, reading: Reading, clock: Clock) -> None:
        self._house = house
        self._rooms = rooms
        self._store = store
        self._reading = reading
        self._clock = clock
        self._shares: Shares[PersonId] = Shares(BROUGHT_AT_ONCE, BROUGHT_PER_SECOND, REMEMBERED)

    def bring(self, session: Session, since: Mapping[RoomId, Seq]) -> AsyncIterator[Piece]:
        """Return what to await piece by piece; called at the moment up to which everything is to be brought.

        Nothing that happens later may be heard before it ends. Raises `StoreUnavailable`.
        """
        left = min(RESUME_LIMIT, self._shares.left(session.person.id, self._clock.monotonic()))
        gaps = dict[RoomId, _Gap]()
        for live in session.attached:
            if live.id in since:
                gap = gaps[live.id] = self._gap(live, session.person, since[live.id], left)
                left -= gap.size
        return self._bring(session, gaps, since, left)

    async def _bring(
        self, session: Session, gaps: Mapping[RoomId, _Gap], since: Mapping[RoomId, Seq], left: int
    ) -> AsyncIterator[Piece]:
        for gap in gaps.values():
            async for piece in self._fill(session.person, gap):
                yield piece
        for room in since.keys() - gaps.keys():
            live = await self._conversation(session, room)
            if live is None:
                yield Lost(room)
                continue
            gap = self._gap(live, session.person, since[room], left)
            left -= gap.size
            async for piece in self._fill(session.person, gap):
                yield piece

    async def _conversation(self, session: Session, room: RoomId) -> LiveRoom | None:
        """Let the session hear a conversation of its person's that nobody has spoken in lately."""
        head = await self._store.load_head(room)
        if head is None or session.person.id not in direct_people(head.kind, head.key):
            return None
        live = await self._rooms.open(head.kind, head.key, head.name)
        session.attach(live)
        return live

    def _gap(self, live: LiveRoom, person: Person, since: Seq, left: int) -> _Gap:
        room = live.settled
        member = room.members.get(person.id)
        # Whoever was out of the room meanwhile may not read all that was said there, and does not know who is in it.
        has_stayed = room.kind is not RoomKind.CHANNEL or (member is not None and member.since < since)
        # What is imported nobody is told of one by one: he finds it in the history, as those do who were here.
        if has_stayed and room.imported_to <= since <= room.seq and room.seq - since <= left:
            # Now, for he may come back on several connections at once.
            self._shares.take(person.id, room.seq - since, self._clock.monotonic())
            return _Gap(live, since, room.seq)
        return _Gap(live, since, room.seq, self._reading.entered(person, live.id))

    async def _fill(self, person: Person, gap: _Gap) -> AsyncIterator[Piece]:
        if gap.anew is not None:
            yield Renewed(gap.live.settled, gap.anew)
            return
        seq = gap.since
        while seq < gap.head:
            page = await self._store.load_records(gap.live.id, seq, min(RESUME_PAGE, gap.head - seq))
            if not page:
                break
            seq = page[-1].seq
            heard = self._heard(person, gap.live, page)
            if heard:
                yield Missed(gap.live.settled, heard)
        yield CaughtUp(gap.live.id, gap.head)

    def _heard(self, person: Person, live: LiveRoom, records: Sequence[Record]) -> list[Record]:
        """Return what somebody would have heard, had he been there: see `Delivery`."""
        room, directory = live.settled, self._house.directory
        hidden = hidden_until(room, person.id) if room.kind is RoomKind.CHANNEL else None
        heard = [record for record in records if self._hears(person, room, record, hidden)]
        if directory.closed:
            heard = [_signed(record, directory.signed(record.event.author, record.event.name)) for record in heard]
        return [quoting(live, record, directory) for record in heard]

    def _hears(self, person: Person, room: Room, record: Record, hidden: Seq | None) -> bool:
        event = record.event
        if hidden is not None and isinstance(event, Edited) and event.message <= hidden:
            return False
        if not hears(self._house, room, person.id, event):
            return False
        is_word = isinstance(event, (*SPOKEN_EVENTS, Edited)) and room.kind is not RoomKind.DIRECT
        return not is_word or self._house.find_block(person.id, event.author, self._clock.time_ms()) is None


def _signed(record: Record, name: str) -> Record:
    return record if name == record.event.name else replace(record, event=replace(record.event, name=name))
