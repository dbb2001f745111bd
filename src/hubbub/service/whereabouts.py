"""Whereabouts: which room or conversation somebody means for himself, and how far he may read there."""

from collections.abc import Sequence

import msgspec

from hubbub.core.conversations import CONVERSATION, conversation_name
from hubbub.core.features.membership import require_member
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refused, RoomId, Seq
from hubbub.core.permissions import hidden_until, require_visible
from hubbub.core.room import Room, RoomHead, RoomKind, direct_key
from hubbub.service.past_partners import PastPartners
from hubbub.service.ports import Store
from hubbub.service.rooms import LiveRoom, Rooms


class Spot(msgspec.Struct, frozen=True):
    """A room or conversation as it is at this moment for somebody who is in it."""

    room: RoomId
    name: str
    """The channel's, or `@` and the name of whom he talks with."""
    head: Seq
    """Its last record."""
    since: Seq = Seq(0)
    """Its last record before he came in."""
    begin: Seq = Seq(0)
    """Its last record that he may not read."""


class Whereabouts:
    """Finds spots."""

    def __init__(self, house: House, rooms: Rooms, store: Store) -> None:
        self._house = house
        self._rooms = rooms
        self._store = store
        self._past = PastPartners(house, store)

    async def find(self, person: Person, name: str) -> Spot:
        """Return the spot that somebody means by a channel's name, or by whom he talks with.

        Raises `Refused` with `no_such_room`, `not_a_member`, `bad_room_name` or `unknown_person`.
        """
        if not name.startswith("#"):
            return await self._find_conversation(person, name.removeprefix(CONVERSATION))
        room = require_visible(self._house, name, person.id)
        require_member(room, person.id)
        return self.spot_at(person.id, await self._rooms.open(RoomKind.CHANNEL, room.key, room.name))

    async def _find_conversation(self, person: Person, name: str) -> Spot:
        other = self._house.find_named(name)
        if other is None:
            past = await self._past.find(person.id, name)
            if past is None:
                raise Refused("unknown_person", f"User '{name}' not found. A room's name begins with #.")
            return Spot(past[0].id, CONVERSATION + past[1], past[0].seq)
        head = await self._store.find_room(RoomKind.DIRECT, direct_key({person.id, other.id}))
        if head is None:
            raise Refused("no_such_room", f"You and {other.name} have not talked yet.")
        return Spot(head.id, CONVERSATION + other.name, head.seq)

    async def find_time(self, room: RoomId, time_ms: int) -> Seq:
        """Return the last message there of that time, or of before. Raises `StoreUnavailable`."""
        return Seq(await self._store.find_time(room, time_ms + 1) - 1)

    async def heads_of(self, rooms: Sequence[RoomId]) -> dict[RoomId, Seq]:
        """Return the last record of each of these rooms, loaded or not. Raises `StoreUnavailable`."""
        return await self._store.load_heads(rooms)

    async def time_of(self, spot: Spot, seq: Seq) -> int:
        """Return when the last message up to that record was said; 0 where there is none. Raises `StoreUnavailable`."""
        messages = await self._store.load_messages(spot.room, Seq(seq + 1), 1)
        return messages[-1].time_ms if messages and seq else 0

    def spot_at(self, account: PersonId, live: LiveRoom) -> Spot:
        """Return a room or conversation that somebody is in; raises `Refused` with `not_a_member` where he is not."""
        room = live.settled
        if room.kind is not RoomKind.CHANNEL:
            return Spot(room.id, conversation_name(self._house, account, room.key), room.seq)
        spot = spot_in(room, account)
        if spot is None:
            raise Refused("not_a_member", f"You are not in {room.name}. Join it first.")
        return spot

    async def find_all(self, account: PersonId) -> list[Spot]:
        """Return all channels and conversations of somebody with an account, here or not."""
        spots = []
        for head in await self._store.list_memberships(account):
            spot = await self._spot_of(account, head)
            if spot is not None:
                spots.append(spot)
        return spots

    async def _spot_of(self, account: PersonId, head: RoomHead) -> Spot | None:
        if head.kind is RoomKind.CHANNEL:
            live = await self._rooms.open(head.kind, head.key, head.name)
            return spot_in(live.settled, account)
        return Spot(head.id, conversation_name(self._house, account, head.key), head.seq) if head.seq else None

    async def name(self, account: PersonId, room: RoomId) -> str:
        """Return what a room is called for somebody, loaded or not; empty where there is none."""
        live = self._rooms.get(room)
        if live is not None:
            return live.settled.name or conversation_name(self._house, account, live.settled.key)
        head = await self._store.load_head(room)
        if head is None:
            return ""
        return head.name or conversation_name(self._house, account, head.key)


def spot_in(room: Room, person: PersonId) -> Spot | None:
    """Return a channel as it is for a member; None for anybody else."""
    member, begin = room.members.get(person), hidden_until(room, person)
    return None if member is None or begin is None else Spot(room.id, room.name, room.seq, member.since, begin)
