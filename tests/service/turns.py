"""Waiting for something in turns of the loop, never in seconds."""

import asyncio
from collections.abc import Callable
from typing import Final

TURNS: Final = 20_000
"""More turns than anything here takes."""


async def until(happened: Callable[[], bool]) -> None:
    """Let the loop turn until something has happened; fails where it never does."""
    for _ in range(TURNS):
        if happened():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never happened")


async def turns(count: int) -> None:
    """Let the loop turn so often."""
    for _ in range(count):
        await asyncio.sleep(0)
