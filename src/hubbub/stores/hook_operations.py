"""What is done with webhooks, as coroutines over one connection: the same for every database."""

from typing import Any

import msgspec

from hubbub.core.hooks import HookTopic
from hubbub.core.kinds import PersonId, RoomId
from hubbub.service.hook_store import AnyHook, HookId, IncomingHook, OutgoingHook, Progress
from hubbub.stores.database import Connection


async def add(connection: Connection, hook: AnyHook) -> None:
    """Keep a new webhook."""
    statements = connection.statements.hooks
    if isinstance(hook, IncomingHook):
        await connection.execute(statements.insert_incoming, [msgspec.structs.asdict(hook)])
        return
    row = msgspec.structs.asdict(hook)
    progress = row.pop("progress")
    row["topics"] = " ".join(hook.topics)
    await connection.execute(statements.insert_outgoing, [row | msgspec.structs.asdict(progress)])


async def find(connection: Connection, hook: HookId) -> AnyHook | None:
    """Return the webhook of that id, or None."""
    statements = connection.statements.hooks
    if rows := await connection.fetch(statements.find_incoming, id_=hook):
        return IncomingHook(*rows[0])
    rows = await connection.fetch(statements.find_outgoing, id_=hook)
    return _outgoing(rows[0]) if rows else None


async def find_secret(connection: Connection, secret_hash: bytes) -> IncomingHook | None:
    """Return the webhook with that secret, or None."""
    rows = await connection.fetch(connection.statements.hooks.find_secret, secret_hash_=secret_hash)
    return IncomingHook(*rows[0]) if rows else None


async def list_room(connection: Connection, room: RoomId) -> list[AnyHook]:
    """Return a channel's webhooks, the oldest first."""
    statements = connection.statements.hooks
    incoming = await connection.fetch(statements.list_incoming_of_room, room_=room)
    outgoing = await connection.fetch(statements.list_outgoing_of_room, room_=room)
    hooks: list[AnyHook] = [*(IncomingHook(*row) for row in incoming), *map(_outgoing, outgoing)]
    # Sorted here, because databases order texts by the rules of whatever language they were set up for.
    return sorted(hooks, key=lambda hook: (hook.created_ms, hook.id))


async def list_outgoing(connection: Connection) -> list[OutgoingHook]:
    """Return all webhooks that are posted to, the oldest first."""
    rows = await connection.fetch(connection.statements.hooks.list_outgoing)
    return sorted(map(_outgoing, rows), key=lambda hook: (hook.created_ms, hook.id))


async def count_made_by(connection: Connection, account: PersonId) -> int:
    """Return how many webhooks of somebody's there are."""
    statements = connection.statements.hooks
    (incoming,) = await connection.fetch(statements.count_incoming_of, account_=account)
    (outgoing,) = await connection.fetch(statements.count_outgoing_of, account_=account)
    return int(incoming[0]) + int(outgoing[0])


async def note_use(connection: Connection, hook: HookId, time_ms: int) -> None:
    """Remember when something was said by a webhook, unless a later time is known."""
    row = {"id_": hook, "time_ms": time_ms, "before_ms": time_ms}
    await connection.execute(connection.statements.hooks.note_use, [row])


async def save_progress(connection: Connection, hook: HookId, progress: Progress) -> None:
    """Keep how far posting has come."""
    changed = {f"{name}_": value for name, value in msgspec.structs.asdict(progress).items()}
    await connection.execute(connection.statements.hooks.save_progress, [{"id_": hook, **changed}])


async def delete(connection: Connection, hook: HookId) -> bool:
    """Forget a webhook, and return whether there was one; of several who do so at once, one did."""
    statements = connection.statements.hooks
    found = False
    for lock, remove in (
        (statements.lock_incoming, statements.delete_incoming),
        (statements.lock_outgoing, statements.delete_outgoing),
    ):
        if await connection.fetch(lock, id_=hook):
            await connection.execute(remove, [{"id_": hook}])
            found = True
    return found


def _outgoing(row: tuple[Any, ...]) -> OutgoingHook:
    hook, room, person, label, maker, created_ms, url, secret, topics, *progress = row
    seq, failures, retry_ms, is_given_up = progress
    known: tuple[HookTopic, ...] = tuple(topics.split())
    how_far = Progress(seq, failures, retry_ms, bool(is_given_up))
    return OutgoingHook(hook, room, person, label, maker, created_ms, url, secret, known, how_far)
