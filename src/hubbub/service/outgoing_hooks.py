"""Outgoing webhooks: what happens in rooms is posted to those who asked for it."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping

from hubbub.core.house import House
from hubbub.core.kinds import RoomId, Seq
from hubbub.service.hook_delivery import HookDelivery, Means
from hubbub.service.hook_schedule import Spread
from hubbub.service.hook_speaking import HookSpeaking
from hubbub.service.hook_store import HookId, HookStore, OutgoingHook, Progress
from hubbub.service.lanes import Lanes
from hubbub.service.ports import Clock, Store
from hubbub.service.posting import Poster
from hubbub.service.rooms import Rooms

MakePoster = Callable[[], Awaitable[Poster]]
"""Makes the one who posts; nobody does before there is something to post."""


class OutgoingHooks:
    """Knows all of them, and wakes those whose room something happens in."""

    def __init__(  # noqa: PLR0913 - the parts it joins, and nothing else
        self,
        hooks: HookStore,
        store: Store,
        rooms: Rooms,
        house: House,
        speaking: HookSpeaking,
        clock: Clock,
        make_poster: MakePoster,
        spread: Spread = random.random,
    ) -> None:
        self._hooks = hooks
        self._make_poster = make_poster
        self._poster: Poster | None = None
        self._making = asyncio.Lock()
        self._means = Means(hooks, store, rooms, house, speaking, self._find_poster, Lanes(), clock, spread)
        self._by_room: dict[RoomId, dict[HookId, HookDelivery]] = {}

    async def open(self) -> None:
        """Go on where it stopped. Raises `StoreUnavailable`."""
        for hook in await self._hooks.list_outgoing():
            self.add(hook)

    async def close(self) -> None:
        """Post nothing any more."""
        deliveries = [one for room in self._by_room.values() for one in room.values()]
        await asyncio.gather(*(one.close() for one in deliveries))
        self._by_room.clear()
        if self._poster is not None:
            await self._poster.close()

    async def require_allowed(self, url: str) -> None:
        """Raise `Unreachable` where nothing may be posted."""
        await (await self._find_poster()).require_allowed(url)

    def notice(self, heads: Mapping[RoomId, Seq]) -> None:
        """Post soon what was just kept in these rooms."""
        if not self._by_room:
            return
        for room in heads:
            for delivery in self._by_room.get(room, {}).values():
                delivery.wake()

    def add(self, hook: OutgoingHook) -> None:
        """Post to a webhook from now on."""
        delivery = HookDelivery(hook, self._means)
        self._by_room.setdefault(hook.room, {})[hook.id] = delivery
        delivery.resume()

    async def remove(self, hook: OutgoingHook) -> None:
        """Post to it no longer."""
        deliveries = self._by_room.get(hook.room, {})
        delivery = deliveries.pop(hook.id, None)
        if not deliveries:
            self._by_room.pop(hook.room, None)
        if delivery is not None:
            await delivery.close()

    def restart(self, hook: OutgoingHook, progress: Progress) -> None:
        """Begin again with one that was given up, or that waits."""
        delivery = self._by_room.get(hook.room, {}).get(hook.id)
        if delivery is not None:
            delivery.restart(progress)

    def progress_of(self, hook: OutgoingHook) -> Progress:
        """Return how far posting has come."""
        delivery = self._by_room.get(hook.room, {}).get(hook.id)
        return hook.progress if delivery is None else delivery.hook.progress

    async def _find_poster(self) -> Poster:
        async with self._making:
            if self._poster is None:
                self._poster = await self._make_poster()
            return self._poster
