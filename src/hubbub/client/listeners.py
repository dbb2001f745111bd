"""Listeners: where what was heard waits until the program takes it, one after the other and never without bound."""

import asyncio
import inspect
import logging
from collections import deque
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

from hubbub.client.errors import Overrun
from hubbub.client.happenings import Error

T = TypeVar("T")

log = logging.getLogger("hubbub.client")

ENOUGH: Final = 500
"""How many things wait before nothing more is read from the server: a page of history."""

MOST: Final = 8 * ENOUGH
"""How many wait at most. Beyond `ENOUGH` it is read on only while an answer is awaited, which comes behind them."""


class Waiting(Generic[T]):
    """A bounded queue with one reader."""

    def __init__(self, taken: Callable[[], None], lost: Callable[[], None], *, is_ring: bool = False) -> None:
        """Call `taken` when there is room again, and `lost` when things begin to be dropped.

        While it is a ring, nobody reads it: it keeps the newest things, and never counts as full.
        """
        self._things: deque[T] = deque()
        self._taken = taken
        self._lost = lost
        self._is_dropping = False
        self._arrived = asyncio.Event()
        self.is_ring = is_ring
        self.is_over = False
        """Whether nothing more will come."""

    def __len__(self) -> int:
        return len(self._things)

    @property
    def is_full(self) -> bool:
        """Whether reading had better wait."""
        return not self.is_ring and len(self._things) >= ENOUGH

    def put(self, thing: T) -> None:
        """Add something, in the place of the oldest if there is too much."""
        most = ENOUGH if self.is_ring else MOST
        if len(self._things) >= most:
            self._things.popleft()
            if not self.is_ring and not self._is_dropping:
                self._is_dropping = True
                self._lost()
        self._things.append(thing)
        self._arrived.set()

    def end(self) -> None:
        """Let the reader finish what is there."""
        self.is_over = True
        self._arrived.set()

    async def take(self) -> T | None:
        """Return the oldest thing as soon as there is one, or None when nothing more will come."""
        while not self._things:
            if self.is_over:
                return None
            self._arrived.clear()
            await self._arrived.wait()
        thing = self._things.popleft()
        if len(self._things) < ENOUGH:
            self._is_dropping = False
            self._taken()
        return thing


Callback = Callable[[Any], object]
"""What a program wants to be called: a function or a coroutine function of one argument."""


class Callbacks:
    """Which callbacks there are; a task calls them, one after the other, in the order in which things happened."""

    def __init__(self, taken: Callable[[], None]) -> None:
        self._by_kind: dict[type, list[Callback]] = {}
        self._waiting: Waiting[tuple[type, object]] = Waiting(taken, self._report_lost)
        self._task: asyncio.Task[None] | None = None

    @property
    def is_full(self) -> bool:
        """Whether they are far behind."""
        return self._waiting.is_full

    def add(self, kind: type, callback: Callback) -> None:
        """Call it with whatever is of that kind, or of one that is derived from it."""
        self._by_kind.setdefault(kind, []).append(callback)

    def start(self) -> None:
        """Begin to call."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="hubbub callbacks")

    def put(self, kind: type, thing: object) -> None:
        """Let what is interested in that kind be called with the thing."""
        if self._find(kind):
            self._waiting.put((kind, thing))

    def report(self, error: Exception, where: str) -> None:
        """Tell of an error, or log it where nobody wants to be told."""
        if self._find(Error):
            self.put(Error, Error(error, where))
        else:
            log.error("%s: %s", where, error, exc_info=error)

    async def finish(self) -> None:
        """Return when everything that has happened was told; at once, if it is a callback that asks for it."""
        self._waiting.end()
        if self._task is not None and self._task is not asyncio.current_task():
            await asyncio.wait([self._task])

    def cancel(self) -> None:
        """Call nothing any more."""
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        while (entry := await self._waiting.take()) is not None:
            kind, thing = entry
            for callback in self._find(kind):
                await self._call(callback, thing)

    async def _call(self, callback: Callback, thing: object) -> None:
        try:
            result = callback(thing)
            if inspect.isawaitable(result):
                await result
        except Exception as error:
            where = getattr(callback, "__qualname__", repr(callback))
            if isinstance(thing, Error):
                log.exception("%s failed when it was told of an error", where)
            else:
                self.report(error, where)

    def _find(self, kind: type) -> list[Callback]:
        return [callback for base in kind.__mro__ for callback in self._by_kind.get(base, ())]

    def _report_lost(self) -> None:
        log.warning("callbacks are too slow: %s", Overrun())
