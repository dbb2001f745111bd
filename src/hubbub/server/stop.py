"""Stopping: tell everyone, finish what was accepted, and be gone within a bounded time."""

import asyncio
import os
import signal
from typing import Final

import structlog

from hubbub.gateways.closing import Closing
from hubbub.server.port import Port

IMPATIENT_EXIT: Final = 130
"""Exit code after a second Ctrl+C: 128 + SIGINT, as shells count it."""

log = structlog.get_logger(__name__)


class StopSignal:
    """Waits for SIGTERM or Ctrl+C; the second one leaves at once."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._asked = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._ask)

    async def wait(self) -> None:
        """Wait until somebody wants the server to stop."""
        await self._asked.wait()

    def _ask(self) -> None:
        if self._asked.is_set():
            # What is committed is durable already; everything else was told that it may be lost.
            os._exit(IMPATIENT_EXIT)
        self._asked.set()


async def close_connections(port: Port, seconds: float) -> None:
    """Accept nobody, tell everyone, answer what was asked, empty the outboxes; drop whoever takes longer."""
    port.stop_accepting()
    await port.wait_until_begun()
    for connection in list(port.connections):
        connection.finish(Closing.STOPPING)
    try:
        async with asyncio.timeout(seconds or None):
            await port.wait_until_empty()
    except TimeoutError:
        late = list(port.connections)
        log.warning("stop.dropped", connections=len(late), waiting_bytes=sum(one.waiting_bytes for one in late))
        for connection in late:
            connection.abort()
