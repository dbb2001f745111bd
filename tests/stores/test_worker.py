"""A worker does what it is asked, one thing after another, on a thread of its own."""

import asyncio
import threading
from collections.abc import Iterator
from functools import partial

import pytest

from hubbub.stores.worker import Worker


@pytest.fixture
def worker() -> Iterator[Worker]:
    """Start a worker, and stop it."""
    worker = Worker("worker-under-test")
    yield worker
    worker.stop()


async def test_results_and_errors_reach_who_asked(worker: Worker) -> None:
    """What a job returns or raises is the future's, and the next job is done all the same."""
    assert await worker.run(lambda: 6 * 7) == 42
    with pytest.raises(ZeroDivisionError):
        await worker.run(lambda: 1 // 0)
    assert await worker.run(lambda: threading.current_thread().name) == "worker-under-test"


async def test_jobs_are_done_in_order(worker: Worker) -> None:
    """Jobs are done one after another, in the order in which they were asked for."""
    done: list[int] = []
    await asyncio.gather(*(worker.run(partial(done.append, number)) for number in range(100)))
    assert done == list(range(100))


async def test_a_job_cancelled_in_time_is_not_done(worker: Worker) -> None:
    """Who gives up before his job has begun has changed nothing; who gives up later has, and harms nobody."""
    done: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        go_on.wait()
        done.append("waited")

    running, waiting = worker.run(wait), worker.run(lambda: done.append("cancelled"))
    await asyncio.to_thread(begun.wait)
    running.cancel()
    waiting.cancel()
    go_on.set()
    await worker.run(lambda: done.append("after"))
    assert done == ["waited", "after"]


async def test_stopping_finishes_what_was_asked() -> None:
    """A worker that is told to stop does everything it was asked before."""
    worker = Worker("worker-under-test")
    jobs = [worker.run(partial(int, number)) for number in range(10)]
    worker.stop()
    assert await asyncio.gather(*jobs) == list(range(10))


def test_a_loop_that_is_gone(worker: Worker) -> None:
    """When the loop has ended before the job, its result is nobody's, and the worker goes on."""
    go_on = threading.Event()

    async def ask() -> None:
        nobodys = worker.run(go_on.wait)
        assert not nobodys.done()

    asyncio.run(ask())
    go_on.set()
    assert asyncio.run(_ask(worker)) == "done"


async def _ask(worker: Worker) -> str:
    return await worker.run(lambda: "done")
