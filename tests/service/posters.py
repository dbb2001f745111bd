"""Somebody who posts into memory: a test reads what was posted, and decides what is answered."""

import asyncio
from collections import deque
from collections.abc import Mapping
from typing import NamedTuple

from hubbub.service.posting import Posted, Unreachable

TAKEN = Posted(204)


class Parcel(NamedTuple):
    """What was posted."""

    url: str
    fields: Mapping[str, str]
    body: bytes


class MemoryPoster:
    """Takes everything until it is told otherwise."""

    def __init__(self) -> None:
        self.posted: asyncio.Queue[Parcel] = asyncio.Queue()
        self.answers: deque[Posted | Unreachable] = deque()
        """What the next ones come to; then `usual`."""
        self.usual: Posted | Unreachable = TAKEN
        self.held: dict[str, asyncio.Event] = {}
        """URLs that do not answer before their event is set."""
        self.forbidden: set[str] = set()
        self.closed = False

    async def require_allowed(self, url: str) -> None:
        """Allow all but the forbidden ones."""
        await asyncio.sleep(0)
        if url in self.forbidden:
            raise Unreachable("Nothing may be posted there.")

    async def post(self, url: str, fields: Mapping[str, str], body: bytes) -> Posted:
        """Take what is posted."""
        await asyncio.sleep(0)
        self.posted.put_nowait(Parcel(url, fields, body))
        if (held := self.held.get(url)) is not None:
            await held.wait()
        answer = self.answers.popleft() if self.answers else self.usual
        if isinstance(answer, Unreachable):
            raise answer
        return answer

    async def close(self) -> None:
        """Note that it is over."""
        self.closed = True
