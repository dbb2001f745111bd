"""Stopping, as far as one process can see; the rest is seen from outside, in `tests/outside/test_stopping.py`."""

import asyncio
import os
import signal
import subprocess
import sys

import pytest

from hubbub.server.stop import IMPATIENT_EXIT, StopSignal


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_either_signal_ends_the_wait(number: signal.Signals) -> None:
    """SIGTERM of a service manager and Ctrl+C of a person mean the same."""
    loop = asyncio.get_running_loop()
    stop = StopSignal(loop)
    waiting = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.sleep(0)
        assert not waiting.done()
        os.kill(os.getpid(), number)
        await asyncio.wait_for(waiting, 10)
    finally:
        for other in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(other)


IMPATIENT = """
import asyncio, os, signal
from hubbub.server.stop import StopSignal

async def main():
    stop = StopSignal(asyncio.get_running_loop())
    os.kill(os.getpid(), signal.SIGTERM)
    await stop.wait()
    os.kill(os.getpid(), signal.SIGINT)
    await asyncio.Event().wait()

asyncio.run(main())
"""


def test_the_second_one_does_not_wait() -> None:
    """Whatever is going on, and of whichever kind they are."""
    answer = subprocess.run([sys.executable, "-c", IMPATIENT], timeout=60, check=False)
    assert answer.returncode == IMPATIENT_EXIT
