"""What is measured: figures, the goals some of them have, and the rows they belong to."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from bench.servers import Launch


class Sense(StrEnum):
    """Which side of a goal's bound is the good one."""

    AT_MOST = "≤"
    AT_LEAST = "≥"


class Goal(Struct, frozen=True):
    """What a figure should be: the bound itself, or so many times what the floor does. Stated, never enforced."""

    sense: Sense
    bound: float
    times_floor: bool = False

    def is_met(self, value: float, floor: float) -> bool:
        """Compare a figure, and what the floor did beside it, with the bound."""
        bound = self.bound * floor if self.times_floor else self.bound
        return value <= bound if self.sense is Sense.AT_MOST else value >= bound


class Figure(Struct, frozen=True):
    """One number of a row, and the unit it is printed and stored in."""

    key: str
    label: str
    unit: str
    goal: Goal | None = None


Sample: TypeAlias = Mapping[str, float]
"""The figures of one run, by key."""


class Scale(Struct, frozen=True):
    """How much of everything a run takes."""

    members: int
    """Clients in the lobby for both fan-out rows."""
    turns_one: int
    """Turns each server gets with one message in flight, 20 messages each."""
    turns_fifty: int
    """Turns each server gets with fifty in flight, 400 messages each."""
    log_ins: int
    """People who log in at once."""
    turns_log_ins: int
    """How often they do, for each of the two ways to talk meanwhile."""
    turns_tags: int
    """Turns that plain clients and those with tags get, each with one message in flight and with fifty."""
    joiners: int
    """Members who come into one channel, one after the other."""
    messages_few: int
    """Messages of four senders together."""
    messages_many: int
    """Messages of two hundred senders together."""
    rooms_many: int
    """Rooms of five those are in."""
    newcomers: int
    """Clients that come at once and are announced."""
    connections: int
    """Clients accepted as fast as possible, and clients that then rest."""
    encrypted: int
    """Clients that rest on connections over TLS."""
    pages: int
    """Clients over WebSocket."""
    turns_pages: int
    """Turns each server gets with them, 20 messages each."""
    missed: int
    """Records that somebody misses who comes back."""
    hubs: int
    """Clients of the SDK."""
    messages_hubs: int
    """Messages that all of them hear."""
    starts: int
    """Timed starts in one run."""


FULL = Scale(
    members=500,
    turns_one=50,
    turns_fifty=10,  # × 400 messages × 499 listeners: 2 M deliveries
    log_ins=50,
    turns_log_ins=4,
    turns_tags=15,
    joiners=2_000,
    messages_few=100_000,
    messages_many=60_000,
    rooms_many=40,
    newcomers=2_000,
    connections=5_000,
    encrypted=1_000,
    pages=2_000,
    turns_pages=10,  # × 20 messages × 2 000 listeners: 400 000 deliveries
    missed=10_000,
    hubs=200,
    messages_hubs=500,
    starts=3,
)
"""The numbers of the goals."""

QUICK = Scale(
    members=50,
    turns_one=2,
    turns_fifty=1,
    log_ins=4,
    turns_log_ins=1,
    turns_tags=2,
    joiners=50,
    messages_few=2_000,
    messages_many=2_000,
    rooms_many=4,
    newcomers=100,
    connections=200,
    encrypted=20,
    pages=20,
    turns_pages=1,
    missed=200,
    hubs=10,
    messages_hubs=50,
    starts=1,
)
"""Enough to see that everything runs; the figures mean nothing."""


class Row(Struct, frozen=True):
    """One thing that is measured, on servers it may start as it likes."""

    key: str
    title: str
    figures: tuple[Figure, ...]
    measure: Callable[[Sequence[Launch], Scale], list[Sample]]
    """Measures each of several servers once; one sample a server."""


def in_turn(measure: Callable[[Launch, Scale], Sample]) -> Callable[[Sequence[Launch], Scale], list[Sample]]:
    """Measure one server after the other."""
    return lambda launches, scale: [measure(launch, scale) for launch in launches]


def alone(measure: Callable[[Launch, Scale], Sample]) -> Callable[[Sequence[Launch], Scale], list[Sample]]:
    """Measure the server, where the floor has nothing of what is measured."""

    def measure_last(launches: Sequence[Launch], scale: Scale) -> list[Sample]:
        *floors, launch = launches
        sample = measure(launch, scale)
        return [*(dict.fromkeys(sample, 0.0) for _ in floors), sample]

    return measure_last
