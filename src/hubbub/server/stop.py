"""Stopping: tell everyone, finish what was accepted, and be gone within a bounded time."""

import asyncio
import os
import signal
from contextlib import suppress
from functools import partial
from typing import Final

import structlog

from hubbub.gateways.closing import Closing
from hubbub.gateways.served import Served
from hubbub.server.port import Port

IMPATIENT_EXIT: Final = 130
"""Exit code after a second Ctrl+C: 128 + SIGINT, as shells count it."""

LOOK_AGAIN_SECONDS: Final = 0.1
"""How often to see whether those who are still to be answered are still there."""

log = structlog.get_logger(__name__)


class StopSignal:
    """Waits for SIGTERM or Ctrl+C; the second one leaves at once."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._asked = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.ask)

    async def wait(self) -> None:
        """Wait until somebody wants the server to stop."""
        await self._asked.wait()

    def ask(self) -> None:
        """Stop, or leave at once when that was asked for before."""
        if self._asked.is_set():
            # What is committed is durable already; everything else was told that it may be lost.
            os._exit(IMPATIENT_EXIT)
        self._asked.set()


async def close_connections(port: Port, seconds: float) -> None:
    """Accept nobody, answer what was read, tell everyone, empty the outboxes; drop whoever takes longer.

    First all are answered and then all are closed: those who are told goodbye have heard what the others said before.
    """
    port.stop_accepting()
    await port.wait_until_begun()
    try:
        async with asyncio.timeout(seconds or None):
            await _answer_everybody(port)
            _say_goodbye(port)
            await port.wait_until_empty()
    except TimeoutError:
        _say_goodbye(port)
        late = list(port.connections)
        log.warning("stop.dropped", connections=len(late), waiting_bytes=sum(one.waiting_bytes for one in late))
        for connection in late:
            connection.abort()


async def _answer_everybody(port: Port) -> None:
    """Wait until what every connection has asked is answered."""
    unanswered = set(port.connections)
    answered = asyncio.Event()

    def note(connection: Served) -> None:
        unanswered.discard(connection)
        if not unanswered & port.connections:
            answered.set()

    for connection in list(unanswered):
        connection.finish(partial(note, connection))
    while unanswered & port.connections:
        # Whoever goes by himself meanwhile answers nothing any more: look again now and then.
        with suppress(TimeoutError):
            await asyncio.wait_for(answered.wait(), LOOK_AGAIN_SECONDS)


def _say_goodbye(port: Port) -> None:
    for connection in list(port.connections):
        connection.close(Closing.STOPPING)
