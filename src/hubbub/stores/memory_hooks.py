"""The reference: webhooks in memory, forgotten when the process ends."""

import asyncio

from msgspec.structs import replace

from hubbub.core.kinds import PersonId, RoomId
from hubbub.service.hook_store import AnyHook, HookId, IncomingHook, OutgoingHook, Progress


class MemoryHooks:
    """Keeps everything in a dictionary. Several nodes of one process may share it.

    Every method first yields to the loop, as a database would, so that races show.
    """

    def __init__(self) -> None:
        self._hooks: dict[HookId, AnyHook] = {}

    async def add(self, hook: AnyHook) -> None:
        """Keep a new webhook."""
        await asyncio.sleep(0)
        self._hooks[hook.id] = hook

    async def find(self, hook: HookId) -> AnyHook | None:
        """Return the webhook of that id, or None."""
        await asyncio.sleep(0)
        return self._hooks.get(hook)

    async def find_secret(self, secret_hash: bytes) -> IncomingHook | None:
        """Return the webhook with that secret, or None."""
        await asyncio.sleep(0)
        incoming = (hook for hook in self._hooks.values() if isinstance(hook, IncomingHook))
        return next((hook for hook in incoming if hook.secret_hash == secret_hash), None)

    async def list_room(self, room: RoomId) -> list[AnyHook]:
        """Return a channel's webhooks, the oldest first."""
        await asyncio.sleep(0)
        return sorted((hook for hook in self._hooks.values() if hook.room == room), key=by_age)

    async def list_outgoing(self) -> list[OutgoingHook]:
        """Return all webhooks that are posted to, the oldest first."""
        await asyncio.sleep(0)
        return sorted((hook for hook in self._hooks.values() if isinstance(hook, OutgoingHook)), key=by_age)

    async def count_made_by(self, account: PersonId) -> int:
        """Return how many webhooks of somebody's there are."""
        await asyncio.sleep(0)
        return sum(hook.created_by == account for hook in self._hooks.values())

    async def note_use(self, hook: HookId, time_ms: int) -> None:
        """Remember when something was said by a webhook, unless a later time is known."""
        await asyncio.sleep(0)
        kept = self._hooks.get(hook)
        if isinstance(kept, IncomingHook) and (kept.used_ms is None or kept.used_ms < time_ms):
            self._hooks[hook] = replace(kept, used_ms=time_ms)

    async def save_progress(self, hook: HookId, progress: Progress) -> None:
        """Keep how far posting has come."""
        await asyncio.sleep(0)
        kept = self._hooks.get(hook)
        if isinstance(kept, OutgoingHook):
            self._hooks[hook] = replace(kept, progress=progress)

    async def delete(self, hook: HookId) -> bool:
        """Forget a webhook, and return whether there was one."""
        await asyncio.sleep(0)
        return self._hooks.pop(hook, None) is not None


def by_age(hook: AnyHook) -> tuple[int, HookId]:
    """Return what webhooks are ordered by."""
    return hook.created_ms, hook.id
