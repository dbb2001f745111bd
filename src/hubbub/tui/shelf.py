"""Shelves: what is kept of one station: rooms and their last messages, drafts, and what is still to be said."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

import msgspec
from msgspec.structs import replace

from hubbub.client.model import Kept
from hubbub.core.catalog import Record
from hubbub.core.kinds import RoomId, Seq
from hubbub.core.levels import Level
from hubbub.core.revising import revise, revised_by
from hubbub.tui.buffers import Buffer
from hubbub.tui.entries import Outgoing
from hubbub.tui.keeping import Claim, Keeping, Unkept
from hubbub.wire.native import RoomState

RECORDS: Final = 2_000
"""Most records of one room that are kept, the newest: some 800 kB. The others are a page of history away."""

PRUNED: Final = 1_000
"""After how many new ones the oldest are removed."""

SHOWN: Final = 100
"""How many of a room's records are in memory when a client opens; older ones are read when somebody looks for them."""


class KeptRoom(msgspec.Struct, frozen=True, omit_defaults=True):
    """A room as it was when the client ended."""

    state: RoomState
    unread: int = 0
    calls: int = 0
    read_to: Seq | None = None
    level: Level = "default"


class Begun(NamedTuple):
    """What somebody has begun to write in a room."""

    text: str
    is_unsaved: bool = False
    """Whether the server does not know it yet, so that it goes before what is kept there."""


class Found(NamedTuple):
    """Everything that an earlier run has kept."""

    kept: Kept | None
    rooms: list[tuple[KeptRoom, list[Record]]]
    drafts: dict[str, Begun]
    """By the rooms' names in small letters."""
    outgoing: list[Outgoing]


