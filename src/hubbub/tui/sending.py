"""Sending: what somebody wants to say, in order and once, whenever there is a connection."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final

from msgspec.structs import replace

from hubbub.client.connection import PASSING
from hubbub.client.errors import ClientError
from hubbub.client.hub import Hub
from hubbub.core.answers import Answer
from hubbub.core.kinds import Refusal, Refused
from hubbub.core.message_answers import Told
from hubbub.phrasing import phrases
from hubbub.tui.buffer_list import BufferList
from hubbub.tui.entries import Outgoing
from hubbub.tui.shelf import Shelf

OUTGOING: Final = 1_000
"""Most messages that wait to be said; whoever writes more is told that they cannot be taken."""


class Sending:
    """One station's outbox."""

    def __init__(self, buffers: BufferList, settled: Callable[[Outgoing, Answer | Refusal], None]) -> None:
        """Tell `settled` of everything that is not waiting any more, and what came of it."""
        self._buffers = buffers
        self._settled = settled
        self.shelf: Shelf | None = None
        """Where it is on disk; None where nothing is kept."""
        self._queue: deque[Outgoing] = deque()
        self._hub: Hub | None = None
        self._may_send = asyncio.Event()
        self._is_empty = asyncio.Event()
        self._is_empty.set()
        self._turned = asyncio.Event()
        """Set whenever fewer wait, or there is another connection, or none."""

    @property
    def waiting(self) -> int:
        """How many messages wait."""
        return len(self._queue)

    def __iter__(self) -> Iterator[Outgoing]:
        yield from tuple(self._queue)

    def add(self, outgoing: Outgoing) -> None:
        """Say something as soon as what was to be said before is said."""
        self.restore(outgoing)
        if self.shelf is not None:
            self.shelf.keep_outgoing(outgoing)

    def restore(self, outgoing: Outgoing) -> None:
        """Do the same with something that is on disk already."""
        self._queue.append(outgoing)
        self._is_empty.clear()
        self._show(outgoing)
        if self._hub is not None:
            self._may_send.set()

    def drop(self, nonce: str) -> Outgoing | None:
        """Say it no longer, because it was heard, or was taken back; return it if it was still waiting."""
        found = next((one for one in self._queue if one.nonce == nonce), None)
        if found is not None:
            self._dequeue(found)
        for buffer in self._buffers:
            self._buffers.tell(buffer.drop_out(nonce))
        return found

    def connect(self, hub: Hub | None) -> None:
        """Say everything there from now on; None for nowhere."""
        self._hub = hub
        self._turned.set()
        if hub is None:
            self._may_send.clear()
        else:
            self._may_send.set()

    async def wait_until_empty(self) -> None:
        """Return when everything is said, or refused."""
        await self._is_empty.wait()

    async def wait_in_turn(self) -> None:
        """Return when everything is said, or there is nothing over which it could be."""
        while self._queue and self._hub is not None:
            self._turned.clear()
            await self._turned.wait()

    async def run(self) -> None:
        """Go on for ever."""
        while True:
            await self._may_send.wait()
            if not self._queue or self._hub is None:
                self._may_send.clear()
                continue
            await self._send(self._hub, self._queue[0])

    async def _send(self, hub: Hub, outgoing: Outgoing) -> None:
        """Say one message. One after the other: what is refused for being too fast must not come after the next."""
        try:
            answer = await hub.ask(outgoing.request)
        except Refused as refused:
            if refused.refusal.code in PASSING:
                await asyncio.sleep(refused.refusal.retry_seconds)
                return
            self._refuse(outgoing, refused.refusal)
        except ClientError:
            # It stays where it is, and its nonce makes that it is said once.
            if self._hub is hub:
                self.connect(None)
        else:
            self._take(outgoing, answer)

    def _take(self, outgoing: Outgoing, answer: Answer) -> None:
        if isinstance(answer, Told) and not any(one.message for one in answer.outcomes):
            sentence = " ".join(filter(None, map(phrases.outcome, answer.outcomes)))
            self._leave(outgoing, replace(outgoing, state="refused", sentence=sentence))
        else:
            self._leave(outgoing, replace(outgoing, state="sent"))
        self._settled(outgoing, answer)

    def _refuse(self, outgoing: Outgoing, refusal: Refusal) -> None:
        self._leave(outgoing, replace(outgoing, state="refused", sentence=phrases.refused(refusal)))
        self._settled(outgoing, refusal)

    def _leave(self, outgoing: Outgoing, now: Outgoing) -> None:
        """Have it wait no longer. It may have been heard before it was answered; then it is gone already."""
        if outgoing not in self._queue:
            return
        self._dequeue(outgoing)
        self._show(now)

    def _show(self, outgoing: Outgoing) -> None:
        buffer = self._buffers.find(outgoing.room) or self._buffers.server
        self._buffers.tell(buffer.take_out(outgoing))

    def _dequeue(self, outgoing: Outgoing) -> None:
        self._queue.remove(outgoing)
        if self.shelf is not None:
            self.shelf.drop_outgoing(outgoing.nonce)
        if not self._queue:
            self._is_empty.set()
            self._turned.set()
