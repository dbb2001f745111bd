"""Many listeners: what it costs to deliver one message to everybody in a full room."""

from statistics import quantiles
from typing import Final

from bench.conversations import Conversation, hold
from bench.crowd import Crowd
from bench.effort import BUSY, Meter
from bench.figures import Figure, Goal, Row, Sample, Sense
from bench.listeners import Latencies
from bench.servers import Launch

TIMED_MEMBERS: Final = 10
"""Members at whom the time of every delivery is taken, spread evenly over the order of arrival."""

FULL_DELIVERIES: Final = 2_000_000
"""What the CPU of the second row is stated for; a shorter run is scaled up to it."""

WARM_UP_SHARE: Final = 0.1
"""Part of a run's messages that is said before it is measured: socket buffers grow, caches fill, code specialises."""

DELIVERY_FIGURES: Final = (
    Figure("deliveries", "deliveries", "/s"),
    Figure("latency_p50", "latency, half of them", "ms"),
    Figure("latency_p99", "latency, 99 of 100", "ms"),
    *BUSY,
)


def measure(launch: Launch, *, members: int, messages: int, in_flight: int) -> Sample:
    """Let everybody in the lobby speak in turn, so many messages in flight, and time their deliveries."""
    with launch.started(announces=False) as server, Crowd(server.address) as crowd:
        people = crowd.admit(members, at_once=100)
        crowd.barrier(people)

        def talk(messages: int) -> None:
            conversation = Conversation(
                crowd, people, people, messages=messages, in_flight=in_flight, heard=lambda: crowd.lines_received
            )
            hold(crowd, [conversation])

        talk(max(1, int(messages * WARM_UP_SHARE)))
        latencies = Latencies()
        for member in people[:: max(1, members // TIMED_MEMBERS)]:
            member.listener = latencies.listen()
        meter = Meter(server)
        talk(messages)
        effort = meter.read()
    deliveries = messages * (members - 1)
    percentiles = quantiles(latencies.nanoseconds, n=100)
    return {
        "cpu_per_delivery": effort.server_cpu / deliveries * 1e6,
        "cpu_for_all": effort.server_cpu / deliveries * FULL_DELIVERIES,
        "deliveries": deliveries / effort.wall,
        "latency_p50": percentiles[49] / 1e6,
        "latency_p99": percentiles[98] / 1e6,
        **effort.busy(),
    }


ONE_IN_FLIGHT: Final = Row(
    key="one",
    title="500 members, one message in flight",
    figures=(
        Figure("cpu_per_delivery", "CPU per delivery", "µs", Goal(Sense.AT_MOST, 1.15, times_floor=True)),
        *DELIVERY_FIGURES,
    ),
    measure=lambda launch, scale: measure(launch, members=scale.members, messages=scale.messages_one, in_flight=1),
)

FIFTY_IN_FLIGHT: Final = Row(
    key="fifty",
    title="500 members, 50 messages in flight",
    figures=(
        Figure("cpu_for_all", "CPU for 2 M deliveries", "s", Goal(Sense.AT_MOST, 2, times_floor=True)),
        *DELIVERY_FIGURES,
    ),
    measure=lambda launch, scale: measure(launch, members=scale.members, messages=scale.messages_fifty, in_flight=50),
)
