"""Nothing to do: what the server takes while nobody speaks, and before anybody can."""

from statistics import median
from typing import Final

from bench.crowd import Crowd
from bench.figures import Figure, Goal, Row, Sample, Scale, Sense, in_turn
from bench.servers import Launch


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

START: Final = Row(
    key="start",
    title="second start, on an existing database",
    figures=(Figure("ready", "time to `ready`", "s", Goal(Sense.AT_MOST, 1)),),
    measure=in_turn(measure_start),
)
