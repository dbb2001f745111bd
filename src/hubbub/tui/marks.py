"""Marks: how far one has read. The server is told at most once in a while, however much is said."""

import asyncio
import contextlib
from typing import Final

from hubbub.client.errors import ClientError
from hubbub.client.hub import Hub
from hubbub.core.attention_requests import MarkRead
from hubbub.core.kinds import Refused, Seq

REST_SECONDS: Final = 1.0
"""How long nothing is told after something was: each mark is kept by the server, and told to one's other devices."""

LAST_SECONDS: Final = 1.0
"""How long leaving may take because of what has not been told yet."""


class Marks:
    """What was read and has not been told to the server yet; it outlives connections."""

    def __init__(self) -> None:
        self._seqs: dict[str, Seq] = {}
        self._hub: Hub | None = None
        """The last connection there was."""
        self._is_telling = False

    def note(self, room: str, seq: Seq) -> None:
        """Have read a room as far as that."""
        self._seqs[room] = seq

    async def tell_all(self, hub: Hub) -> None:
        """Tell everything; what could not be told is kept. Raises `ClientError`."""
        for room, seq in tuple(self._seqs.items()):
            # A room that is gone is not read any more.
            with contextlib.suppress(Refused):
                await hub.ask(MarkRead(room, seq=seq))
            if self._seqs.get(room) == seq:
                del self._seqs[room]

    async def tell(self, hub: Hub) -> None:
        """Tell everything, and go on telling what is noted meanwhile, with rests between. Raises `ClientError`."""
        self._hub = hub
        if self._is_telling:
            return
        self._is_telling = True
        try:
            while self._seqs:
                await self.tell_all(self._hub)
                await asyncio.sleep(REST_SECONDS)
        finally:
            self._is_telling = False

    async def tell_last(self, hub: Hub) -> None:
        """Tell everything before one leaves, unless that takes too long."""
        with contextlib.suppress(ClientError, TimeoutError):
            async with asyncio.timeout(LAST_SECONDS):
                await self.tell_all(hub)
