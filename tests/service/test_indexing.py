"""Indexing: soon after something was said, a bit at a time, and whatever happens to the store."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Final

import pytest

from hubbub.core.kinds import RoomId, Seq
from hubbub.service.indexing import INDEX_SECONDS, Indexer
from hubbub.service.ports import StoreUnavailable
from hubbub.service.searching import INDEX_LIMIT
from hubbub.stores.memory import MemoryStore
from tests.service.clock import ManualClock
from tests.service.turns import turns

TEA: Final = {RoomId(1): Seq(7)}
MILK: Final = {RoomId(2): Seq(9)}
BOTH: Final = TEA | MILK


class CountingStore(MemoryStore):
    """Has so many messages to index, and counts how often it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.left = 0
        self.steps = 0
        self.heads: list[Mapping[RoomId, Seq] | None] = []
        """Up to where it was asked to look."""
        self.error: Exception | None = None

    async def index(self, limit: int, heads: Mapping[RoomId, Seq] | None = None) -> int:
        """Index some."""
        self.steps += 1
        self.heads.append(heads)
        if self.error is not None:
            raise self.error
        taken = min(self.left, limit)
        self.left -= taken
        await asyncio.sleep(0)
        return taken


class Bench:
    """An indexer at work."""

    def __init__(self) -> None:
        self.store, self.clock = CountingStore(), ManualClock()
        self.indexer = Indexer(self.store, self.clock)

    async def say(self, count: int) -> None:
        """Have so much said, and a while pass."""
        self.store.left += count
        self.indexer.notice(TEA)
        self.indexer.notice(MILK)
        await turns(20)
        self.clock.advance(INDEX_SECONDS)
        await turns(20)


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    """Let an indexer work that has nothing to do."""
    bench = Bench()
    task = asyncio.create_task(bench.indexer.run())
    await bench.say(0)
    bench.store.steps = 0
    yield bench
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_what_was_left_is_indexed_at_the_start() -> None:
    """As after an update, or a crash."""
    bench = Bench()
    bench.store.left = 5
    task = asyncio.create_task(bench.indexer.run())
    await turns(5)
    bench.clock.advance(INDEX_SECONDS)
    await turns(10)
    assert bench.store.left == 0
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_nothing_is_done_where_nothing_is_said(bench: Bench) -> None:
    """However long it takes."""
    bench.clock.advance(3_600)
    await turns(20)
    assert bench.store.steps == 0


async def test_what_is_said_is_indexed_soon_and_in_steps(bench: Bench) -> None:
    """Together with what is said until then; again and again."""
    await bench.say(2 * INDEX_LIMIT + 1)
    assert (bench.store.left, bench.store.steps) == (0, 4)
    await bench.say(1)
    assert (bench.store.left, bench.store.steps) == (0, 6)
    await bench.say(0)
    assert bench.store.steps == 7
    assert bench.store.heads[-7:] == [BOTH] * 7, "and nowhere else"


@pytest.mark.parametrize("error", [StoreUnavailable("the disk is full"), RuntimeError("a bug")])
async def test_a_store_that_fails_is_asked_again(bench: Bench, error: Exception) -> None:
    """When something is said the next time."""
    bench.store.error = error
    await bench.say(1)
    assert (bench.store.left, bench.store.steps) == (1, 1)
    bench.store.error = None
    await bench.say(1)
    assert bench.store.left == 0


async def test_what_is_said_meanwhile_is_indexed_as_well(bench: Bench) -> None:
    """Nobody has to say something else for that."""
    bench.store.left = INDEX_LIMIT
    bench.indexer.notice(TEA)
    bench.clock.advance(INDEX_SECONDS)
    while not bench.store.steps:
        await turns(1)
    bench.indexer.notice(MILK)
    await turns(50)
    bench.store.left = 1
    bench.clock.advance(INDEX_SECONDS)
    await turns(50)
    assert bench.store.left == 0
    assert bench.store.heads[-1] == MILK


async def test_it_looks_everywhere_when_it_cannot_know(bench: Bench) -> None:
    """At the start, after a fault, and when it is told to, for other programs write as well."""
    bench.store.error = RuntimeError("a bug")
    await bench.say(1)
    bench.store.error = None
    await bench.say(1)
    assert bench.store.heads[-1] is None
    await bench.say(1)
    assert bench.store.heads[-1] == BOTH
    bench.indexer.look_everywhere()
    bench.clock.advance(INDEX_SECONDS)
    await turns(20)
    assert bench.store.heads[-1] is None
