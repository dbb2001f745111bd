"""Activity: where something was said, among somebody's rooms and conversations."""

from typing import Final

from hubbub.core.catalog import Record
from hubbub.core.conversations import CONVERSATION, GONE, conversation_name
from hubbub.core.house import House, Person
from hubbub.core.message_answers import ActiveList, ActiveView
from hubbub.core.queries import ListActive
from hubbub.core.room import RoomHead, RoomKind
from hubbub.service.pages import BEGINNING, Pages, begin_for
from hubbub.service.past_partners import PastPartners
from hubbub.service.ports import Store
from hubbub.service.rooms import Rooms

PLACES_LIMIT: Final = 500
"""Most rooms and conversations that are looked at, those begun last: for each that is not loaded the store is asked."""


class Activity:
    """Looks at what was said last, everywhere."""

    def __init__(self, house: House, rooms: Rooms, store: Store, pages: Pages) -> None:
        self._house = house
        self._rooms = rooms
        self._store = store
        self._pages = pages
        self._past = PastPartners(house, store)

    async def find(self, person: Person, query: ListActive) -> ActiveList:
        """Return where it was. Raises `StoreUnavailable`."""
        heads = [head for head in await self._store.list_memberships(person.id) if head.seq]
        times = {}
        for head in heads[-PLACES_LIMIT:]:
            last = await self._find_last(person, head)
            if last is not None and query.after_ms < last.time_ms < query.before_ms:
                times[head] = last.time_ms
        names = {head: head.name or conversation_name(self._house, person.id, head.key) for head in times}
        if GONE in names.values():
            past = await self._past.names(person.id, heads)
            names |= {head: CONVERSATION + name for head, name in past.items() if head in times}
        places = [ActiveView(name, times[head]) for head, name in names.items()]
        places.sort(key=lambda place: (place.time_ms, place.room))
        return ActiveList(tuple(places[: query.limit]))

    async def _find_last(self, person: Person, head: RoomHead) -> Record | None:
        """Return the last message that somebody hears there, of the last few."""
        live = self._rooms.get(head.id)
        if live is not None:
            begin = begin_for(person, live.settled) if head.kind is RoomKind.CHANNEL else BEGINNING
            found = self._pages.heard(person, list(live.recent), begin)
        else:
            found = self._pages.heard(person, await self._store.load_messages(head.id, None, 1))
        return found[-1] if found else None
