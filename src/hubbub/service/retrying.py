"""Retrying: what has to be done in the end, however long the store cannot."""

import asyncio
from collections.abc import Awaitable, Callable

from hubbub.service.ports import StoreUnavailable
from hubbub.service.scribe import RETRY_SECONDS

Work = Callable[[], Awaitable[object]]
"""Something that may raise `StoreUnavailable`, and is harmless when repeated until it has not."""


class Retrying:
    """Does things now if the store can, and else in the background, again and again until it can.

    What is not done when the server stops is not done at all.
    """

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    async def do(self, work: Work) -> None:
        """Do it, or see to it that it will be done."""
        try:
            await work()
        except StoreUnavailable:
            self.start(work)

    def start(self, work: Work) -> None:
        """See to it that it will be done."""
        task = asyncio.get_running_loop().create_task(_repeat(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _repeat(work: Work) -> None:
    while True:
        try:
            await work()
        except StoreUnavailable:
            await asyncio.sleep(RETRY_SECONDS)
        else:
            return
