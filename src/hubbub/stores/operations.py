"""What the store does, as coroutines over one connection: the same for every database."""

from collections.abc import Collection, Sequence
from typing import Any, Final

import msgspec

from hubbub.core.catalog import MESSAGE_EVENTS, SPOKEN_EVENTS, Record, membership_of
from hubbub.core.features.messages import ERASED, Said
from hubbub.core.features.settings import RoomRenamed
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.revising import revised_by
from hubbub.core.room import RoomHead, RoomKind, direct_people
from hubbub.service.ports import ERASE_LIMIT, Draft, NameConflict, Snapshot
from hubbub.stores.database import Connection
from hubbub.stores.message_operations import forget_notes, keep_revisions
from hubbub.stores.nonce_operations import note_nonces
from hubbub.stores.notebook_operations import note_calls
from hubbub.stores.search_hook import forget_messages
from hubbub.stores.shelf_operations import forget_showings, note_showings
from hubbub.wire.records import decode_event, encode_event

_ERASED_BODY: Final = encode_event(ERASED).decode()
"""What stands in the place of every message that is erased."""


async def open_room(connection: Connection, kind: RoomKind, key: str, name: str) -> RoomHead:
    """Return the room, which begins to exist if it does not."""
    await connection.execute(connection.statements.rooms.insert, [{"kind": kind.value, "key": key, "name": name}])
    (row,) = await connection.fetch(connection.statements.rooms.find, kind=kind.value, key=key)
    head = _head(row)
    people = direct_people(kind, key)
    if people:
        rows = [{"person": person, "room": head.id} for person in people]
        await connection.execute(connection.statements.rooms.insert_membership, rows)
    return head


async def find_room(connection: Connection, kind: RoomKind, key: str) -> RoomHead | None:
    """Return the room, if there is one."""
    rows = await connection.fetch(connection.statements.rooms.find, kind=kind.value, key=key)
    return _head(rows[0]) if rows else None


async def list_rooms(connection: Connection, kind: RoomKind) -> list[RoomHead]:
    """Return all rooms of a kind, ordered by key."""
    rows = await connection.fetch(connection.statements.rooms.list, kind=kind.value)
    # Sorted here, because databases order texts by the rules of whatever language they were set up for.
    return sorted(map(_head, rows), key=lambda head: head.key)


async def list_memberships(connection: Connection, person: PersonId) -> list[RoomHead]:
    """Return the channels that somebody is in and the conversations that are his."""
    return list(map(_head, await connection.fetch(connection.statements.rooms.list_memberships, person=person)))


async def append(connection: Connection, drafts: Sequence[Draft], time_ms: int) -> list[Record]:
    """Give each draft its place and write it: a few statements, however many rooms and drafts there are."""
    heads = await _take_places(connection, drafts)
    records, renamed = [], []
    for draft in drafts:
        room, event = draft.room, draft.event
        seq = heads[room] = Seq(heads[room] + 1)
        records.append(Record(room, seq, time_ms, event))
        if type(event) is RoomRenamed:
            renamed.append((room, event))
    await write_records(connection, records)
    for room, event in renamed:
        await _rename_room(connection, room, event)
    return records


async def _take_places(connection: Connection, drafts: Sequence[Draft]) -> dict[RoomId, Seq]:
    """Return the last record of each room before these, and note what it will be after them; nobody else can."""
    counts: dict[RoomId, int] = {}
    for draft in drafts:
        counts[draft.room] = counts.get(draft.room, 0) + 1
    if len(counts) == 1:
        ((room, count),) = counts.items()
        # One statement less: each costs more than what it does.
        rows = await connection.fetch(connection.statements.rooms.advance, room=room, count=count)
        heads = {room: Seq(rows[0][0] - count)} if rows else {}
    else:
        heads = await connection.lock_heads(counts)
        after = [{"room": room, "head": head + counts[room]} for room, head in heads.items()]
        await connection.execute(connection.statements.rooms.set_head, after)
    if missing := counts.keys() - heads.keys():
        raise LookupError(f"there are no rooms {sorted(missing)}")
    return heads


async def set_head(connection: Connection, room: RoomId, head: Seq) -> None:
    """Note a room's last record."""
    await connection.execute(connection.statements.rooms.set_head, [{"room": room, "head": head}])


async def write_records(connection: Connection, records: Sequence[Record]) -> None:
    """Write records at their places, and what they make of messages and memberships."""
    await connection.execute(connection.statements.insert_record, list(map(_row, records)))
    records = [record for record in records if not _stands_alone(record)]
    if not records:
        return
    if revising := [record for record in records if revised_by(record)]:
        await keep_revisions(connection, revising)
    await note_calls(connection, records, revising)
    await note_showings(connection, records)
    await note_nonces(connection, records)
    await _keep_memberships(connection, records)


def _stands_alone(record: Record) -> bool:
    """Return whether nothing but the record is to be written: as most are, and to have each part ask costs more.

    What is written elsewhere as well is named here, and a test holds each part of a message against it.
    """
    event = record.event
    return type(event) is Said and not (event.thread or event.mentions or event.calls_all or event.files or event.nonce)


