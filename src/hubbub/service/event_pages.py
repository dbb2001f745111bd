"""Event pages: what was said, with what happened around it, as one person may read it.

The messages of a page are found first, as always; then what stands between them in the room's records is put in.
"""

from collections.abc import Iterable, Iterator, Sequence
from inspect import isawaitable
from typing import Final

from msgspec.structs import replace

from hubbub.core.answers import Answer
from hubbub.core.catalog import SPOKEN_EVENTS, QuietEvent, Record
from hubbub.core.features.annotating import Edited, Removed
from hubbub.core.features.messages import Erased
from hubbub.core.house import House, Person
from hubbub.core.kinds import Seq
from hubbub.core.message_answers import History
from hubbub.core.permissions import hears
from hubbub.core.queries import HISTORY_LIMIT, FindHistory
from hubbub.core.room import Room
from hubbub.service.pages import Pages, begin_for
from hubbub.service.ports import Clock, Store

LOOKED_THROUGH: Final = 2 * HISTORY_LIMIT
"""Most records that are read for one page: in a room where people only come and go, it holds no more than these."""

MESSAGES: Final = (*SPOKEN_EVENTS, Removed, Erased)
"""What stands in a room where something was said."""


class EventPages:
    """Reads what happened."""

    def __init__(self, house: House, store: Store, pages: Pages, clock: Clock) -> None:
        self._house = house
        self._store = store
        self._pages = pages
        self._clock = clock

    async def find(self, person: Person, query: FindHistory) -> Answer:
        """Return the page. Raises `Refused` and `StoreUnavailable`."""
        name, room = await self._pages.find_room(person, query.room)
        if room is None:
            return History(name, ())
        head, limit = room.seq, min(query.limit, HISTORY_LIMIT)
        found = self._pages.answer(person, replace(query, limit=limit, with_events=False))
        page = await found if isawaitable(found) else found
        if not isinstance(page, History):
            return page
        after = await self._place_after(room, query)
        if after is not None:
            records = await self._store.load_records(room.id, after, LOOKED_THROUGH)
            woven = [*_weave(page.records, records)][:limit]
        elif query.around is None and query.at_ms is None:
            before = await self._place_before(room, query, head)
            since = Seq(max(0, before - 1 - LOOKED_THROUGH))
            records = await self._store.load_records(room.id, since, before - 1 - since)
            woven = [*_weave(page.records[::-1], records[::-1])][:limit][::-1]
        else:
            woven = await self._between(room, page.records)
        return replace(page, records=tuple(self._heard(person, room, woven)))

    async def _place_after(self, room: Room, query: FindHistory) -> Seq | None:
        if query.after_ms is not None:
            return Seq(await self._store.find_time(room.id, query.after_ms + 1) - 1)
        return query.after

    async def _place_before(self, room: Room, query: FindHistory, head: Seq) -> Seq:
        if query.before_ms is not None:
            return min(await self._store.find_time(room.id, query.before_ms), Seq(head + 1))
        return Seq(head + 1) if query.before is None else min(query.before, Seq(head + 1))

    async def _between(self, room: Room, page: Sequence[Record]) -> list[Record]:
        if not page:
            return []
        first, last = page[0].seq, page[-1].seq
        count = min(last - first + 1, LOOKED_THROUGH)
        return [*_weave(page, await self._store.load_records(room.id, Seq(first - 1), count))]

    def _heard(self, person: Person, room: Room, records: Iterable[Record]) -> Iterator[Record]:
        """Yield what somebody would have heard, had he been there; see `Resuming`."""
        begin, now_ms, directory = begin_for(person, room), self._clock.time_ms(), self._house.directory
        for record in records:
            event = record.event
            if record.seq <= begin or (isinstance(event, Edited) and event.message <= begin):
                continue
            if isinstance(event, Edited) and self._house.find_block(person.id, event.author, now_ms) is not None:
                continue
            if not hears(self._house, room, person.id, event):
                continue
            name = directory.signed(event.author, event.name)
            yield record if name == event.name else replace(record, event=replace(event, name=name))


def _weave(page: Sequence[Record], records: Sequence[Record]) -> Iterator[Record]:
    """Yield what stands in a page and what happened around it, in their common order, forwards or backwards.

    It ends at the first message behind the page's last one: that is on the next page.
    """
    shown = {record.seq: record for record in page}
    left = len(shown)
    for record in records:
        if isinstance(record.event, MESSAGES):
            if record.seq in shown:
                left -= 1
                yield shown[record.seq]
            elif shown and not left:
                return
        elif not isinstance(record.event, QuietEvent):
            yield record
