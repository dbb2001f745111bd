"""The clock: coarse timers that are never early, never out of order by more than a tick, and cheap to cancel."""

import asyncio
import gc
import time
import weakref

from hubbub.server.clock import TICK_SECONDS, LoopClock


async def passed(clock: LoopClock, seconds: float) -> None:
    """Wait until the clock has called what was to be called by then."""
    reached = asyncio.Event()
    clock.call_later(seconds, reached.set)
    await reached.wait()


def make_clock() -> LoopClock:
    """Return a clock on the running loop."""
    return LoopClock(asyncio.get_running_loop())


async def test_nothing_is_called_early() -> None:
    """However long the wait is, at least so much time has gone by."""
    clock, begun, late = make_clock(), time.monotonic(), list[bool]()
    for seconds in (0.0, 0.001, TICK_SECONDS, 0.015, 0.033):
        due = begun + seconds
        clock.call_later(seconds, lambda due=due: late.append(time.monotonic() >= due))  # type: ignore[misc] # a default
    await passed(clock, 0.05)
    assert late == [True] * 5


async def test_timers_are_called_in_the_order_of_their_ticks() -> None:
    """What is due earlier is called earlier, in whatever order it was asked for; in one tick, in that order."""
    clock, called = make_clock(), list[str]()
    for name, ticks in (("late", 4), ("soon", 1), ("later", 5), ("soon too", 1), ("middle", 2)):
        clock.call_later(ticks * TICK_SECONDS, lambda name=name: called.append(name))  # type: ignore[misc] # a default
    await passed(clock, 6 * TICK_SECONDS)
    assert called == ["soon", "soon too", "middle", "late", "later"]


async def test_a_cancelled_timer_is_not_called() -> None:
    """Before it is due, by another one in the same tick, after it was called, or twice."""
    clock, called = make_clock(), list[str]()
    early = clock.call_later(TICK_SECONDS, lambda: called.append("early"))
    early.cancel()
    early.cancel()
    other = clock.call_later(3 * TICK_SECONDS, lambda: called.append("other"))
    clock.call_later(2 * TICK_SECONDS, other.cancel)
    done = clock.call_later(TICK_SECONDS, lambda: called.append("done"))
    await passed(clock, 4 * TICK_SECONDS)
    done.cancel()
    assert called == ["done"]


async def test_a_cancelled_timer_holds_on_to_nothing() -> None:
    """What would have been called can be forgotten at once, though the tick is far away."""

    class Something:
        def happen(self) -> None:
            """Do nothing."""

    clock, something = make_clock(), Something()
    timer = clock.call_later(3_600, something.happen)
    there = weakref.ref(something)
    timer.cancel()
    del something
    gc.collect()
    assert there() is None


async def test_a_timer_may_set_another() -> None:
    """Even one that is due at once: it is called in a later tick, so that the loop has its turn."""
    clock, called, done = make_clock(), list[int](), asyncio.Event()

    def again() -> None:
        called.append(len(called))
        if len(called) < 5:
            clock.call_later(0, again)
        else:
            done.set()

    clock.call_later(0, again)
    await done.wait()
    assert called == [0, 1, 2, 3, 4]


async def test_one_fault_harms_no_other_timer() -> None:
    """The loop hears of it, and the next one is called."""
    loop, faults = asyncio.get_running_loop(), list[object]()
    loop.set_exception_handler(lambda _, context: faults.append(context.get("exception")))
    clock, called = make_clock(), list[str]()
    fault = ValueError("a fault")

    def fail() -> None:
        raise fault

    clock.call_later(0, fail)
    clock.call_later(0, lambda: called.append("next"))
    await passed(clock, TICK_SECONDS)
    assert (faults, called) == ([fault], ["next"])


async def test_the_time_is_that_of_the_system() -> None:
    """Milliseconds since 1970, and seconds that never go back."""
    clock = make_clock()
    before = time.time_ns() // 1_000_000
    assert before <= clock.time_ms() <= time.time_ns() // 1_000_000
    first = clock.monotonic()
    await passed(clock, 0)
    assert clock.monotonic() > first
