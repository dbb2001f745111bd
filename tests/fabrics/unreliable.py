"""A hub that does all that a fabric may do: lose, repeat and reorder; by a seed, so that a failure can be repeated."""

import asyncio
import random
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from hubbub.core.catalog import Record
from hubbub.fabrics.hub import Hub, HubFabric

LOSS: Final = 0.3
REPETITION: Final = 0.3
"""How probable each is, for one record on its way to one node."""

LONGEST_DELAY: Final = 8
"""Most turns of the loop that a record is on its way."""


class UnreliableHub(Hub):
    """Brings each record to each node never, once or twice, sooner or later."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._random = random.Random(seed)
        self._under_way = 0
        self._settled = asyncio.Event()
        self._settled.set()

    async def settle(self) -> None:
        """Wait until nothing is on its way any more."""
        await self._settled.wait()

    def bring(self, node: HubFabric, records: Sequence[Record]) -> None:
        """Let each record find its own way, or not."""
        for record in records:
            while self._random.random() >= LOSS:
                self._under_way += 1
                self._settled.clear()
                _after_turns(self._random.randrange(LONGEST_DELAY), partial(self._arrive, node, record))
                if self._random.random() >= REPETITION:
                    break

    def _arrive(self, node: HubFabric, record: Record) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._settled.set()
        node.take([record])


def _after_turns(turns: int, callback: Callable[[], None]) -> None:
    """Call back in a later turn of the loop."""
    call_soon = asyncio.get_running_loop().call_soon
    if turns:
        call_soon(_after_turns, turns - 1, callback)
    else:
        call_soon(callback)
