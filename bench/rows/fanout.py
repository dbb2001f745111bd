"""Many listeners: what it costs to deliver one message to everybody in a full room.

The goals here are ratios to the floor, and on a machine with other work the same run can cost a third more a minute
later. So both servers run at the same time, each with a full lobby, and are spoken to in turn, a fraction of a second
each: whatever disturbs one disturbs the other. Two floors compared in this way differ by two parts in a hundred.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from statistics import quantiles
from typing import Final

from bench.conversations import Conversation, hold, pump
from bench.crowd import Crowd, Member
from bench.effort import BUSY, Effort, Meter
from bench.figures import Figure, Goal, Row, Sample, Sense
from bench.listeners import Latencies
from bench.servers import Launch, Server
from bench.tongues import IRC, TEXT, Tongue

TIMED_MEMBERS: Final = 10
"""Members at whom the time of every delivery is taken, spread evenly over the order of arrival."""

FULL_DELIVERIES: Final = 2_000_000
"""What the CPU of the second row is stated for, however many a run made."""

WARM_UP_TURNS: Final = 3
"""Turns before those that count: socket buffers grow, caches fill, the interpreter specialises."""


class Lobby:
    """A server, the people in its lobby, and what their talking has cost."""

    def __init__(  # noqa: PLR0913 - a room full of people is these seven things
        self,
        server: Server,
        crowd: Crowd,
        people: Sequence[Member],
        *,
        in_flight: int,
        speakers: Sequence[Member] = (),
        words: bytes = b"",
        is_uniform: bool = True,
    ) -> None:
        """Without `speakers` all speak; `words` are as for a `Conversation`, and `is_uniform` if all hear the same."""
        self.server = server
        self.crowd = crowd
        self.people = people
        self.speakers = speakers or people
        self.words = words
        self.in_flight = in_flight
        self.hold = hold if is_uniform else pump
        self.latencies = Latencies(crowd.tongue.line_end)
        self.start_over()
        crowd.barrier(self.people)

    def talk(self, messages: int) -> None:
        """Let them speak in turn until so many messages have reached all others."""
        crowd = self.crowd
        conversation = Conversation(
            crowd,
            self.people,
            self.speakers,
            messages=messages,
            in_flight=self.in_flight,
            heard=lambda: crowd.lines_received,
            words=self.words,
        )
        meter = Meter(self.server)
        self.hold(crowd, [conversation])
        self.talking += meter.read()
        self.deliveries += messages * conversation.audience

    def start_over(self) -> None:
        """Forget what was counted so far."""
        self.deliveries = 0
        self.talking = Effort(0, 0, 0)
        self.since = Meter(self.server)

    def time_deliveries(self) -> None:
        """Take the times of all deliveries from now on, at some of the people."""
        for member in self.people[:: max(1, len(self.people) // TIMED_MEMBERS)]:
            member.listener = self.latencies.listen()

    def sample(self) -> Sample:
        """Give the figures since the last `start_over`."""
        # What the server does after its turn, while the other one is spoken to, is part of its price: the store's
        # cleaning up, for one. So its CPU is that of the whole time, and all else that of its own turns.
        cpu_seconds = self.since.read().server_cpu
        percentiles = quantiles(self.latencies.nanoseconds, n=100)
        return {
            "cpu_per_delivery": cpu_seconds / self.deliveries * 1e6,
            "cpu_for_all": cpu_seconds / self.deliveries * FULL_DELIVERIES,
            "deliveries": self.deliveries / self.talking.wall,
            "latency_p50": percentiles[49] / 1e6,
            "latency_p99": percentiles[98] / 1e6,
            **self.talking.busy(),
        }


@contextmanager
def full_lobby(launch: Launch, *, members: int, in_flight: int, tongue: Tongue = TEXT) -> Iterator[Lobby]:
    """Start a server and fill its lobby."""
    with (
        launch.started(announces=False, spoken=tongue.spoken) as server,
        Crowd(server.address, tongue) as crowd,
    ):
        people = crowd.admit(members, at_once=100, words=tongue.enter)
        yield Lobby(server, crowd, people, in_flight=in_flight)


def measure(  # noqa: PLR0913 - a measurement is these six things
    launches: Sequence[Launch], *, members: int, in_flight: int, turns: int, messages: int, tongue: Tongue = TEXT
) -> list[Sample]:
    """Give each server in turn so many messages, so many times."""
    with ExitStack() as stack:
        lobbies = [
            stack.enter_context(full_lobby(launch, members=members, in_flight=in_flight, tongue=tongue))
            for launch in launches
        ]
        for turn in range(WARM_UP_TURNS + turns):
            for lobby in lobbies:
                if turn == WARM_UP_TURNS:
                    lobby.start_over()
                    lobby.time_deliveries()
                lobby.talk(messages)
        return [lobby.sample() for lobby in lobbies]


DELIVERY_FIGURES: Final = (
    Figure("deliveries", "deliveries", "/s"),
    Figure("latency_p50", "latency, half of them", "ms"),
    Figure("latency_p99", "latency, 99 of 100", "ms"),
    *BUSY,
)


def one_in_flight(key: str, title: str, tongue: Tongue) -> Row:
    """Give the row in which the next one speaks when everybody has the message before."""
    return Row(
        key=key,
        title=title,
        figures=(
            Figure("cpu_per_delivery", "CPU per delivery", "µs", Goal(Sense.AT_MOST, 1.15, times_floor=True)),
            *DELIVERY_FIGURES,
        ),
        measure=lambda launches, scale: measure(
            launches, members=scale.members, in_flight=1, turns=scale.turns_one, messages=20, tongue=tongue
        ),
    )


def fifty_in_flight(key: str, title: str, tongue: Tongue) -> Row:
    """Give the row in which fifty messages are on their way all the time."""
    return Row(
        key=key,
        title=title,
        figures=(
            Figure("cpu_for_all", "CPU for 2 M deliveries", "s", Goal(Sense.AT_MOST, 2, times_floor=True)),
            *DELIVERY_FIGURES,
        ),
        measure=lambda launches, scale: measure(
            launches, members=scale.members, in_flight=50, turns=scale.turns_fifty, messages=400, tongue=tongue
        ),
    )


ONE_IN_FLIGHT: Final = one_in_flight("one", "500 members, one message in flight", TEXT)

FIFTY_IN_FLIGHT: Final = fifty_in_flight("fifty", "500 members, 50 messages in flight", TEXT)

IRC_ONE_IN_FLIGHT: Final = one_in_flight("irc-one", "IRC: 500 members, one message in flight", IRC)

IRC_FIFTY_IN_FLIGHT: Final = fifty_in_flight("irc-fifty", "IRC: 500 members, 50 messages in flight", IRC)
