"""What the store does with messages, as coroutines over one connection: the same for every database."""

from collections.abc import Sequence
from typing import Final

from hubbub.core.catalog import Record
from hubbub.core.features.annotating import Deleted, Edited, blanked
from hubbub.core.kinds import RoomId, Seq
from hubbub.core.revising import revise, revised_by
from hubbub.stores.database import Connection
from hubbub.stores.rows import shown_record
from hubbub.stores.search_hook import replace_message
from hubbub.wire.records import decode_event, decode_note, encode_event, encode_note

BEYOND_ALL: Final = Seq(2**63 - 1)
"""Larger than any record's `seq`."""


async def load_messages(connection: Connection, room: RoomId, before: Seq | None, limit: int) -> list[Record]:
    """Return a room's last `limit` messages with `seq < before`, in order."""
    before = BEYOND_ALL if before is None else before
    rows = await connection.fetch(connection.statements.messages.before, room=room, before=before, limit=limit)
    return [shown_record(row) for row in reversed(rows)]


async def load_messages_after(connection: Connection, room: RoomId, after: Seq, limit: int) -> list[Record]:
    """Return a room's first `limit` messages with `seq > after`, in order."""
    rows = await connection.fetch(connection.statements.messages.after, room=room, after=after, limit=limit)
    return [shown_record(row) for row in rows]


async def load_message(connection: Connection, room: RoomId, seq: Seq) -> Record | None:
    """Return one message as it looks now, or None where there is none."""
    rows = await connection.fetch(connection.statements.messages.one, room=room, seq_=seq)
    return shown_record(rows[0]) if rows else None


async def load_thread(connection: Connection, room: RoomId, root: Seq, before: Seq | None, limit: int) -> list[Record]:
    """Return the last `limit` answers in a thread with `seq < before`, in order."""
    before = BEYOND_ALL if before is None else before
    statement = connection.statements.messages.in_thread
    rows = await connection.fetch(statement, room=room, thread=root, before=before, limit=limit)
    return [shown_record(row) for row in reversed(rows)]


async def find_time(connection: Connection, room: RoomId, time_ms: int) -> Seq:
    """Return where a room's messages from that time on begin: the `seq` of the first one, or one beyond the last.

    Halving, for messages are not found by their times. Where the clock jumped back, one of several places.
    """
    heads = await connection.fetch(connection.statements.rooms.load_head, room=room)
    low, high = Seq(0), Seq(heads[0][-1] + 1 if heads else 1)
    while low + 1 < high:
        middle = Seq((low + high) // 2)
        rows = await connection.fetch(connection.statements.messages.times, room=room, after=middle - 1, limit=1)
        if not rows or rows[0][1] >= time_ms:
            high = middle
        else:
            low = Seq(min(rows[0][0], high - 1))
    return high


async def keep_revisions(connection: Connection, records: Sequence[Record]) -> None:
    """Let messages look as these records have it, which were just written."""
    for record in records:
        for seq in revised_by(record):
            message = await load_message(connection, record.room, seq)
            if message is not None:
                await _keep(connection, message, record)
            elif isinstance(record.event, Edited):  # it was erased meanwhile
                await _blank(connection, record.room, (record.seq,))


async def _keep(connection: Connection, before: Record, change: Record) -> None:
    after = revise(before, change)
    if after is before:
        if isinstance(change.event, Edited):  # another node has deleted it meanwhile
            await _blank(connection, change.room, (change.seq,))
        return
    await replace_message(connection, before, after)
    if isinstance(change.event, Deleted) and before.seq == change.event.message:
        body = encode_event(after.event).decode()
        await connection.execute(
            connection.statements.messages.remove, [{"room_": before.room, "seq_": before.seq, "new_body": body}]
        )
        if before.note is not None:
            await _blank(connection, before.room, before.note.edits)
    await _keep_note(connection, after)


async def _keep_note(connection: Connection, message: Record) -> None:
    statements = connection.statements.messages
    if message.note is None:
        await connection.execute(statements.delete_note, [{"room_": message.room, "seq_": message.seq}])
        return
    row = {"room": message.room, "seq": message.seq, "body": encode_note(message.note).decode()}
    await connection.execute(statements.save_note, [row])


async def forget_notes(connection: Connection, room: RoomId, last: Seq) -> None:
    """Forget what became of a room's messages up to one of them, and what they said in between."""
    statements = connection.statements.messages
    for (body,) in await connection.fetch(statements.notes_until, room_=room, last=last):
        await _blank(connection, room, decode_note(body).edits)
    await connection.execute(statements.delete_notes_until, [{"room_": room, "last": last}])


async def _blank(connection: Connection, room: RoomId, edits: Sequence[Seq]) -> None:
    """Let nothing be read any more in these records of edits."""
    statements = connection.statements.messages
    for seq in edits:
        for (body,) in await connection.fetch(statements.body, room_=room, seq_=seq):
            event = decode_event(body)
            if isinstance(event, Edited):
                row = {"room_": room, "seq_": seq, "new_body": encode_event(blanked(event)).decode()}
                await connection.execute(statements.set_body, [row])
