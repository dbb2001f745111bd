"""Recounting: proving what is told as unread against the records themselves, and mending what differs.

The store notes whom a message calls, and counts by what it has noted. Here everything is computed again from what was
said, by the rule alone. The server may run meanwhile: what differs is looked at again before it is believed.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from hubbub.core.calls import messages_in
from hubbub.core.catalog import Record
from hubbub.core.house import House
from hubbub.core.kinds import PersonId, Seq
from hubbub.core.room import RoomHead, RoomKind, direct_people
from hubbub.core.unread import NO_THREAD, Message, Stretch, count_unread
from hubbub.service.notebook import Mention, Notebook
from hubbub.service.ports import Store
from hubbub.service.rooms import PAGE, Rooms
from hubbub.service.unread import Unread, stretch_at
from hubbub.service.whereabouts import Spot, spot_in

What = Literal["missing mention", "wrong mention", "wrong count"]


class Difference(msgspec.Struct, frozen=True):
    """Something that was noted or counted otherwise than the records say."""

    room: str
    """The channel's name; empty for a conversation."""
    what: What
    who: str
    """Whom it concerns, as he is called, or his id where he has no account."""
    seq: Seq
    """The message; 0 for a count."""
    is_mended: bool


class Report(msgspec.Struct, frozen=True):
    """What a recount has come to."""

    rooms: int
    messages: int
    differences: tuple[Difference, ...]


class Recounting:
    """Counts again."""

    def __init__(self, house: House, rooms: Rooms, store: Store, notebook: Notebook, unread: Unread) -> None:
        self._house = house
        self._rooms = rooms
        self._store = store
        self._notebook = notebook
        self._unread = unread

    async def run(self) -> Report:
        """Count everything in all channels and conversations again, and mend what is noted wrongly.

        Takes about as long as reading all that was ever said. Raises `StoreUnavailable`.
        """
        heads = [head for kind in (RoomKind.CHANNEL, RoomKind.DIRECT) for head in await self._store.list_rooms(kind)]
        counted, differences = 0, list[Difference]()
        for head in heads:
            messages = await self._load_messages(head)
            counted += len(messages)
            differences += await self._mend_mentions(head, messages)
            differences += await self._check_counts(head)
        return Report(len(heads), counted, tuple(differences))

    async def _load_messages(self, head: RoomHead) -> list[Message]:
        records: list[Record] = []
        while page := await self._store.load_records(head.id, Seq(len(records)), PAGE):
            records += page
        return messages_in(records)

    async def _mend_mentions(self, head: RoomHead, messages: Iterable[Message]) -> list[Difference]:
        missing, wrong = await self._compare_mentions(head, messages)
        if not missing and not wrong:
            return []
        again = await self._compare_mentions(head, await self._load_messages(head))
        missing, wrong = missing & again[0], wrong & again[1]
        await self._notebook.mend_mentions(head.id, missing, wrong)
        return [*self._differing(head, "missing mention", missing), *self._differing(head, "wrong mention", wrong)]

    def _differing(self, head: RoomHead, what: What, mentions: set[Mention]) -> Iterator[Difference]:
        for it in sorted(mentions, key=lambda it: (it.seq, it.person)):
            yield Difference(head.name, what, self._name(it.person), it.seq, is_mended=True)

    async def _compare_mentions(self, head: RoomHead, messages: Iterable[Message]) -> tuple[set[Mention], set[Mention]]:
        """Return what is missing among those noted, and what is wrong."""
        noted = await self._notebook.load_mentions(head.id)
        said = {Mention(person, it.seq) for it in messages for person in it.calls if it.author is not None}
        return said - noted, noted - said

    async def _check_counts(self, head: RoomHead) -> list[Difference]:
        wrong = await self._compare_counts(head)
        if wrong:
            wrong &= await self._compare_counts(head)
        return [
            Difference(head.name, "wrong count", self._name(one), Seq(0), is_mended=False)
            for one in sorted(wrong, key=self._name)
        ]

    async def _compare_counts(self, head: RoomHead) -> set[PersonId]:
        """Return whose counts are not what the messages say."""
        found = await self._store.load_head(head.id)
        spots = await self._spots(found or head)
        messages = await self._load_messages(head) if spots else []
        wrong = set[PersonId]()
        for person, spot in spots.items():
            stretches, deaf = await self._stretches(person, spot), await self._unread.blocked_by(person)
            told = await self._notebook.count(person, deaf, stretches)
            if told != [count_unread(person, deaf, stretch, messages) for stretch in stretches]:
                wrong.add(person)
        return wrong

    async def _spots(self, head: RoomHead) -> dict[PersonId, Spot]:
        """Return everybody with an account who is in a room, as it is for him."""
        accounts = self._house.directory.accounts
        if head.kind is RoomKind.DIRECT:
            return {one: Spot(head.id, "", head.seq) for one in direct_people(head.kind, head.key) if one in accounts}
        room, _ = await self._rooms.load_state(head)
        spots = {one: spot_in(room, one) for one in room.members if one in accounts}
        return {one: spot for one, spot in spots.items() if spot is not None}

    async def _stretches(self, person: PersonId, spot: Spot) -> list[Stretch]:
        marks = await self._notebook.load_marks(person)
        follows = [it.thread for it in await self._notebook.load_follows(person) if it.room == spot.room]
        return [stretch_at(spot, thread, marks) for thread in (NO_THREAD, *follows)]

    def _name(self, person: PersonId) -> str:
        account = self._house.account_of(person)
        return person if account is None else account.name
