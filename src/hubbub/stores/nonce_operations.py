"""What the store does with nonces, as coroutines over one connection: the same for every database."""

from collections.abc import Sequence

from hubbub.core.catalog import SPOKEN_EVENTS, Record
from hubbub.core.nonces import is_nonce
from hubbub.service.ports import SentMessage
from hubbub.stores.database import Connection


async def note_nonces(connection: Connection, records: Sequence[Record]) -> None:
    """Note what the messages among these were called by their clients; all of them are written."""
    rows = [
        {
            "author": event.author,
            "nonce": event.nonce,
            "room": record.room,
            "seq": record.seq,
            "time_ms": record.time_ms,
        }
        for record in records
        if isinstance(event := record.event, SPOKEN_EVENTS) and is_nonce(event.nonce)
    ]
    if rows:
        await connection.execute(connection.statements.nonces.note, rows)


async def load_sent(connection: Connection, since_ms: int, limit: int) -> list[SentMessage]:
    """Return what was sent since then, the newest first."""
    rows = await connection.fetch(connection.statements.nonces.load, since_ms=since_ms, limit=limit)
    return [SentMessage(*row) for row in rows]


async def forget_sent(connection: Connection, before_ms: int) -> None:
    """Forget what was sent before."""
    await connection.execute(connection.statements.nonces.forget, [{"before_ms": before_ms}])
