"""Many newcomers: how fast they get in, announced to everybody or to nobody."""

from typing import Final

from bench.crowd import Crowd
from bench.effort import BUSY, Meter
from bench.figures import Figure, Goal, Row, Sample, Scale, Sense, in_turn
from bench.servers import Launch

HANDS_AT_THE_DOOR: Final = 256
"""Connections under way at the same time in the row about their rate: well below any listener's backlog."""


def measure_crush(launch: Launch, scale: Scale) -> Sample:
    """Let everybody connect at the same moment and be announced to all who are in.

    `last_in` ends when the last newcomer has its name and its welcome, `all_told` when everybody has read of everybody.
    """
    with launch.started(announces=True) as server, Crowd(server.address) as crowd:
        meter = Meter(server)
        people = crowd.admit(scale.newcomers, at_once=scale.newcomers)
        last_in = meter.read()
        crowd.barrier(people)
        effort = meter.read()
        lines = crowd.lines_received
    return {
        "last_in": last_in.wall,
        "all_told": effort.wall,
        "cpu_of_crush": effort.server_cpu,
        "lines_told": lines / scale.newcomers,
        **effort.busy(),
    }


def measure_rate(launch: Launch, scale: Scale) -> Sample:
    """Let connections come one after the other, a few hundred under way, each until it has its name; announce none."""
    with launch.started(announces=False) as server, Crowd(server.address) as crowd:
        meter = Meter(server)
        crowd.admit(scale.connections, at_once=HANDS_AT_THE_DOOR)
        effort = meter.read()
    return {
        "connections": scale.connections / effort.wall,
        "cpu_per_connection": effort.server_cpu / scale.connections * 1e6,
        **effort.busy(),
    }


CRUSH: Final = Row(
    key="newcomers",
    title="2 000 newcomers at once, each announced to all",
    figures=(
        Figure("last_in", "until the last one is in", "s", Goal(Sense.AT_MOST, 2)),
        Figure("all_told", "until everybody has every announcement", "s"),
        Figure("cpu_of_crush", "CPU", "s"),
        Figure("lines_told", "lines received by each", "lines"),
        *BUSY,
    ),
    measure=in_turn(measure_crush),
)

RATE: Final = Row(
    key="connections",
    title="5 000 connections, accepted and named, nobody announced",
    figures=(
        Figure("connections", "connections", "/s", Goal(Sense.AT_LEAST, 5_000)),
        Figure("cpu_per_connection", "CPU per connection", "µs"),
        *BUSY,
    ),
    measure=in_turn(measure_rate),
)
