"""Whoever is ended by a signal ends in order: he is told once, and what he writes at the end is not cut off."""

import signal
import subprocess
import sys

import pytest

PROGRAM = """
import asyncio, os, signal, sys
from hubbub.cli.ending import Ending

async def main():
    ending = Ending()
    asked = sys.argv[1:]
    try:
        if "working" in asked:
            os.kill(os.getpid(), signal.SIGHUP)
            # The signal is heard on the loop: what has not been told after so many turns of it will not be.
            for _ in range(10):
                await asyncio.sleep(0)
    except asyncio.CancelledError:
        print("told", flush=True)
    finally:
        ending.finish()
        if "finishing" in asked:
            os.kill(os.getpid(), signal.SIGTERM)
        while "finishing" in asked and ending.exit_code is None:
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        print("written", flush=True)
    return ending.exit_code or 0

code = asyncio.run(main())
if "late" in sys.argv[1:]:
    os.kill(os.getpid(), signal.SIGHUP)
sys.exit(code)
"""


def run(*asked: str, command: tuple[str, ...] = ()) -> tuple[int, list[str]]:
    """Run something that is sent signals while it does what is asked; return its exit code and what it has done."""
    whole = [*command, sys.executable, "-c", PROGRAM, *asked]
    # No terminal, so that only signals matter; one that is gone is closed in the test of the plain client.
    done = subprocess.run(whole, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.returncode, done.stdout.split()


@pytest.mark.parametrize(
    ("asked", "code", "done"),
    [
        ((), 0, ["written"]),
        (("working",), 128 + signal.SIGHUP, ["told", "written"]),
        (("finishing",), 128 + signal.SIGTERM, ["written"]),
        (("late",), 0, ["written"]),
        (("working", "finishing"), 128 + signal.SIGHUP, ["told", "written"]),
    ],
)
def test_who_ends_already_is_not_cut_off(asked: tuple[str, ...], code: int, done: list[str]) -> None:
    """Whoever is told twice, or at the end, writes what is left to write all the same; the first signal counts."""
    assert run(*asked) == (code, done)


def test_who_is_to_stay_when_the_window_is_closed_stays() -> None:
    """As nohup has it; he can be ended otherwise."""
    assert run("working", command=("nohup",)) == (0, ["written"])
    assert run("finishing", command=("nohup",)) == (128 + signal.SIGTERM, ["written"])
