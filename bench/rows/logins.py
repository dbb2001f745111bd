"""Log-ins: whether those who talk notice that many others prove who they are, which takes a hash each.

A full lobby talks while fifty people log in at once, and then as long while nobody does; and again, so that both have
the same weather. It does so in two ways: at a pace that leaves the machine something to log in with, which is what the
goal is for, and as fast as it can. The latter fills both cores of a small machine, so that whatever a hash takes, it
takes from those who talk: how late a delivery may be then, only the number of cores decides.
"""

import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import quantiles
from typing import IO, Final, cast

from bench.crowd import STALL_SECONDS, Address, LoadError
from bench.figures import Figure, Goal, Row, Sample, Scale, Sense, in_turn
from bench.listeners import Latencies
from bench.rows.fanout import WARM_UP_TURNS, Lobby, full_lobby
from bench.servers import Launch

MESSAGES: Final = 20
"""Messages said before looking whether all are in."""

PACE_SECONDS: Final = 0.02
"""From one message to the next, when the lobby does not talk as fast as it can. 25 000 deliveries a second in one room
are more than people can read, and take a quarter of a core."""


class Knocking:
    """The people who log in, in a process of their own."""

    def __init__(self, stdin: IO[str], stdout: IO[str]) -> None:
        self._stdin = stdin
        self._stdout = stdout
        self._expect("open")

    def come_to_the_door(self) -> None:
        """Have them connected, and nothing more."""
        self._go_on()
        self._expect("knocked")

    def begin(self) -> None:
        """Let all of them log in."""
        self._go_on()

    def is_over(self) -> bool:
        """Whether all of them are in."""
        return bool(select.select([self._stdout], [], [], 0)[0])

    def end(self) -> None:
        """Wait until all of them are in."""
        self._expect("in")

    def _go_on(self) -> None:
        self._stdin.write("go on\n")
        self._stdin.flush()

    def _expect(self, word: str) -> None:
        if not select.select([self._stdout], [], [], STALL_SECONDS)[0]:
            raise LoadError(f"nobody was {word} within {STALL_SECONDS:.0f} s of logging in")
        if (said := self._stdout.readline().strip()) != word:
            raise LoadError(f"those who log in are {said or 'gone'} and not {word}")


@contextmanager
def knocking(address: Address, people: int) -> Iterator[Knocking]:
    """Have so many people with accounts."""
    command = [sys.executable, "-m", "bench.knocking", address[0], str(address[1]), str(people)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            # Casts, for only the arguments tell that there are pipes.
            yield Knocking(cast("IO[str]", process.stdin), cast("IO[str]", process.stdout))
        finally:
            process.terminate()


def measure(launch: Launch, scale: Scale) -> Sample:
    """Compare how long deliveries take while nobody logs in, and while all of them do."""
    with (
        full_lobby(launch, members=scale.members, in_flight=1) as lobby,
        knocking(lobby.server.address, scale.log_ins) as people,
    ):
        for _ in range(WARM_UP_TURNS):
            lobby.talk(MESSAGES)
        quiet, busy = compare(lobby, people, talk_in_peace, scale.turns_log_ins)
        full_quiet, full_busy = compare(lobby, people, Lobby.talk, scale.turns_log_ins)
    return {
        "latency_p99_quiet": quiet,
        "latency_p99_log_ins": busy,
        "latency_p99_rise": busy / quiet,
        "latency_p99_rise_full": full_busy / full_quiet,
    }


def compare(lobby: Lobby, people: Knocking, talk: Callable[[Lobby, int], None], turns: int) -> tuple[float, float]:
    """Return the 99th percentiles of deliveries, in ms: while nobody logs in, and while all of them do."""
    quiet, busy = Latencies(), Latencies()
    for _ in range(turns):
        people.come_to_the_door()
        rounds = 0
        time_into(lobby, busy)
        people.begin()
        # At least once: a few people whom nobody asks for a password are in before anything is said.
        while not rounds or not people.is_over():
            talk(lobby, MESSAGES)
            rounds += 1
        people.end()
        time_into(lobby, quiet)
        for _ in range(rounds):
            talk(lobby, MESSAGES)
    quiet_p99, busy_p99 = (quantiles(latencies.nanoseconds, n=100)[98] / 1e6 for latencies in (quiet, busy))
    return quiet_p99, busy_p99


def talk_in_peace(lobby: Lobby, messages: int) -> None:
    """Let everybody speak in turn, at the pace, until so many messages have reached all others."""
    due = time.monotonic()
    for _ in range(messages):
        lobby.talk(1)
        due = max(due + PACE_SECONDS, time.monotonic())  # what could not be said in time is not caught up with
        time.sleep(max(0.0, due - time.monotonic()))


def time_into(lobby: Lobby, latencies: Latencies) -> None:
    """Take the times of deliveries here from now on; everybody has everything that was said before."""
    lobby.latencies = latencies
    lobby.time_deliveries()


LOG_INS: Final = Row(
    key="log-ins",
    title="500 members while 50 people log in at once",
    figures=(
        Figure("latency_p99_quiet", "latency, 99 of 100, with no log-ins", "ms"),
        Figure("latency_p99_log_ins", "the same while they log in", "ms"),
        Figure("latency_p99_rise", "the second as so many times the first", "×", Goal(Sense.AT_MOST, 1.2)),
        Figure("latency_p99_rise_full", "the same when all talk as fast as they can", "×"),
    ),
    measure=in_turn(measure),
)
