"""Where what was heard waits: bounded, in order, and nobody's fault is another's."""

import asyncio
import logging

import pytest

from hubbub.client.happenings import Error
from hubbub.client.listeners import ENOUGH, MOST, Callbacks, Waiting
from hubbub.core.kinds import Signal
from hubbub.core.signals import Returning, Typing


class Queue:
    """One to try out, and what it has told."""

    def __init__(self, *, is_ring: bool = False) -> None:
        self.told: list[str] = []
        self.waiting: Waiting[int] = Waiting(
            lambda: self.told.append("taken"), lambda: self.told.append("lost"), is_ring=is_ring
        )


async def test_it_is_full_before_anything_is_dropped() -> None:
    """And what is dropped is the oldest, told once until it is read again."""
    queue = Queue()
    for number in range(ENOUGH):
        assert not queue.waiting.is_full
        queue.waiting.put(number)
    assert queue.waiting.is_full
    for number in range(ENOUGH, MOST + 10):
        queue.waiting.put(number)
    assert len(queue.waiting) == MOST
    assert queue.told == ["lost"]
    assert [await queue.waiting.take() for _ in range(MOST)] == list(range(10, MOST + 10))
    assert queue.told == ["lost", *["taken"] * ENOUGH]


async def test_a_ring_keeps_the_newest_and_is_never_full() -> None:
    """Nobody reads it yet, and may never."""
    queue = Queue(is_ring=True)
    for number in range(ENOUGH + 10):
        queue.waiting.put(number)
        assert not queue.waiting.is_full
    assert queue.told == []
    assert await queue.waiting.take() == 10


async def test_what_is_there_is_read_to_its_end() -> None:
    """And whoever waits for more is told that there is none."""
    queue = Queue()
    queue.waiting.put(1)
    queue.waiting.end()
    assert [await queue.waiting.take(), await queue.waiting.take()] == [1, None]
    other = Queue().waiting
    waiting = asyncio.ensure_future(other.take())
    await asyncio.sleep(0)
    other.end()
    assert await waiting is None


async def test_callbacks_are_called_in_order_for_their_kind_and_what_is_derived_from_it() -> None:
    """Each to its end before the next."""
    callbacks, called = Callbacks(lambda: None), list[object]()

    async def slowly(signal: Typing) -> None:
        await asyncio.sleep(0)
        called.append(("slowly", signal.name))

    callbacks.add(Typing, slowly)
    callbacks.add(Signal, lambda signal: called.append(type(signal)))
    callbacks.start()
    callbacks.put(Typing, Typing("#tea", "ann"))
    callbacks.put(Returning, Returning("bob"))
    await callbacks.finish()
    assert called == [("slowly", "ann"), Typing, Returning]


async def test_a_callback_that_fails_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    """It is told, or logged where nobody wants to be told; and so is one that fails at being told."""
    callbacks, called, reached = Callbacks(lambda: None), list[str](), asyncio.Event()

    def fail(signal: Typing) -> None:
        raise ValueError(signal.name)

    def note(signal: Typing) -> None:
        called.append(signal.name)
        reached.set()

    callbacks.add(Typing, fail)
    callbacks.add(Typing, note)
    callbacks.start()
    callbacks.put(Typing, Typing("#tea", "unheard"))
    await reached.wait()

    def fail_again(error: Error) -> None:
        called.append(str(error.error))
        raise RuntimeError(error.where)

    callbacks.add(Error, fail_again)
    with caplog.at_level(logging.ERROR, "hubbub.client"):
        callbacks.put(Typing, Typing("#tea", "told"))
        await callbacks.finish()
    assert called == ["unheard", "told", "told"]
    assert "fail_again failed when it was told of an error" in caplog.messages[-1]
