"""The reference: a store in memory, which keeps its promises until the process ends."""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from hubbub.core.calls import messages_in
from hubbub.core.catalog import MESSAGE_EVENTS, SPOKEN_EVENTS, AnyEvent, Record, membership_of
from hubbub.core.features.annotating import Edited, Removed, blanked
from hubbub.core.features.importing import Imported
from hubbub.core.features.messages import ERASED, Said
from hubbub.core.features.settings import RoomRenamed
from hubbub.core.files import FileId
from hubbub.core.house import CONSOLE
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.levels import Level
from hubbub.core.nonces import is_nonce
from hubbub.core.notes import NO_NOTE, Note
from hubbub.core.revising import revise, revised_by, shown
from hubbub.core.room import RoomHead, RoomKind, direct_people
from hubbub.core.unread import Mark, Message
from hubbub.service.imports import ImportDraft, Publication, RoomImport, names_in, place_new
from hubbub.service.notebook import Place
from hubbub.service.ports import ERASE_LIMIT, Draft, NameConflict, SentMessage, Snapshot
from hubbub.service.searching import SearchPage, SearchRequest, is_hit
from hubbub.service.shelf import Upload
from hubbub.stores.search_paging import Finding, Found, Position, find_page
from hubbub.stores.showings import Showings

_PLACES: Final = (*SPOKEN_EVENTS, Removed)
"""What stands where a message is or was."""


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
        self._notes: dict[tuple[RoomId, Seq], Note] = {}
        self._threads: dict[tuple[RoomId, Seq], Seq] = {}
        # For the notebook beside it, so that whoever shares the one shares the other.
        self.marks: dict[PersonId, dict[Place, Mark]] = {}
        self.drafts: dict[PersonId, dict[RoomId, str]] = {}
        self.levels: dict[PersonId, dict[RoomId, Level]] = {}
        self.follows: dict[tuple[PersonId, RoomId, Seq], bool] = {}
        """Who follows which thread, or does not want to."""
        # For the shelf beside it, in the same way.
        self.showings = Showings()
        self._sent: list[tuple[int, SentMessage]] = []
        """What was said with nonces, and when."""
        self.uploads: dict[FileId, Upload] = {}
        self._imported: dict[tuple[str, str], tuple[RoomId, Seq]] = {}
        self._identity = secrets.token_hex(8)

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

    async def load_head(self, room: RoomId) -> RoomHead | None:
        """Return the room of that id, or None."""
        await asyncio.sleep(0)
        head = self._head(room) if self._has(room) else None
        return None if head is None or head.kind is RoomKind.STAGED else head

    async def list_rooms(self, kind: RoomKind) -> list[RoomHead]:
        """Return all rooms of a kind, ordered by key."""
        await asyncio.sleep(0)
        return [self._head(room) for (its_kind, _), room in sorted(self._ids.items()) if its_kind == kind]

    async def list_memberships(self, person: PersonId) -> list[RoomHead]:
        """Return the channels that somebody is in and the conversations that are his, in the order of their ids."""
        await asyncio.sleep(0)
        heads = map(self._head, sorted(self._memberships.get(person, ())))
        return [head for head in heads if head.kind is not RoomKind.STAGED]

    async def append(self, drafts: Sequence[Draft], time_ms: int) -> list[Record]:
        """Keep all drafts, or raise `LookupError` for a room that does not exist."""
        await asyncio.sleep(0)
        for draft in drafts:
            if not self._has(draft.room):
                raise LookupError(f"there is no room {draft.room}")
        self._rename_rooms(drafts)
        return [self._keep(draft.room, draft.event, time_ms) for draft in drafts]

    def _keep(self, room: RoomId, event: AnyEvent, time_ms: int) -> Record:
        """Write one record behind the others, and what it makes of messages and memberships."""
        records = self._of(room)
        record = Record(room, Seq(len(records) + 1), time_ms, event)
        records.append(record)
        self._note_followers(record)
        self._note_membership(record)
        self._note_thread(record)
        self.showings.note(record)
        if isinstance(event, SPOKEN_EVENTS) and is_nonce(event.nonce):
            self._sent.append((time_ms, SentMessage(room, record.seq, event.author, event.nonce)))
        self._revise(record)
        return record

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
        earlier = [one for one in self._messages(room) if before is None or one.seq < before]
        return earlier[max(len(earlier) - limit, 0) :]

    async def load_messages_after(self, room: RoomId, after: Seq, limit: int) -> list[Record]:
        """Return the first `limit` messages in a room with `seq > after`, in order."""
        await asyncio.sleep(0)
        return [one for one in self._messages(room) if one.seq > after][:limit]

    async def load_message(self, room: RoomId, seq: Seq) -> Record | None:
        """Return one message as it looks now, or None where there is none."""
        await asyncio.sleep(0)
        return self._find_message(room, seq)

    async def load_thread(self, room: RoomId, root: Seq, before: Seq | None, limit: int) -> list[Record]:
        """Return the last `limit` answers in a thread with `seq < before`, in order."""
        await asyncio.sleep(0)
        answers = [
            one
            for one in self._messages(room)
            if (before is None or one.seq < before) and self._threads.get((room, one.seq)) == root
        ]
        return answers[max(len(answers) - limit, 0) :]

    async def find_time(self, room: RoomId, time_ms: int) -> Seq:
        """Return the `seq` of a room's first message from that time on, or one that is greater than all."""
        await asyncio.sleep(0)
        times = (one.seq for one in self._messages(room) if one.time_ms >= time_ms)
        return next(times, Seq(len(self._of(room)) + 1))

    async def index(self, limit: int, heads: Mapping[RoomId, Seq] | None = None) -> int:  # noqa: ARG002 - there is none
        """Do nothing: a search looks at everything."""
        await asyncio.sleep(0)
        return 0

    async def search(self, request: SearchRequest) -> SearchPage:
        """Look at every message."""
        await asyncio.sleep(0)
        records = [record for room in request.rooms for record in self._messages(room) if is_hit(request, record)]
        hits = [Found((record.time_ms, record.room, record.seq), record) for record in records]
        hits.sort(key=lambda hit: hit.position, reverse=True)

        async def newest(before: Position | None, limit: int) -> Finding:
            return Finding([hit for hit in hits if before is None or hit.position < before][:limit])

        return await find_page(request, newest)

    async def erase_messages(self, room: RoomId, before_ms: int, keep: int | None) -> Seq:
        """Erase a room's oldest messages, and return the last one's `seq`."""
        await asyncio.sleep(0)
        records = self._of(room)
        messages = [record for record in records if isinstance(record.event, _PLACES)]
        batch = messages[:ERASE_LIMIT]
        old = max((place for place, record in enumerate(batch, 1) if record.time_ms < before_ms), default=0)
        surplus = 0 if keep is None else len(messages) - keep
        erased = batch[: max(old, surplus, 0)]
        self.showings.forget(room, (record.seq for record in erased))
        for record in erased:
            records[record.seq - 1] = replace(record, event=ERASED)
            self._blank(room, self._notes.pop((room, record.seq), NO_NOTE).edits)
            self._threads.pop((room, record.seq), None)
        return erased[-1].seq if erased else Seq(0)

    async def purge(self, *, thoroughly: bool = True) -> None:
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

    async def load_sent(self, since_ms: int, limit: int) -> list[SentMessage]:
        """Return what was sent with nonces since then, the newest first."""
        await asyncio.sleep(0)
        sent = [one for one in self._sent if one[0] >= since_ms]
        return [message for _, message in sorted(sent, key=lambda one: -one[0])[:limit]]

    async def forget_sent(self, before_ms: int) -> None:
        """Forget what was sent before."""
        await asyncio.sleep(0)
        self._sent = [one for one in self._sent if one[0] >= before_ms]

    async def load_identity(self) -> str:
        """Return which place this is."""
        await asyncio.sleep(0)
        return self._identity

    async def find_imported(self, source: str, external_ids: Sequence[str]) -> dict[str, tuple[RoomId, Seq]]:
        """Return where those of these things are that were imported from a source."""
        await asyncio.sleep(0)
        return {name: place for name in external_ids if (place := self._imported.get((source, name))) is not None}

    async def import_records(
        self, source: str, imports: Sequence[RoomImport], time_ms: int, publications: Sequence[Publication] = ()
    ) -> int:
        """Keep what happened elsewhere, all or nothing, and return how many records that made."""
        await asyncio.sleep(0)
        # Everything that can fail comes first.
        read = [(one, list(one.drafts)) for one in imports]
        rooms = [*(one.room for one in imports), *(one.room for one in publications)]
        if not all(map(self._has, rooms)):
            raise LookupError("there is no such room")
        heads, ids = self._publish(publications)
        made = sum(self._import_into_room(source, one, drafts, time_ms) for one, drafts in read)
        self._heads, self._ids = heads, ids
        for publication in publications:
            for person in direct_people(publication.kind, publication.key):
                self._memberships.setdefault(person, set()).add(publication.room)
        return made

    def _import_into_room(self, source: str, one: RoomImport, drafts: Sequence[ImportDraft], time_ms: int) -> int:
        seqs = {name: self._imported[source, name][1] for name in names_in(drafts) if (source, name) in self._imported}
        last = Seq(len(self._of(one.room)))
        placed = place_new(drafts, seqs, one.room, Seq(last + 1) if one.label else last)
        if one.label and placed:
            messages = sum(isinstance(record.event, MESSAGE_EVENTS) for record in placed.values())
            self._keep(one.room, Imported(CONSOLE, one.label, len(placed), messages), time_ms)
        for name, record in placed.items():
            self._keep(one.room, record.event, record.time_ms)
            self._imported[source, name] = (one.room, record.seq)
        if one.external_id:
            self._imported.setdefault((source, one.external_id), (one.room, Seq(0)))
        return len(placed)

    def _publish(
        self, publications: Sequence[Publication]
    ) -> tuple[list[RoomHead], dict[tuple[RoomKind, str], RoomId]]:
        """Return the heads and ids with rooms that were staged as they are to be."""
        ids, heads = self._ids.copy(), self._heads.copy()
        for one in publications:
            head = heads[one.room - 1]
            del ids[head.kind, head.key]
            if ids.setdefault((one.kind, one.key), one.room) != one.room:
                raise NameConflict
            heads[one.room - 1] = RoomHead(one.room, one.kind, one.key, one.name)
        return heads, ids

    async def load_heads(self, rooms: Sequence[RoomId]) -> dict[RoomId, Seq]:
        """Return the last `seq` of each of these rooms that exists."""
        await asyncio.sleep(0)
        return {room: Seq(len(self._of(room))) for room in rooms if self._has(room)}

    def messages_of(self, room: RoomId) -> list[Message]:
        """Return a room's messages as the rule of what is unread looks at them."""
        return messages_in(self._of(room))

    def _note_followers(self, record: Record) -> None:
        """Have those follow a thread who wrote in it, began it, or are called in it."""
        event = record.event
        if not isinstance(event, Said) or not 0 < event.thread < record.seq:
            return
        first = self._find_message(record.room, event.thread)
        began = (first.event.author,) if first is not None and isinstance(first.event, MESSAGE_EVENTS) else ()
        for person in (*began, *event.mentions):
            self.follows.setdefault((person, record.room, event.thread), True)
        self.follows[event.author, record.room, event.thread] = True

    def _note_thread(self, record: Record) -> None:
        if isinstance(record.event, Said) and record.event.thread:
            self._threads[record.room, record.seq] = record.event.thread

    def _revise(self, change: Record) -> None:
        """Let messages look as a record has it."""
        for seq in revised_by(change):
            before = self._find_message(change.room, seq)
            after = None if before is None else revise(before, change)
            if after is before and isinstance(change.event, Edited):
                self._blank(change.room, (change.seq,))
            if after is None:
                continue
            if isinstance(after.event, Removed):
                self._of(change.room)[seq - 1] = replace(after, note=None)
                self._blank(change.room, self._notes.pop((change.room, seq), NO_NOTE).edits)
            if after.note is not None:
                self._notes[change.room, seq] = after.note

    def _blank(self, room: RoomId, edits: Sequence[Seq]) -> None:
        records = self._of(room)
        for seq in edits:
            record = records[seq - 1]
            if isinstance(record.event, Edited):
                records[seq - 1] = replace(record, event=blanked(record.event))

    def _messages(self, room: RoomId) -> list[Record]:
        """Return a room's messages as they look now."""
        return [
            shown(one, self._notes.get((room, one.seq))) for one in self._of(room) if isinstance(one.event, _PLACES)
        ]

    def _find_message(self, room: RoomId, seq: Seq) -> Record | None:
        records = self._of(room)
        record = records[seq - 1] if 1 <= seq <= len(records) else None
        return shown(record, self._notes.get((room, seq))) if record and isinstance(record.event, _PLACES) else None

    def _note_membership(self, record: Record) -> None:
        change = membership_of(record.event)
        if change is not None:
            person, is_member = change
            rooms = self._memberships.setdefault(person, set())
            (rooms.add if is_member else rooms.discard)(record.room)

    def _has(self, room: RoomId) -> bool:
        return 1 <= room <= len(self._heads)

    def _of(self, room: RoomId) -> list[Record]:
        return self._records[room - 1] if self._has(room) else []

    def _head(self, room: RoomId) -> RoomHead:
        head = self._heads[room - 1]
        return RoomHead(head.id, head.kind, head.key, head.name, Seq(len(self._of(room))))
