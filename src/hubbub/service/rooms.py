"""Rooms that somebody listens to or asks about: loaded when needed, dropped when not."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final

import msgspec

from hubbub.core.applying import apply
from hubbub.core.catalog import SPOKEN_EVENTS, AnyEvent, Record
from hubbub.core.house import House
from hubbub.core.kinds import RoomId, Seq
from hubbub.core.revising import revise, revised_by
from hubbub.core.room import Room, RoomHead, RoomKind, copy_room, empty_room
from hubbub.service.audience import Audience
from hubbub.service.outbox import Volley
from hubbub.service.ports import Fabric, Snapshot, Store

RECENT_MESSAGES: Final = 64
"""Messages of a loaded room kept at hand at least, so that newcomers cost the store nothing."""

CONSULTED_MESSAGES: Final = 16
"""Older messages of a room kept at hand because somebody answers them or reacts to them."""

SNAPSHOT_EVERY: Final = 500
"""Records after which a room's state is saved: more than this many are never read to load one, give or take a sweep."""

PAGE: Final = 1_000
"""Records read from the store at a time."""


class LiveRoom:
    """A loaded room: as it is kept (`settled`), as decisions see it (`ahead`), and who listens."""

    __slots__ = (
        "ahead",
        "audience",
        "consulted",
        "id",
        "importing",
        "mixed",
        "pending",
        "pinned",
        "recent",
        "saved_seq",
        "settled",
        "touched",
    )

    def __init__(
        self,
        settled: Room,
        recent: deque[Record],
        saved_seq: Seq,
        audience: Audience,
        *,
        pinned: bool,
    ) -> None:
        self.id = settled.id
        self.settled = settled
        self.ahead = copy_room(settled)
        self.audience = audience
        self.recent = recent
        self.consulted: dict[Seq, Record] = {}
        """Older messages that somebody asked about lately, as they look now."""
        self.importing: Record | None = None
        """What tells of an import of which not all has been heard yet."""
        self.pending = 0
        """Events decided here and neither kept nor dropped yet."""
        self.mixed = False
        """Whether another node's records came between pending ones, so that `ahead` may differ from what will be."""
        self.saved_seq = saved_seq
        self.touched = True
        self.pinned = pinned

    def settle(self, record: Record) -> None:
        """Apply the next record to the settled state."""
        event = record.event
        apply(self.settled, event, record.time_ms)
        self.settled.seq = record.seq
        if isinstance(event, SPOKEN_EVENTS):
            self.recent.append(record)
        for seq in revised_by(record):
            self._revise(seq, record)

    def _revise(self, seq: Seq, change: Record) -> None:
        """Let a message at hand look as it does now."""
        if seq in self.consulted:
            self.consulted[seq] = revise(self.consulted[seq], change)
        for place, message in enumerate(self.recent):
            if message.seq == seq:
                self.recent[place] = revise(message, change)
                return

    def consult(self, message: Record) -> None:
        """Keep a message at hand for a while, because something is about to be said of it."""
        self.consulted.pop(message.seq, None)
        self.consulted[message.seq] = message
        if len(self.consulted) > CONSULTED_MESSAGES:
            del self.consulted[next(iter(self.consulted))]

    def at_hand(self, seq: Seq) -> Record | None:
        """Return a message as it looks now, if it is at hand."""
        found = self.consulted.get(seq)
        return found or next((message for message in reversed(self.recent) if message.seq == seq), None)

    def forget(self, before_ms: int, keep: int | None) -> None:
        """Forget what was erased, here or by another node: see `Store.erase_messages`."""
        old = max((place for place, record in enumerate(self.recent, 1) if record.time_ms < before_ms), default=0)
        surplus = 0 if keep is None else len(self.recent) - keep
        for _ in range(max(old, surplus)):
            self.recent.popleft()
        self.consulted.clear()


