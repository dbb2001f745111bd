"""IRC: many who come into one channel, one after the other, and what that costs as it fills.

Everybody there is told of each newcomer, and the newcomer who is there: by the protocol itself, coming in costs in
proportion to the members. So what it costs without the list is divided by the members who are told, and that must not
grow faster than at the floor, where it is writing to more sockets than the caches hold, and nothing else. What the list
costs is measured by asking for it, and told by itself.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from bench.crowd import Crowd, Member
from bench.effort import BUSY, Meter
from bench.figures import Figure, Goal, Row, Sample, Scale, Sense, in_turn
from bench.listeners import Watch
from bench.servers import Launch, Server
from bench.tongues import IRC

MARK: Final = ord("!")
"""Stands in each line that tells of a newcomer, once, and in nothing else: counting it counts those lines."""

END_OF_NAMES: Final = b" 366 "

LISTS: Final = 20
"""How often the list is asked for."""


class Coming(Struct, frozen=True):
    """What coming in costs at some size of the channel, in CPU seconds."""

    join: float
    """For each newcomer, all in all."""
    listing: float
    """Of which for the list."""
    told: float
    """How many are told of him."""

    @property
    def each(self) -> float:
        """Give the rest, for each who is told."""
        return (self.join - self.listing) / self.told


class Channel:
    """A channel that fills."""

    def __init__(self, server: Server, crowd: Crowd) -> None:
        self._server = server
        self._crowd = crowd
        self._members: list[Member] = []

    def fill_up(self, people: Sequence[Member]) -> Coming:
        """Let those of the people come in who are not there, and measure the last ones of them."""
        last = max(1, len(people) // 20)
        self._fill(people[len(self._members) : -last])
        meter = Meter(self._server)
        self._fill(people[-last:])
        join = meter.read().server_cpu / last
        told = len(people) - (last + 1) / 2
        # It is measured when they are all there, and was shorter for each of them.
        return Coming(join, self._list_members() * told / len(people), told)

    def _fill(self, newcomers: Sequence[Member]) -> None:
        """Let them come in, each when everybody has heard of the one before."""
        for newcomer in newcomers:
            self._members.append(newcomer)
            told = self._crowd.lines_received + len(self._members)
            self._say(newcomer, b"JOIN #crowd\r\n", told)

    def _list_members(self) -> float:
        """Ask who is there; return the server's CPU seconds for one list."""
        meter = Meter(self._server)
        for _ in range(LISTS):
            self._say(self._members[0], b"NAMES #crowd\r\n", self._crowd.lines_received)
        return meter.read().server_cpu / LISTS

    def _say(self, member: Member, line: bytes, lines_heard: int) -> None:
        """Say something, and return when the list has come, and so many lines that tell of newcomers."""
        watch = Watch(END_OF_NAMES, [member])
        self._crowd.send(member, line)
        self._crowd.pump_until(
            lambda: watch.is_complete() and self._crowd.lines_received >= lines_heard, lambda: line.decode().strip()
        )


def measure(launch: Launch, scale: Scale) -> Sample:
    """Compare coming in where a tenth are with coming in where nearly all are."""
    with launch.started(announces=False, spoken="irc") as server, Crowd(server.address, IRC, MARK) as crowd:
        people = crowd.admit(scale.joiners, at_once=50)
        crowd.barrier(people)
        channel, meter = Channel(server, crowd), Meter(server)
        few = channel.fill_up(people[: scale.joiners // 10])
        many = channel.fill_up(people)
        effort = meter.read()
    return {
        "join_few": few.join * 1e6,
        "join_many": many.join * 1e6,
        "list_few": few.listing * 1e6,
        "list_many": many.listing * 1e6,
        "each_few": few.each * 1e6,
        "each_many": many.each * 1e6,
        "growth": many.each / few.each,
        **effort.busy(),
    }


JOINING: Final = Row(
    key="irc-joining",
    title="IRC: 2 000 come into one channel, one after the other",
    figures=(
        Figure("join_few", "CPU per newcomer, as the 200th comes", "µs"),
        Figure("join_many", "the same, as the 2 000th comes", "µs"),
        Figure("list_few", "of which for the list, 200 members", "µs"),
        Figure("list_many", "the same, 2 000 members", "µs"),
        Figure("each_few", "the rest, by member who is told, 200", "µs"),
        Figure("each_many", "the same, 2 000", "µs", Goal(Sense.AT_MOST, 1.5, times_floor=True)),
        Figure("growth", "the second as so many times the first", "×"),
        *BUSY,
    ),
    measure=in_turn(measure),
)
