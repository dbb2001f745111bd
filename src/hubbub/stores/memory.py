"""The reference: a store in memory, which keeps its promises until the process ends."""

import asyncio
from collections.abc import Sequence

from msgspec.structs import replace

from hubbub.core.catalog import MESSAGE_EVENTS, Record, membership_of
from hubbub.core.features.messages import ERASED
from hubbub.core.features.settings import RoomRenamed
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.room import RoomHead, RoomKind, direct_people
from hubbub.service.ports import ERASE_LIMIT, Draft, NameConflict, Snapshot
from hubbub.service.searching import SearchPage, SearchRequest, is_hit
from hubbub.stores.search_paging import Finding, Found, Position, find_page


class MemoryStore:
    """Keeps everything in lists. Several nodes of one process may share it, as they would share a database.

    Every method first yields to the loop, as a database would, so that races show.
    """

    def __init__(self) -> None:
        self._heads: list[RoomHead] = []
        self._ids: dict[tuple[RoomKind, str], RoomId] = {}
        self._records: list[list[Record]] = []
        self._snapshots: dict[RoomId, Snapshot] = {}
        self._memberships: dict[PersonId, set[RoomId]] = {}

    async def open(self) -> None:
        """Get ready, which a dictionary always is."""

    async def close(self) -> None:
        """Do nothing: other nodes may share what is kept."""

    async def open_room(self, kind: RoomKind, key: str, name: str) -> RoomHead:
        """Return the room of that kind and key, creating it with `name` if there is none."""
        await asyncio.sleep(0)
        room = self._ids.get((kind, key))
        if room is None:
            room = self._ids[kind, key] = RoomId(len(self._heads) + 1)
            self._heads.append(RoomHead(room, kind, key, name))
            self._records.append([])
            for person in direct_people(kind, key):
                self._memberships.setdefault(person, set()).add(room)
        return self._head(room)

    async def find_room(self, kind: RoomKind, key: str) -> RoomHead | None:
        """Return the room of that kind and key, or None."""
        await asyncio.sleep(0)
        room = self._ids.get((kind, key))
        return None if room is None else self._head(room)

    async def list_rooms(self, kind: RoomKind) -> list[RoomHead]:
        """Return all rooms of a kind, ordered by key."""
        await asyncio.sleep(0)
        return [self._head(room) for (its_kind, _), room in sorted(self._ids.items()) if its_kind == kind]

    async def list_memberships(self, person: PersonId) -> list[RoomHead]:
        """Return the channels that somebody is in and the conversations that are his, in the order of their ids."""
        await asyncio.sleep(0)
        return [self._head(room) for room in sorted(self._memberships.get(person, ()))]

    async def append(self, drafts: Sequence[Draft], time_ms: int) -> list[Record]:
        """Keep all drafts, or raise `LookupError` for a room that does not exist."""
        await asyncio.sleep(0)
        for draft in drafts:
            if not self._has(draft.room):
                raise LookupError(f"there is no room {draft.room}")
        self._rename_rooms(drafts)
        kept = []
        for draft in drafts:
            records = self._of(draft.room)
            record = Record(draft.room, Seq(len(records) + 1), time_ms, draft.event)
            records.append(record)
            kept.append(record)
            self._note_membership(draft)
        return kept

    def _rename_rooms(self, drafts: Sequence[Draft]) -> None:
        """Give rooms their new names, all or none."""
        if not any(isinstance(draft.event, RoomRenamed) for draft in drafts):
            return
        ids, heads = self._ids.copy(), self._heads.copy()
        for draft in drafts:
            event = draft.event
            if isinstance(event, RoomRenamed):
                head = heads[draft.room - 1]
                del ids[head.kind, head.key]
                if ids.setdefault((head.kind, event.key), draft.room) != draft.room:
                    raise NameConflict
                heads[draft.room - 1] = replace(head, key=event.key, name=event.new_name)
        self._ids, self._heads = ids, heads

    async def load_records(self, room: RoomId, after: Seq, limit: int) -> list[Record]:
        """Return up to `limit` of a room's records with `seq > after`, in order."""
        await asyncio.sleep(0)
        return self._of(room)[after : after + limit]

    async def load_messages(self, room: RoomId, before: Seq | None, limit: int) -> list[Record]:
        """Return the last `limit` messages in a room with `seq < before` (all, if None), in order."""
        await asyncio.sleep(0)
        earlier = self._of(room) if before is None else self._of(room)[: max(before - 1, 0)]
        messages = [record for record in earlier if isinstance(record.event, MESSAGE_EVENTS)]
        return messages[max(len(messages) - limit, 0) :]

    async def index(self, limit: int) -> int:  # noqa: ARG002 - there is no index
        """Do nothing: a search looks at everything."""
        await asyncio.sleep(0)
        return 0

    async def search(self, request: SearchRequest) -> SearchPage:
        """Look at every message."""
        await asyncio.sleep(0)
        records = [record for room in request.rooms for record in self._of(room) if is_hit(request, record)]
        hits = [Found((record.time_ms, record.room, record.seq), record) for record in records]
        hits.sort(key=lambda hit: hit.position, reverse=True)

        async def newest(before: Position | None, limit: int) -> Finding:
            return Finding([hit for hit in hits if before is None or hit.position < before][:limit])

        return await find_page(request, newest)

    async def erase_messages(self, room: RoomId, before_ms: int, keep: int | None) -> Seq:
        """Erase a room's oldest messages, and return the last one's `seq`."""
        await asyncio.sleep(0)
        records = self._of(room)
        messages = [record for record in records if isinstance(record.event, MESSAGE_EVENTS)]
        batch = messages[:ERASE_LIMIT]
        old = max((place for place, record in enumerate(batch, 1) if record.time_ms < before_ms), default=0)
        surplus = 0 if keep is None else len(messages) - keep
        erased = batch[: max(old, surplus, 0)]
        for record in erased:
            records[record.seq - 1] = replace(record, event=ERASED)
        return erased[-1].seq if erased else Seq(0)

    async def purge(self) -> None:
        """Do nothing: what is erased here is gone."""

    async def load_snapshot(self, room: RoomId) -> Snapshot | None:
        """Return the room's newest snapshot, or None."""
        await asyncio.sleep(0)
        return self._snapshots.get(room)

    async def save_snapshot(self, room: RoomId, snapshot: Snapshot) -> None:
        """Keep a room's snapshot instead of an older one."""
        await asyncio.sleep(0)
        kept = self._snapshots.get(room)
        if kept is None or kept.seq < snapshot.seq:
            self._snapshots[room] = snapshot

    async def load_heads(self, rooms: Sequence[RoomId]) -> dict[RoomId, Seq]:
        """Return the last `seq` of each of these rooms that exists."""
        await asyncio.sleep(0)
        return {room: Seq(len(self._of(room))) for room in rooms if self._has(room)}

    def _note_membership(self, draft: Draft) -> None:
        change = membership_of(draft.event)
        if change is not None:
            person, is_member = change
            rooms = self._memberships.setdefault(person, set())
            (rooms.add if is_member else rooms.discard)(draft.room)

    def _has(self, room: RoomId) -> bool:
        return 1 <= room <= len(self._heads)

    def _of(self, room: RoomId) -> list[Record]:
        return self._records[room - 1] if self._has(room) else []

    def _head(self, room: RoomId) -> RoomHead:
        head = self._heads[room - 1]
        return RoomHead(head.id, head.kind, head.key, head.name, Seq(len(self._of(room))))
