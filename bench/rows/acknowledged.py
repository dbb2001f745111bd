"""Many speakers: how many messages a second the server promises to keep."""

from collections.abc import Callable, Sequence
from typing import Final

from bench.conversations import Conversation, hold
from bench.crowd import Crowd, Member
from bench.effort import BUSY, Meter
from bench.figures import Figure, Goal, Row, Sample, Sense, in_turn
from bench.servers import Launch

ROOM_MEMBERS: Final = 5
"""People in each room."""

IN_FLIGHT_FEW: Final = 4_000
"""Messages in flight of four speakers: a thousand each, what a client may send without waiting."""

IN_FLIGHT_MANY: Final = 250
"""Messages in flight in each of many rooms: fifty a speaker."""

WARM_UP_SHARE: Final = 0.1
"""Part of the messages that is said before the clock starts."""


def measure(launch: Launch, *, rooms: int, speakers: int, messages: int, in_flight: int) -> Sample:
    """Let the first so many of each room's five speak as fast as they may, `messages` in all the rooms together.

    A message counts when it is acknowledged: when `/ping`, said by every speaker after its last word, is answered.
    """
    with launch.started(announces=False) as server, Crowd(server.address) as crowd:
        gathered = [gather(crowd, number) for number in range(rooms)]
        crowd.barrier(crowd.members)
        counts = [count_lines(members) for members in gathered]

        def talk(messages: int) -> None:
            hold(
                crowd,
                [
                    Conversation(
                        crowd, room, room[:speakers], messages=messages // rooms, in_flight=in_flight, heard=heard
                    )
                    for room, heard in zip(gathered, counts, strict=True)
                ],
            )

        talk(int(messages * WARM_UP_SHARE))
        meter = Meter(server)
        talk(messages)
        crowd.barrier([speaker for room in gathered for speaker in room[:speakers]])
        effort = meter.read()
    return {
        "acknowledged": messages / effort.wall,
        "cpu_per_message": effort.server_cpu / messages * 1e6,
        **effort.busy(),
    }


def gather(crowd: Crowd, room: int) -> list[Member]:
    """Have five new people enter and join one room."""
    return crowd.admit(ROOM_MEMBERS, at_once=ROOM_MEMBERS, words=b"/join #room%d\n" % room)


def count_lines(members: Sequence[Member]) -> Callable[[], int]:
    """Count the lines that one room's members receive from now on; return the way to read the count."""
    lines = 0

    def listen(chunk: bytes) -> None:
        nonlocal lines
        lines += chunk.count(b"\n")

    for member in members:
        member.listener = listen
    return lambda: lines


FIGURES: Final = (Figure("cpu_per_message", "CPU per message", "µs"), *BUSY)

FEW_SPEAKERS: Final = Row(
    key="few",
    title="4 pipelining senders in a room of 5",
    figures=(Figure("acknowledged", "acknowledged messages", "/s", Goal(Sense.AT_LEAST, 40_000)), *FIGURES),
    measure=in_turn(
        lambda launch, scale: measure(launch, rooms=1, speakers=4, messages=scale.messages_few, in_flight=IN_FLIGHT_FEW)
    ),
)

MANY_SPEAKERS: Final = Row(
    key="many",
    title="200 pipelining senders in 40 rooms of 5",
    figures=(Figure("acknowledged", "acknowledged messages", "/s", Goal(Sense.AT_LEAST, 25_000)), *FIGURES),
    measure=in_turn(
        lambda launch, scale: measure(
            launch,
            rooms=scale.rooms_many,
            speakers=ROOM_MEMBERS,
            messages=scale.messages_many,
            in_flight=IN_FLIGHT_MANY,
        )
    ),
)
