"""Consulting: which message somebody means, and how it looks at the moment at which it is decided about."""

import asyncio
from collections.abc import Iterable
from typing import Final
from weakref import WeakValueDictionary

from msgspec.structs import replace

from hubbub.core.catalog import Record
from hubbub.core.features.annotating import Reacted
from hubbub.core.features.membership import require_member
from hubbub.core.features.messages import Confided, Said
from hubbub.core.house import House, Person
from hubbub.core.kinds import Refused, RoomId, Seq
from hubbub.core.notes import AnyRef, LastMessage, no_such_message, parse_ref
from hubbub.core.permissions import hears, hidden_until, require_visible
from hubbub.service.ports import Store
from hubbub.service.rooms import LiveRoom, Rooms

LOOKED_THROUGH: Final = 200
"""Messages looked through for the last one of somebody."""


class Consulting:
    """Finds messages. Whoever decides about one holds its room's turn until the outcome is kept.

    So nobody decides about a message as it looked before another's edit: here, not on other nodes; there, what comes
    too late changes nothing.
    """

    def __init__(self, house: House, rooms: Rooms, store: Store) -> None:
        self._house = house
        self._rooms = rooms
        self._store = store
        self._turns: WeakValueDictionary[RoomId, asyncio.Lock] = WeakValueDictionary()

    def turn(self, room: RoomId) -> asyncio.Lock:
        """Return what is held while somebody decides about a message of this room."""
        turn = self._turns.get(room)
        if turn is None:
            turn = self._turns[room] = asyncio.Lock()
        return turn

    async def find_room(self, person: Person, ref: AnyRef) -> LiveRoom:
        """Return the room of a message, loaded. Raises `Refused` for one that the person may not read."""
        live = await self._rooms.open_by_id(self._room_of(person, ref))
        if live is None or hidden_until(live.ahead, person.id) is None:
            raise no_such_message()
        return live

    async def read(self, person: Person, ref: AnyRef) -> tuple[LiveRoom, Record]:
        """Return a message as it looks now, and its room. Raises `Refused` for one that the person may not read."""
        live = await self.find_room(person, ref)
        message = await self.find(person, live, ref)
        hidden = hidden_until(live.settled, person.id)
        if message is None or hidden is None or message.seq <= hidden:
            raise no_such_message()
        if not hears(self._house, live.settled, person.id, message.event):
            raise no_such_message()
        return live, message

    def _room_of(self, person: Person, ref: AnyRef) -> RoomId:
        if isinstance(ref, str):
            return parse_ref(ref).room
        room = require_visible(self._house, ref.room, person.id)
        require_member(room, person.id)
        return room.id

    async def find(self, person: Person, live: LiveRoom, ref: AnyRef) -> Record | None:
        """Return the message as it looks now.

        Only whoever holds the room's turn may keep it at hand: without it, it may look different by now.
        """
        if isinstance(ref, LastMessage):
            return await self._find_last(person, live, ref)
        seq = parse_ref(ref).seq
        return live.at_hand(seq) or await self._store.load_message(live.id, seq)

    async def find_reaction(self, live: LiveRoom, ref: AnyRef) -> Record | None:
        """Return the record of a reaction, with the note of its message as that looks now; None where it is none.

        Whoever asks holds the room's turn, as above.
        """
        seq = Seq(0) if isinstance(ref, LastMessage) else parse_ref(ref).seq
        found = await self._store.load_records(live.id, Seq(seq - 1), 1) if seq else []
        if not found or found[0].seq != seq or not isinstance(event := found[0].event, Reacted):
            return None
        message = live.at_hand(event.message) or await self._store.load_message(live.id, event.message)
        if message is not None:
            live.consult(message)
        return replace(found[0], note=None if message is None else message.note)

    async def _find_last(self, person: Person, live: LiveRoom, ref: LastMessage) -> Record:
        found = _last(person, live.recent, ref)
        if found is None:
            found = _last(person, await self._store.load_messages(live.id, None, LOOKED_THROUGH), ref)
        if found is None:
            what = {"mine": "You have said nothing", "others": "Nobody else has said anything"}
            sentence = f"{what.get(ref.whose, 'Nobody has said anything')} in {live.settled.name} lately."
            raise Refused("no_such_message", sentence)
        return found


def _last(person: Person, messages: Iterable[Record], ref: LastMessage) -> Record | None:
    wanted = (message for message in reversed([*messages]) if isinstance(message.event, Said | Confided))
    if ref.whose == "mine":
        # Also what one has said to some only: else one would change an earlier message that everybody sees.
        return next((message for message in wanted if message.event.author == person.id), None)
    for_all = (message for message in wanted if isinstance(message.event, Said))
    if ref.whose == "anyone":
        return next(for_all, None)
    return next((message for message in for_all if message.event.author != person.id), None)
