"""Bringing: what a client missed is sent as fast as it reads, and held in memory no longer than that."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Final

from hubbub.service.outbox import Outbox
from hubbub.service.resuming import Piece

STALL_SECONDS: Final = 30.0
"""How long a client may take for one page of what it missed; on a bad line it is a second or two."""


class Stalled(Exception):  # noqa: N818 - named by what is wrong
    """The client does not read what it asked for."""


async def bring_all(
    pieces: AsyncIterator[Piece], encode: Callable[[Piece], bytes], outbox: Outbox
) -> Callable[[], None]:
    """Send the pieces ahead of what the outbox holds, and return how to send the rest.

    Raises `Stalled` and `StoreUnavailable`.
    """
    relief = asyncio.Event()
    outbox.on_relief = relief.set
    try:
        async for piece in pieces:
            outbox.post_ahead(encode(piece))
            if outbox.is_congested:
                relief.clear()
                async with asyncio.timeout(STALL_SECONDS):
                    await relief.wait()
    except TimeoutError:
        raise Stalled from None
    finally:
        outbox.on_relief = None
    return outbox.release
