"""Bringing: what a client missed is sent as fast as it reads, and held in memory no longer than that."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Final

from hubbub.service.outbox import Outbox
from hubbub.service.ports import Clock
from hubbub.service.resuming import Piece

STALL_SECONDS: Final = 30.0
"""How long a client may take for one page of what it missed; on a bad line it is a second or two."""


class Stalled(Exception):  # noqa: N818 - named by what is wrong
    """The client does not read what it asked for."""


async def bring_all(
    pieces: AsyncIterator[Piece], encode: Callable[[Piece], bytes], outbox: Outbox, clock: Clock
) -> Callable[[], None]:
    """Send the pieces ahead of what the outbox holds, and return how to send the rest.

    Raises `Stalled` and `StoreUnavailable`.
    """
    async for piece in pieces:
        outbox.post_ahead(encode(piece))
        if outbox.is_congested and not await _is_relieved(outbox, clock):
            raise Stalled
    return outbox.release


async def _is_relieved(outbox: Outbox, clock: Clock) -> bool:
    """Wait until the client has read what it was sent; return whether it has, in time."""
    relief: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def conclude(*, is_relieved: bool) -> None:
        if not relief.done():
            relief.set_result(is_relieved)

    outbox.on_relief = partial(conclude, is_relieved=True)
    timer = clock.call_later(STALL_SECONDS, partial(conclude, is_relieved=False))
    try:
        return await relief
    finally:
        timer.cancel()
        outbox.on_relief = None
