"""What whoever changes or erases messages tells the search index, in the same transaction."""

from hubbub.core.features.messages import Announced, Said
from hubbub.core.kinds import RoomId, Seq
from hubbub.stores.database import Connection
from hubbub.stores.search_index import Change, change
from hubbub.wire.records import decode_event


async def replace_text(connection: Connection, room: RoomId, seq: Seq, old_text: str, new_text: str | None) -> None:
    """Find a message by its new text from now on, and never again by its old one; None is for one that was deleted.

    The record still says whose message it is.
    """
    if not connection.keeps_index:
        return
    rows = await connection.fetch(connection.statements.load_records, room=room, after=seq - 1, limit=1)
    for _, _, time_ms, body in rows:
        event = decode_event(body)
        await change(connection, [Change(room, seq, time_ms, event.author, event.name, old_text, new_text)])


async def forget_messages(connection: Connection, room: RoomId, last: Seq) -> None:
    """Forget a room's messages up to the last one that is about to be erased; all of them are still there."""
    if not connection.keeps_index:
        return
    rows = await connection.fetch(connection.statements.search.messages, room=room, after=0, last=last, limit=last)
    changes = []
    for _, seq, time_ms, body in rows:
        event = decode_event(body)
        if isinstance(event, Said | Announced):
            changes.append(Change(room, seq, time_ms, event.author, event.name, event.text, None))
    await change(connection, changes)
