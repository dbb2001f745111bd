"""What somebody has not read: how far he has read, and how much came after it."""

import asyncio
from collections.abc import Sequence

import structlog

from hubbub.core.attention_answers import Marked, MarkFound, UnreadList, UnreadView
from hubbub.core.attention_requests import MarkRead
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.notes import MessageRef, no_such_message
from hubbub.core.room import RoomKind
from hubbub.core.terms import is_over
from hubbub.core.unread import NO_THREAD, Count, Mark, Stretch, stretch_of
from hubbub.service.guest_marks import GuestMarks
from hubbub.service.notebook import MarkSet, Notebook, Place
from hubbub.service.ports import Clock, StoreUnavailable
from hubbub.service.rooms import Rooms
from hubbub.service.whereabouts import Spot, Whereabouts

log = structlog.get_logger(__name__)


class Unread:
    """Sets marks, and counts what comes after them."""

    def __init__(self, house: House, notebook: Notebook, whereabouts: Whereabouts, rooms: Rooms, clock: Clock) -> None:
        self._house = house
        self._notebook = notebook
        self._guest_marks = GuestMarks()
        self._whereabouts = whereabouts
        self._rooms = rooms
        self._clock = clock
        self._batch = _Batch()
        self._writing = asyncio.Lock()
        self._later: dict[PersonId, set[asyncio.Task[None]]] = {}

    async def mark(self, person: Person, asked: MarkRead) -> Marked:
        """Keep how far somebody has read; on return it is kept. Raises `Refused` and `StoreUnavailable`.

        A guest's marks are kept as long as he is here, and in memory only.
        """
        if not asked.room:
            spots = await self._whereabouts.find_all(person.id)
            await self._keep(person, [_mark(person.id, spot, NO_THREAD, None) for spot in spots])
            return Marked("", NO_THREAD, Seq(0))
        spot = await self._whereabouts.find(person, asked.room)
        if asked.thread > spot.head:
            # Each that is named is a row, and all of them are read when he comes in.
            raise no_such_message()
        if asked.at_ms is not None:
            return await self._mark_further(person, spot, asked.thread, asked.at_ms)
        return await self.mark_at(person, spot, asked.thread, asked.seq)

    async def _mark_further(self, person: Person, spot: Spot, thread: Seq, at_ms: int) -> Marked:
        """Keep that somebody has read up to a time; nothing where he has read further already."""
        seq = min(await self._whereabouts.find_time(spot.room, at_ms), spot.head)
        known = stretch_at(spot, thread, await self._marks_of(person)).floor
        return Marked(spot.name, thread, known) if seq <= known else await self.mark_at(person, spot, thread, seq)

    async def find_mark(self, person: Person, name: str) -> MarkFound:
        """Return how far somebody has read a room. Raises `Refused` and `StoreUnavailable`."""
        spot = await self._whereabouts.find(person, name)
        seq = stretch_at(spot, NO_THREAD, await self._marks_of(person)).floor
        return MarkFound(spot.name, seq, await self._whereabouts.time_of(spot, seq))

    async def mark_at(self, person: Person, spot: Spot, thread: Seq, seq: Seq | None) -> Marked:
        """Do the same at a spot; None is its newest record."""
        mark = _mark(person.id, spot, thread, seq)
        await self._keep(person, [mark])
        return Marked(spot.name, thread, mark.mark.seq)

    async def _marks_of(self, person: Person) -> dict[Place, Mark]:
        marks = dict(self._guest_marks.of(person))
        return marks if self._is_guest(person) else marks | await self._notebook.load_marks(person.id)

    async def _keep(self, person: Person, marks: Sequence[MarkSet]) -> None:
        if self._is_guest(person):
            self._guest_marks.keep(person, marks)
        else:
            await self.keep(marks)

    def _is_guest(self, person: Person) -> bool:
        return self._house.account_of(person.id) is None

    async def keep(self, marks: Sequence[MarkSet]) -> None:
        """Keep marks, with those that others set while the last ones were kept: each commit takes a while."""
        batch = self._batch
        batch.marks |= {(mark.person, Place(mark.room, mark.thread)): mark for mark in marks}
        async with self._writing:
            if batch.kept is None:
                self._batch = _Batch()
                batch.kept = asyncio.ensure_future(self._notebook.save_marks(list(batch.marks.values())))
            # Shielded: whoever gives up waiting takes nobody else's marks with him.
            await asyncio.shield(batch.kept)

    def keep_later(
        self, account: PersonId, marks: Sequence[MarkSet], rooms: Sequence[RoomId] = (), read_ms: int = 0
    ) -> None:
        """Keep, soon, those of the marks behind which he has not set one himself; whatever is asked of him waits.

        Also that he has read those rooms up to that time, loaded or not.
        """
        task = asyncio.get_running_loop().create_task(self._keep_fresh(account, marks, rooms, read_ms))
        self._later.setdefault(account, set()).add(task)
        task.add_done_callback(lambda done: self._forget(account, done))

    def _forget(self, account: PersonId, task: asyncio.Task[None]) -> None:
        self._later[account].discard(task)
        if not self._later[account]:
            del self._later[account]

    async def drain(self) -> None:
        """Wait until all that is to be kept later is kept."""
        while self._later:
            await asyncio.wait([task for tasks in self._later.values() for task in tasks])

    async def _keep_fresh(
        self, account: PersonId, marks: Sequence[MarkSet], rooms: Sequence[RoomId], read_ms: int
    ) -> None:
        try:
            known = await self._notebook.load_marks(account)
            heads = await self._whereabouts.heads_of(rooms) if rooms else {}
            # Nothing is looked up where nothing was said since the last time.
            grown = [room for room, head in heads.items() if _is_fresh(head, known.get(Place(room)))]
            read = [(room, min(heads[room], await self._whereabouts.find_time(room, read_ms))) for room in grown]
            shown = [*marks, *(shown_up_to(account, room, seq) for room, seq in read)]
            fresh = [mark for mark in shown if _is_fresh(mark.mark.seq, known.get(Place(mark.room)))]
            if fresh:
                await self.keep(fresh)
        except StoreUnavailable as error:
            # Then more is unread than he has not seen; the other way would be worse.
            log.debug("store.unavailable", reason=str(error))

    async def find(self, account: PersonId) -> UnreadList:
        """Return what somebody with an account has not read, here or not. Raises `StoreUnavailable`."""
        if (later := self._later.get(account)) is not None:
            await asyncio.wait(set(later))
        spots = {spot.room: spot for spot in await self._whereabouts.find_all(account)}
        marks = await self._notebook.load_marks(account)
        asked = [(spot, stretch_at(spot, NO_THREAD, marks)) for spot in spots.values()]
        asked += [
            (spot, stretch_at(spot, place.thread, marks))
            for place in await self._notebook.load_follows(account)
            if (spot := spots.get(place.room)) is not None
        ]
        fresh = [(spot, stretch) for spot, stretch in asked if stretch.floor < spot.head]
        counts = await self._notebook.count(account, await self.blocked_by(account), [stretch for _, stretch in fresh])
        views = [
            _view(spot, stretch, count) for (spot, stretch), count in zip(fresh, counts, strict=True) if count.unread
        ]
        return UnreadList(tuple(sorted(views, key=lambda view: (not view.mentions, view.room.casefold(), view.thread))))

    async def blocked_by(self, account: PersonId) -> list[PersonId]:
        """Return whom somebody blocks now."""
        personal, now_ms = await self._rooms.open(RoomKind.PERSONAL, account, ""), self._clock.time_ms()
        return [person for person, block in personal.settled.blocks.items() if not is_over(block.term, now_ms)]


