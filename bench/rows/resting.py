"""Nothing to do: what the server takes while nobody speaks, and before anybody can."""

from statistics import median
from typing import Final

from bench.crowd import Crowd
from bench.effort import Meter
from bench.encrypted import visitors
from bench.figures import Figure, Goal, Row, Sample, Scale, Sense, in_turn
from bench.servers import Launch

FIRST_ENCRYPTED: Final = 10
"""Connections that come before the count: with the first of them, a process takes what all of them share."""


def measure_idle(launch: Launch, scale: Scale) -> Sample:
    """Compare the memory of the process with none connected, and with many who have a name and say nothing."""
    with launch.started(announces=False) as server, Crowd(server.address) as crowd:
        before = server.memory()
        people = crowd.admit(scale.connections, at_once=50)
        crowd.barrier(people)
        after = server.memory()
    return {
        "memory_per_connection": (after.resident - before.resident) / scale.connections / 1e3,
        "memory_of_process": before.resident / 1e6,
        "own_memory_of_process": before.proportional / 1e6,
    }


def measure_encrypted(launch: Launch, scale: Scale) -> Sample:
    """Compare the memory of the process with a few connections over TLS, and with many that say nothing."""
    with launch.started(announces=False, spoken="tls") as server, visitors(server.address) as people:
        people.admit(FIRST_ENCRYPTED)
        before, meter = server.memory(), Meter(server)
        people.admit(scale.encrypted)
        effort, after = meter.read(), server.memory()
    return {
        "memory_per_tls_connection": (after.resident - before.resident) / scale.encrypted / 1e3,
        "cpu_per_tls_arrival": effort.server_cpu / scale.encrypted * 1e3,
    }


def measure_start(launch: Launch, scale: Scale) -> Sample:
    """Time the start, from running the program to its `ready`; the data was made by an earlier start."""
    with launch.started(announces=False):
        pass
    seconds = []
    for _ in range(scale.starts):
        with launch.started(announces=False) as server:
            seconds.append(server.seconds_to_ready)
    return {"ready": median(seconds)}


IDLE: Final = Row(
    key="idle",
    title="5 000 idle connections",
    figures=(
        Figure("memory_per_connection", "memory per connection", "kB", Goal(Sense.AT_MOST, 12)),
        Figure("memory_of_process", "process with none", "MB", Goal(Sense.AT_MOST, 80)),
        Figure("own_memory_of_process", "the same, shared pages divided", "MB"),
    ),
    measure=in_turn(measure_idle),
)

ENCRYPTED: Final = Row(
    key="idle-tls",
    title="1 000 idle connections over TLS",
    figures=(
        Figure("memory_per_tls_connection", "memory per connection over TLS", "kB"),
        Figure("cpu_per_tls_arrival", "CPU per arrival: handshake, name, welcome", "ms"),
    ),
    measure=in_turn(measure_encrypted),
)

START: Final = Row(
    key="start",
    title="second start, on an existing database",
    figures=(Figure("ready", "time to `ready`", "s", Goal(Sense.AT_MOST, 1)),),
    measure=in_turn(measure_start),
)
