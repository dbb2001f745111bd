"""Log-ins: whether those who talk notice that many others prove who they are, which takes a hash each.

A full lobby talks, one message in flight, first while nobody logs in and then while fifty people do so at once; and
again, so that both have the same weather.
"""

import select
import subprocess
import sys
from collections.abc import Iterator
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
    quiet, busy = Latencies(), Latencies()
    log_ins = 0
    with (
        full_lobby(launch, members=scale.members, in_flight=1) as lobby,
        knocking(lobby.server.address, scale.log_ins) as people,
    ):
        for _ in range(WARM_UP_TURNS):
            lobby.talk(MESSAGES)
        for _ in range(scale.turns_log_ins):
            people.come_to_the_door()
            turns = 0
            time_into(lobby, busy)
            people.begin()
            while not people.is_over():
                lobby.talk(MESSAGES)
                turns += 1
            people.end()
            log_ins += scale.log_ins
            time_into(lobby, quiet)
            for _ in range(max(1, turns)):
                lobby.talk(MESSAGES)
    p99, busy_p99 = (quantiles(latencies.nanoseconds, n=100)[98] / 1e6 for latencies in (quiet, busy))
    return {"latency_p99_quiet": p99, "latency_p99_log_ins": busy_p99, "latency_p99_rise": busy_p99 / p99}


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
    ),
    measure=in_turn(measure),
)
