"""Lanes: only so much at once, and what is slow holds up nothing but what is slow as well."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

PROMPT_LANE: Final = 16
"""How much of what is prompt may be under way."""

SLOW_LANE: Final = 16
"""How much of what was slow the last time."""

SLOW_SECONDS: Final = 1.0
"""From when on it is slow: a receiver that has nothing else to do answers within a tenth of that."""


class Lanes:
    """Two queues, each of which moves on as its own end does."""

    def __init__(self) -> None:
        self._prompt = asyncio.Semaphore(PROMPT_LANE)
        self._slow = asyncio.Semaphore(SLOW_LANE)

    @asynccontextmanager
    async def take(self, *, is_slow: bool) -> AsyncIterator[None]:
        """Wait for one's turn, and have it."""
        async with self._slow if is_slow else self._prompt:
            yield

    @staticmethod
    def is_slow(seconds: float) -> bool:
        """Return whether what took so long belongs into the slow lane from now on."""
        return seconds >= SLOW_SECONDS
