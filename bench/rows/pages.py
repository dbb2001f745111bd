"""Many listeners over WebSocket: what it costs to deliver one message to everybody, and what it usually costs.

As in `fanout.py` both servers run at the same time, and are spoken to in turn.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import cycle
from typing import Final

from bench.crowd import Crowd
from bench.effort import BUSY, Effort, Meter
from bench.figures import Figure, Goal, Row, Sample, Sense
from bench.pages import MARK, admit_pages, barrier, say
from bench.servers import Launch, Server

WARM_UP_TURNS: Final = 2
"""Turns before those that count."""

MESSAGES: Final = 20
"""Messages a turn, one in flight at a time."""


class Hall:
    """A server, the people on its pages, and what their talking has cost."""

    def __init__(self, server: Server, crowd: Crowd, pages: int) -> None:
        self.server = server
        self.crowd = crowd
        self.people = admit_pages(crowd, pages, at_once=100)
        self.speakers = cycle(self.people)
        barrier(crowd, self.people)
        self.start_over()

    def talk(self) -> None:
        """Let some speak in turn, the next when everybody has heard the one before."""
        meter = Meter(self.server)
        for number in range(MESSAGES):
            wanted = self.crowd.lines_received + len(self.people)
            self.crowd.send(next(self.speakers), say(number))
            self.crowd.pump_until(
                lambda wanted=wanted: self.crowd.lines_received >= wanted,  # type: ignore[misc] # it is the same int
                lambda: "the delivery of a message",
            )
        self.talking += meter.read()
        self.deliveries += MESSAGES * len(self.people)

    def start_over(self) -> None:
        """Forget what was counted so far."""
        self.deliveries = 0
        self.talking = Effort(0, 0, 0)
        self.since = Meter(self.server)

    def sample(self) -> Sample:
        """Give the figures since the last `start_over`; the server's CPU is that of the whole time, see `fanout.py`."""
        rate = self.deliveries / self.since.read().server_cpu
        return {
            "deliveries_per_cpu": rate,
            "against_starlette": rate,
            "deliveries": self.deliveries / self.talking.wall,
            **self.talking.busy(),
        }


@contextmanager
def full_hall(launch: Launch, pages: int) -> Iterator[Hall]:
    """Start a server and fill it."""
    with launch.started(announces=False, spoken="websocket") as server, Crowd(server.address, mark=ord(MARK)) as crowd:
        yield Hall(server, crowd, pages)


def measure(launches: Sequence[Launch], *, pages: int, turns: int) -> list[Sample]:
    """Give each server its messages in turn, so many times."""
    with ExitStack() as stack:
        halls = [stack.enter_context(full_hall(launch, pages)) for launch in launches]
        for turn in range(WARM_UP_TURNS + turns):
            for hall in halls:
                if turn == WARM_UP_TURNS:
                    hall.start_over()
                hall.talk()
        return [hall.sample() for hall in halls]


PAGES: Final = Row(
    key="pages",
    title="2 000 WebSockets, one message in flight (the floor: Starlette's send_text)",
    figures=(
        Figure("deliveries_per_cpu", "deliveries a CPU second", "/s", Goal(Sense.AT_LEAST, 120_000)),
        Figure("against_starlette", "the same, against the floor", "/s", Goal(Sense.AT_LEAST, 1.3, times_floor=True)),
        Figure("deliveries", "deliveries", "/s"),
        *BUSY,
    ),
    measure=lambda launches, scale: measure(launches, pages=scale.pages, turns=scale.turns_pages),
)