class Shelf:
    """What one process keeps of somebody on one server; no other process has it at the same time."""

    def __init__(self, keeping: Keeping, claim: Claim, endpoint: str, name: str) -> None:
        self._keeping = keeping
        self._claim = claim
        self._endpoint = endpoint
        self._name = name
        self._station = 0
        self._dirty: set[Buffer] = set()
        self._counted: dict[RoomId, int] = {}
        self._stop_preparing = keeping.before_flush(self._note_rooms)
        self.keep: Callable[[], Kept | None] = lambda: None
        """Returns who one is now, and on which server; set by whoever knows."""

    @classmethod
    def take(cls, keeping: Keeping, endpoint: str, name: str) -> "Shelf | None":
        """Return the shelf; None where another process has it."""
        claim = keeping.claim(endpoint, name.casefold())
        return None if claim is None else cls(keeping, claim, endpoint, name.casefold())

    async def load(self) -> Found:
        """Return what is kept. Raises `Unkept`, and lets another process have it, where that cannot be read."""
        try:
            return await self._keeping.read(self._load)
        except Unkept:
            self._stop_preparing()
            self._claim.release()
            raise

    def _load(self, file: sqlite3.Connection) -> Found:
        file.execute("INSERT OR IGNORE INTO station (endpoint, name) VALUES (?, ?)", (self._endpoint, self._name))
        query = "SELECT id, kept FROM station WHERE endpoint = ? AND name = ?"
        self._station, kept = file.execute(query, (self._endpoint, self._name)).fetchone()
        station = (self._station,)
        rooms = [
            (msgspec.json.decode(data, type=KeptRoom), self._records(file, id_, None, SHOWN))
            for id_, data in file.execute("SELECT id, kept FROM room WHERE station = ? ORDER BY id", station)
        ]
        begun = file.execute("SELECT room, text, is_unsaved FROM draft WHERE station = ?", station)
        drafts = {room: Begun(text, is_unsaved=bool(is_unsaved)) for room, text, is_unsaved in begun}
        outgoing = file.execute("SELECT kept FROM outgoing WHERE station = ? ORDER BY place", station)
        return Found(
            None if kept is None else msgspec.json.decode(kept, type=Kept),
            rooms,
            drafts,
            [msgspec.json.decode(data, type=Outgoing) for (data,) in outgoing],
        )

    def _records(self, file: sqlite3.Connection, room: RoomId, before: Seq | None, limit: int) -> list[Record]:
        query = "SELECT kept FROM record WHERE station = ? AND room = ? AND seq < ? ORDER BY seq DESC LIMIT ?"
        found = file.execute(query, (self._station, room, before or 2**63 - 1, limit)).fetchall()
        return [msgspec.json.decode(data, type=Record) for (data,) in reversed(found)]

    async def older(self, room: RoomId, before: Seq, limit: int) -> list[Record]:
        """Return the records before one, oldest first, as far as they are kept."""
        return await self._keeping.try_read(lambda file: self._records(file, room, before, limit))

    def keep_records(self, buffer: Buffer, records: Iterable[Record]) -> None:
        """Keep records as they look now, and with the next write how the room is."""
        room = buffer.room_id
        if room is None:
            return
        rows = [(self._station, room, record.seq, msgspec.json.encode(record)) for record in records]
        self._dirty.add(buffer)
        if not rows:
            self._keeping.note()
            return

        def write(file: sqlite3.Connection) -> None:
            file.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", rows)

        self._keeping.note(write)
        self._counted[room] = self._counted.get(room, 0) + len(rows)
        if self._counted[room] >= PRUNED:
            self._prune(room)

    def _prune(self, room: RoomId) -> None:
        self._counted[room] = 0
        here = (self._station, room)
        self._note(
            "DELETE FROM record WHERE station = ? AND room = ? AND seq <= "
            "(SELECT seq FROM record WHERE station = ? AND room = ? ORDER BY seq DESC LIMIT 1 OFFSET ?)",
            *here,
            *here,
            RECORDS,
        )

    def revise(self, room: RoomId, change: Record) -> None:
        """Let messages that are kept look as they do after a record, also those that are not in memory."""
        seqs = revised_by(change)
        if not seqs:
            return

        def write(file: sqlite3.Connection) -> None:
            for seq in seqs:
                where = (self._station, room, seq)
                found = file.execute("SELECT kept FROM record WHERE station = ? AND room = ? AND seq = ?", where)
                for (data,) in found.fetchall():
                    revised = msgspec.json.encode(revise(msgspec.json.decode(data, type=Record), change))
                    file.execute("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", (*where, revised))

        self._keeping.note(write)

    def note_room(self, buffer: Buffer) -> None:
        """Keep how a room is, with the next write."""
        if buffer.room_id is not None and buffer.kind != "server":
            self._dirty.add(buffer)
            self._keeping.note()

    def drop_records(self, room: RoomId) -> None:
        """Keep nothing that was said in a room, because it may look different now."""
        self._note("DELETE FROM record WHERE station = ? AND room = ?", self._station, room)

    def drop_room(self, room: RoomId) -> None:
        """Keep nothing of a room."""
        self.drop_records(room)
        self._note("DELETE FROM room WHERE station = ? AND id = ?", self._station, room)

    def keep_draft(self, room: str, begun: Begun) -> None:
        """Keep what somebody has begun to write; where that is nothing, only if the server does not know that."""
        here = (self._station, room.casefold())
        if begun.text or begun.is_unsaved:
            self._note("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?)", *here, begun.text, begun.is_unsaved)
        else:
            self._note("DELETE FROM draft WHERE station = ? AND room = ?", *here)

    def keep_outgoing(self, outgoing: Outgoing) -> None:
        """Keep something that is to be said, at once."""
        data = msgspec.json.encode(outgoing)
        query = "INSERT OR IGNORE INTO outgoing (station, nonce, kept) VALUES (?, ?, ?)"
        self._note(query, self._station, outgoing.nonce, data, is_urgent=True)

    def drop_outgoing(self, nonce: str) -> None:
        """Keep it no longer, because it is said, refused or taken back."""
        query = "DELETE FROM outgoing WHERE station = ? AND nonce = ?"
        self._note(query, self._station, nonce, is_urgent=True)

    async def flush(self) -> None:
        """Return when everything is on disk."""
        await self._keeping.flush()

    def forget_heard(self) -> None:
        """Keep nothing of what was said any more, because it is of another server, or somebody else's."""
        self._dirty.clear()
        self._note("DELETE FROM record WHERE station = ?", self._station)
        self._note("DELETE FROM room WHERE station = ?", self._station)

    def forget(self) -> None:
        """Keep nothing any more of who one is, of what was said, begun, or is still to be said."""
        self.forget_heard()
        self._note("DELETE FROM draft WHERE station = ?", self._station)
        self._note("DELETE FROM outgoing WHERE station = ?", self._station)
        self._note("UPDATE station SET kept = NULL WHERE id = ?", self._station, is_urgent=True)

    async def close(self) -> None:
        """Write everything, and let another process have it."""
        await self._keeping.flush()
        self._stop_preparing()
        self._claim.release()

    def _note(self, query: str, *values: str | bytes | int, is_urgent: bool = False) -> None:
        self._keeping.note(lambda file: file.execute(query, values), is_urgent=is_urgent)

    def _note_rooms(self) -> None:
        """Note how the rooms are that have changed: in the same transaction as their records."""
        if not self._dirty:
            return
        dirty, self._dirty = self._dirty, set()
        kept_rooms = [kept_of(buffer) for buffer in dirty]
        rows = [(self._station, room.state.id, msgspec.json.encode(room)) for room in kept_rooms]
        kept = self.keep()

        def write(file: sqlite3.Connection) -> None:
            file.executemany("INSERT OR REPLACE INTO room VALUES (?, ?, ?)", rows)
            if kept is not None:
                data = msgspec.json.encode(replace(kept, rooms=()))
                file.execute("UPDATE station SET kept = ? WHERE id = ?", (data, self._station))

        self._keeping.note(write)


def kept_of(buffer: Buffer) -> KeptRoom:
    """Return what is kept of a buffer; up to where nothing is missing."""
    state = RoomState(
        buffer.room_id or RoomId(0),
        buffer.name,
        "direct" if buffer.kind == "direct" else "channel",
        buffer.seq if buffer.gap is None else buffer.gap,
        buffer.topic,
        buffer.member_count,
        is_group=buffer.is_group,
    )
    return KeptRoom(state, buffer.unread, buffer.calls, buffer.read_to, buffer.level)


def put_back(kept: KeptRoom, buffer: Buffer) -> None:
    """Let a buffer be as it was kept."""
    state = kept.state
    buffer.seq, buffer.topic, buffer.member_count, buffer.is_group = (
        state.seq,
        state.topic,
        state.member_count,
        state.is_group,
    )
    buffer.unread, buffer.calls, buffer.read_to, buffer.level = kept.unread, kept.calls, kept.read_to, kept.level


def states_of(found: Found) -> Sequence[RoomState]:
    """Return the rooms that a server can be asked about what was missed in them."""
    return tuple(room.state for room, _ in found.rooms if room.state.seq)