class Rooms:
    """All loaded rooms of this node."""

    def __init__(
        self,
        store: Store,
        fabric: Fabric,
        house: House,
        recent_messages: int = RECENT_MESSAGES,
        volley: Volley | None = None,
    ) -> None:
        """Keep at least `recent_messages` of each room at hand, if there are so many."""
        self._volley = volley
        self._recent_messages = max(recent_messages, RECENT_MESSAGES)
        self._store = store
        self._fabric = fabric
        self._house = house
        self._live: dict[RoomId, LiveRoom] = {}
        self._loading: dict[tuple[RoomKind, str], asyncio.Task[LiveRoom]] = {}
        self._loaded: Callable[[LiveRoom], None] = lambda _: None
        self._dropped: Callable[[LiveRoom], None] = lambda _: None

    def on_load(self, callback: Callable[[LiveRoom], None]) -> None:
        """Have this called with every room that is loaded from now on, before anybody else sees it."""
        self._loaded = callback

    def on_drop(self, callback: Callable[[LiveRoom], None]) -> None:
        """Have this called with every room that is dropped from now on."""
        self._dropped = callback

    def get(self, room: RoomId) -> LiveRoom | None:
        """Return a room if it is loaded."""
        return self._live.get(room)

    def all(self) -> list[LiveRoom]:
        """Return the loaded rooms."""
        return list(self._live.values())

    async def open(self, kind: RoomKind, key: str, name: str, *, pinned: bool = False) -> LiveRoom:
        """Return the room, loading it, and creating it if there is none. Raises `StoreUnavailable`.

        It stays loaded at least until the next but one `sweep`; for ever, if pinned.
        """
        if (room := self._house.find_room(kind, key)) is not None:
            live = self._live[room.id]
            live.touched = True
            return live
        task = self._loading.get((kind, key))
        if task is None:
            task = asyncio.create_task(self._load(kind, key, name, pinned=pinned))
            self._loading[kind, key] = task
            task.add_done_callback(lambda _: self._loading.pop((kind, key)))
        # Shielded: others may be waiting for the same room when one of them gives up.
        return await asyncio.shield(task)

    async def open_existing(self, kind: RoomKind, key: str) -> LiveRoom | None:
        """Return the room, loading it, or None where there is none. Raises `StoreUnavailable`."""
        if await self.find(kind, key) is None:
            return None
        return await self.open(kind, key, "")

    async def find(self, kind: RoomKind, key: str) -> RoomId | None:
        """Return which room that is, loaded or not, or None; never creates one. Raises `StoreUnavailable`."""
        if (room := self._house.find_room(kind, key)) is not None:
            return room.id
        head = await self._store.find_room(kind, key)
        return None if head is None else head.id

    async def open_by_id(self, room: RoomId) -> LiveRoom | None:
        """Return the room of that id, loading it, or None where there is none. Raises `StoreUnavailable`."""
        if (live := self._live.get(room)) is not None:
            live.touched = True
            return live
        head = await self._store.load_head(room)
        return None if head is None else await self.open(head.kind, head.key, head.name)

    async def _load(self, kind: RoomKind, key: str, name: str, *, pinned: bool) -> LiveRoom:
        head = await self._store.open_room(kind, key, name)
        self._fabric.listen(head.id)
        try:
            settled, saved_seq = await self.load_state(head)
            recent = await self._store.load_messages(head.id, Seq(settled.seq + 1), self._recent_messages)
        except BaseException:
            self._fabric.ignore(head.id)
            raise
        live = LiveRoom(settled, deque(recent, self._recent_messages), saved_seq, Audience(self._volley), pinned=pinned)
        self._live[head.id] = live
        self._house.add_room(live.ahead)
        self._loaded(live)
        return live

    async def load_state(self, head: RoomHead) -> tuple[Room, Seq]:
        """Return a room's state from the store alone, and the `seq` of the snapshot it was built on."""
        snapshot = await self._store.load_snapshot(head.id)
        room = empty_room(head) if snapshot is None else msgspec.json.decode(snapshot.state, type=Room)
        saved_seq = room.seq
        while records := await self._store.load_records(head.id, room.seq, PAGE):
            for record in records:
                apply(room, record.event, record.time_ms)
                room.seq = record.seq
        return room, saved_seq

    def apply_ahead(self, live: LiveRoom, event: AnyEvent, time_ms: int) -> None:
        """Let decisions see an event that is not kept yet."""
        # Where the record before it will stand, unless another node comes between: who comes in may read what follows.
        live.ahead.seq = Seq(live.settled.seq + max(live.pending - 1, 0))
        apply(live.ahead, event, time_ms)
        self._house.track(live.ahead, event, time_ms)

    def apply_foreign(self, live: LiveRoom, record: Record) -> None:
        """Let decisions see another node's record."""
        self.apply_ahead(live, record.event, record.time_ms)
        live.mixed = live.pending > 0

    def settle_pending(self, live: LiveRoom, count: int) -> None:
        """Note that so many pending events are kept."""
        live.pending -= count
        if live.mixed and not live.pending:
            self.drop_pending(live)

    def drop_pending(self, live: LiveRoom) -> None:
        """Let decisions see what is kept and nothing else, as after a commit that failed."""
        self._house.remove_room(live.ahead)
        live.ahead = copy_room(live.settled)
        live.pending = 0
        live.mixed = False
        self._house.add_room(live.ahead)

    async def sweep(self) -> None:
        """Save what has grown, and drop the rooms that nobody has listened to or asked about since the last sweep."""
        for live in self.all():
            if live.settled.seq - live.saved_seq >= SNAPSHOT_EVERY:
                await self._save(live)
            # Two people's conversation is let go while they are still here: it is back with their next word.
            is_heard = len(live.audience) and live.settled.kind is not RoomKind.DIRECT
            idle = not (live.pinned or live.touched or live.pending or is_heard)
            live.touched = False
            if idle:
                self._drop(live)

    async def save_all(self) -> None:
        """Save every room's state, so that the next start is quick."""
        for live in self.all():
            if live.settled.seq > live.saved_seq:
                await self._save(live)

    async def _save(self, live: LiveRoom) -> None:
        seq = live.settled.seq
        await self._store.save_snapshot(live.id, Snapshot(seq, msgspec.json.encode(live.settled)))
        live.saved_seq = seq

    def _drop(self, live: LiveRoom) -> None:
        self._dropped(live)
        self._fabric.ignore(live.id)
        self._house.remove_room(live.ahead)
        del self._live[live.id]
