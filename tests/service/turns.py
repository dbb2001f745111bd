"""Waiting for something in turns of the loop, however long each of them takes."""

import asyncio
import time
from collections.abc import Callable
from typing import Final

PATIENCE_SECONDS: Final = 60
"""Longer than anything here takes on a machine that is busy with something else. Only a bound."""


async def until(happened: Callable[[], bool]) -> None:
    """Let the loop turn until something has happened; fails where it never does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        if time.monotonic() > deadline:
            raise AssertionError("it never happened")
        await asyncio.sleep(0)


async def turns(count: int) -> None:
    """Let the loop turn so often."""
    for _ in range(count):
        await asyncio.sleep(0)
