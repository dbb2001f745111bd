"""What whoever changes or erases messages tells the search index, in the same transaction."""

from collections.abc import Sequence

from hubbub.core.catalog import MESSAGE_EVENTS, Record
from hubbub.core.kinds import RoomId, Seq
from hubbub.stores.database import Connection
from hubbub.stores.rows import shown_record
from hubbub.stores.search_index import Change, change


async def replace_message(connection: Connection, before: Record, after: Record) -> None:
    """Find a message as it looks now, and never again as it looked before; it may have been deleted."""
    old, new = before.event, after.event
    if not connection.keeps_index or not isinstance(old, MESSAGE_EVENTS):
        return
    new_text = new.text if isinstance(new, MESSAGE_EVENTS) else None
    if new_text != old.text:
        await change(connection, [Change(before, old.text, new_text)])


async def forget_messages(connection: Connection, room: RoomId, last: Seq) -> None:
    """Forget a room's messages up to the last one that is about to be erased; all of them are still there."""
    if not connection.keeps_index:
        return
    rows = await connection.fetch(connection.statements.search.messages, room=room, after=0, last=last, limit=last)
    await change(connection, _forgotten(list(map(shown_record, rows))))


def _forgotten(messages: Sequence[Record]) -> list[Change]:
    return [
        Change(message, message.event.text, None) for message in messages if isinstance(message.event, MESSAGE_EVENTS)
    ]