class _Batch:
    """Marks that are kept in one transaction."""

    __slots__ = ("kept", "marks")

    def __init__(self) -> None:
        self.marks: dict[tuple[PersonId, Place], MarkSet] = {}
        self.kept: asyncio.Future[None] | None = None
        """Done once they are kept, or cannot be; None before that was begun."""


def _is_fresh(seq: Seq, known: Mark | None) -> bool:
    """Return whether more was shown than there was when he set a mark: one that he has set back stays."""
    return seq > 0 if known is None else seq > max(known.seq, known.at)


def shown_up_to(account: PersonId, room: RoomId, seq: Seq) -> MarkSet:
    """Return the mark of somebody who has been shown a room up to there.

    What came after it counts as not there yet: else it would be unread for ever, however often it is shown.
    """
    return MarkSet(account, room, NO_THREAD, Mark(seq, seq))


def _mark(person: PersonId, spot: Spot, thread: Seq, seq: Seq | None) -> MarkSet:
    seq = spot.head if seq is None else min(max(seq, Seq(0)), spot.head)
    return MarkSet(person, spot.room, thread, Mark(seq, spot.head))


def stretch_at(spot: Spot, thread: Seq, marks: dict[Place, Mark]) -> Stretch:
    """Return where to look in a room, or a thread of it, for what somebody with these marks has not read."""
    of_room, of_thread = marks.get(Place(spot.room)), marks.get(Place(spot.room, thread)) if thread else None
    return stretch_of(spot.room, thread, spot.since, spot.begin, (of_thread, of_room))


def _view(spot: Spot, stretch: Stretch, count: Count) -> UnreadView:
    return UnreadView(
        spot.name,
        count.thread,
        count.unread,
        count.mentions,
        count.first,
        stretch.floor,
        count.is_more,
        str(MessageRef(spot.room, count.thread)) if count.thread else None,
        spot.room,
    )
