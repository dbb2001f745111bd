"""Pausing: something has to be found out or brought before anything more is heard of a client."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from typing import Any

from hubbub.gateways.conversation import Intent, Intents

Conclusion = Callable[[], None]
"""What is to be done first when a pause is over."""

Work = Coroutine[Any, Any, Conclusion]
"""What is waited for."""


class Pause:
    """One piece of work at a time, and what was wanted and is to be done after it."""

    __slots__ = ("_ended", "_judge", "_suspended", "_suspended_before", "_task", "is_on")

    def __init__(self, ended: Callable[[Conclusion], None], judge: Callable[[Exception], None]) -> None:
        """Call `ended` after each piece of work; what it comes to where it fails is up to `judge`."""
        self._ended = ended
        self._judge = judge
        self._task: asyncio.Task[None] | None = None
        self.is_on = False
        """Whether something is waited for."""
        self._suspended: list[Iterator[Intent]] = []
        """What is to be done after it, the last first."""
        self._suspended_before = 0
        """How much of that was there when it began."""

    def begin(self, work: Work) -> None:
        """Wait for the work."""
        self._suspended_before = len(self._suspended)
        self._task = asyncio.get_running_loop().create_task(self._wait_for(work))
        self.is_on = True

    async def _wait_for(self, work: Work) -> None:
        try:
            conclude = await work
        except Exception as error:  # noqa: BLE001 - the error policy
            conclude = partial(self._judge, error)
        self._task = None
        self.is_on = False
        self._ended(conclude)

    def suspend(self, wanted: Iterator[Intent]) -> None:
        """Keep what else was wanted by what wanted the work; it goes on before what wanted that."""
        self._suspended.insert(self._suspended_before, wanted)

    def go_on(self, perform: Callable[[Intents], None]) -> None:
        """Do what was kept, until it wants work again."""
        while self._suspended and not self.is_on:
            perform(self._suspended.pop())

    def cancel(self) -> None:
        """Let the work be."""
        if self._task is not None:
            self._task.cancel()