def _row(record: Record) -> dict[str, object]:
    event = record.event
    is_message = isinstance(event, MESSAGE_EVENTS)
    return {
        "room": record.room,
        "seq": record.seq,
        "time_ms": record.time_ms,
        "message_seq": record.seq if is_message or isinstance(event, SPOKEN_EVENTS) else None,
        "body": encode_event(event).decode(),
        "author": event.author if is_message else None,
        "thread": (event.thread or None) if isinstance(event, Said) else None,
    }


async def _keep_memberships(connection: Connection, records: Sequence[Record]) -> None:
    """Note who is in which channel after all of these events."""
    changed = {
        (change[0], record.room): change[1] for record in records if (change := membership_of(record.event)) is not None
    }
    if not changed:
        return
    came, went = connection.statements.rooms.insert_membership, connection.statements.rooms.delete_membership
    for statement, is_member in ((came, True), (went, False)):
        rows = [{"person": person, "room": room} for (person, room), state in changed.items() if state is is_member]
        if rows:
            await connection.execute(statement, rows)


async def _rename_room(connection: Connection, room: RoomId, event: RoomRenamed) -> None:
    """Call a channel something else. Should two nodes do so at once, the database's own constraint refuses one."""
    found = await find_room(connection, RoomKind.CHANNEL, event.key)
    if found is not None and found.id != room:
        raise NameConflict
    row = {"room": room, "new_key": event.key, "new_name": event.new_name}
    await connection.execute(connection.statements.rooms.rename, [row])


async def was_appended(connection: Connection, records: Sequence[Record]) -> bool:
    """Say what became of records whose commit was not answered, once their transaction is over.

    While it is not, it holds the rooms' rows, and this waits for them. All of it was kept if the first record was:
    another one in its place would differ.
    """
    first = records[0]
    await connection.lock_heads({record.room for record in records})
    return await load_records(connection, first.room, Seq(first.seq - 1), 1) == [first]


async def load_records(connection: Connection, room: RoomId, after: Seq, limit: int) -> list[Record]:
    """Return up to `limit` of a room's records with `seq > after`, in order."""
    rows = await connection.fetch(connection.statements.load_records, room=room, after=after, limit=limit)
    return [_record(row) for row in rows]


async def erase_messages(connection: Connection, room: RoomId, before_ms: int, keep: int | None) -> Seq:
    """Erase a room's oldest messages, and return the last one's `seq`."""
    statements = connection.statements
    oldest = await connection.fetch(statements.oldest_messages, room=room, limit=ERASE_LIMIT)
    last = max((seq for seq, time_ms in oldest if time_ms < before_ms), default=0)
    if keep is not None and oldest:
        surplus = await connection.fetch(statements.message_from_end, room=room, keep=keep)
        last = max(last, *(min(seq, oldest[-1][0]) for (seq,) in surplus), 0)
    if last:
        await forget_messages(connection, room, Seq(last))
        await forget_notes(connection, room, Seq(last))
        await forget_showings(connection, room, Seq(last))
        await connection.execute(statements.notebook.delete_mentions_until, [{"room_": room, "last_": last}])
        await connection.execute(statements.erase_messages, [{"room": room, "last": last, "erased": _ERASED_BODY}])
    return Seq(last)


async def load_head(connection: Connection, room: RoomId) -> RoomHead | None:
    """Return a room by its id, if there is one."""
    rows = await connection.fetch(connection.statements.rooms.load_head, room=room)
    return _head(rows[0]) if rows else None


async def load_snapshot(connection: Connection, room: RoomId) -> Snapshot | None:
    """Return a room's snapshot, if it has one."""
    rows = await connection.fetch(connection.statements.load_snapshot, room=room)
    return Snapshot(*rows[0]) if rows else None


async def save_snapshot(connection: Connection, room: RoomId, snapshot: Snapshot) -> None:
    """Keep a room's snapshot unless a newer one is kept."""
    row = {"room": room, "seq": snapshot.seq, "state": snapshot.state}
    await connection.execute(connection.statements.save_snapshot, [row])


async def load_heads(connection: Connection, rooms: Collection[RoomId]) -> dict[RoomId, Seq]:
    """Return the last `seq` of each of these rooms that exists."""
    statements = connection.statements.rooms
    if len(rooms) == 1:
        # As a rule it is one, and to look into an array takes three times as long.
        (room,) = rooms
        return dict(await connection.fetch(statements.head, room=room))
    rows = await connection.fetch(statements.heads, rooms=json_array(rooms))
    return dict(rows)


def json_array(rooms: Collection[RoomId]) -> str:
    """Return the rooms as the statements take them."""
    return msgspec.json.encode(list(rooms)).decode()


def _head(row: tuple[Any, ...]) -> RoomHead:
    room, kind, key, name, seq = row
    return RoomHead(room, RoomKind(kind), key, name, seq)


def _record(row: tuple[Any, ...]) -> Record:
    room, seq, time_ms, body = row
    return Record(room, seq, time_ms, decode_event(body))
