"""Readers: who reads records one after the other with `async for`, each of them all that come."""

import weakref
from collections.abc import AsyncIterator, Callable

from hubbub.client.listeners import Waiting
from hubbub.client.records import Record
from hubbub.core.catalog import AnyEvent

Heard = Waiting[Record[AnyEvent]]


class Records(AsyncIterator[Record[AnyEvent]]):
    """The records that come, in order. Who reads too slowly holds the server back, and fills no memory."""

    def __init__(self, waiting: Heard, raise_failure: Callable[[], None]) -> None:
        self._waiting = waiting
        self._raise_failure = raise_failure

    @property
    def waiting(self) -> int:
        """How many have come and are not read yet."""
        return len(self._waiting)

    async def __anext__(self) -> Record[AnyEvent]:
        record = await self._waiting.take()
        if record is None:
            self._raise_failure()
            raise StopAsyncIteration
        return record


class Readers:
    """All that read at present. Whoever drops his iterator, as `break` does, holds up nobody any more."""

    def __init__(self, taken: Callable[[], None], lost: Callable[[], None], raise_failure: Callable[[], None]) -> None:
        """See `Waiting`; `raise_failure` raises why nothing more will come, if that is no orderly end."""
        self._taken = taken
        self._lost = lost
        self._raise_failure = raise_failure
        # Nobody has to keep a reference for this: it goes with the iterator that reads it.
        self._open: weakref.WeakSet[Heard] = weakref.WeakSet()
        self._early: Heard | None = Waiting(taken, lost, is_ring=True)
        """What came before anybody read: the newest of it waits for the first who does."""
        self._is_over = False

    @property
    def is_full(self) -> bool:
        """Whether any of them is far behind."""
        return any(waiting.is_full for waiting in self._open)

    def open(self) -> Records:
        """Begin to read."""
        waiting, self._early = self._early, None
        if waiting is None:
            waiting = Waiting(self._taken, self._lost)
        waiting.is_ring = False
        if self._is_over:
            waiting.end()
        self._open.add(waiting)
        weakref.finalize(waiting, self._taken).atexit = False
        return Records(waiting, self._raise_failure)

    def put(self, record: Record[AnyEvent]) -> None:
        """Let each of them read it."""
        if self._early is not None:
            self._early.put(record)
        for waiting in self._open:
            waiting.put(record)

    def end(self) -> None:
        """Let each of them finish what is there."""
        self._is_over = True
        for waiting in self._open:
            waiting.end()
        if self._early is not None:
            self._early.end()
