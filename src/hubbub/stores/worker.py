"""A thread that does one thing after another for the loop."""

import asyncio
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")

_Job = tuple[
    asyncio.AbstractEventLoop, "asyncio.Future[Any]", Callable[[], Any]
]  # Any: each job has a result of its own


class Worker:
    """Begins when it is made. Half the cost of `loop.run_in_executor`, which makes a future on both sides."""

    def __init__(self, name: str, begin: Callable[[], None] = lambda: None) -> None:
        """Do `begin` first of all, on the thread."""
        self._begin = begin
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        # A daemon, so that a program that forgets to stop it can end.
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def run(self, job: Callable[[], T]) -> "asyncio.Future[T]":
        """Have it done after everything asked before; what it returns or raises is the future's.

        Cancelling the future undoes nothing once the job has begun.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.put((loop, future, job))
        return future

    def stop(self) -> None:
        """End the thread when everything asked before is done, and wait for that."""
        self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        self._begin()
        while (asked := self._jobs.get()) is not None:
            loop, future, job = asked
            if future.cancelled():
                continue
            result, error = None, None
            try:
                result = job()
            except BaseException as raised:  # noqa: BLE001 - it belongs to whoever asked
                error = raised
            try:  # noqa: SIM105 - `suppress` would be three calls more for every message
                loop.call_soon_threadsafe(_answer, future, result, error)
            except RuntimeError:  # the loop was closed: nobody waits any more
                pass
            del asked, loop, future, job, result, error  # or they would live until the next job comes


def _answer(future: "asyncio.Future[T]", result: T, error: BaseException | None) -> None:
    if future.cancelled():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)
