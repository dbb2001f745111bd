"""Programs: what it costs to let a room full of `hubbub.client`s hear everything, in order.

One speaks as programs do, the next message when the one before is stored. All clients share one process and one loop,
which is busier than the server: what counts is the server's CPU. The floor does not speak their protocol.
"""

import asyncio
from contextlib import AsyncExitStack
from typing import Final

from bench.crowd import LIMIT_SECONDS, LoadError
from bench.effort import BUSY, Meter
from bench.figures import Figure, Row, Sample, Scale, alone
from bench.listeners import TEXT_BYTES
from bench.servers import Launch, Server
from hubbub.client import ClientError, Endpoint, Hub, Refused, Said, connect

ROOM: Final = "#lobby"

WARM_UP_SHARE: Final = 0.1
"""Part of the messages that is said before those that count."""


class Hearer:
    """A client, and how far it has heard."""

    def __init__(self, hub: Hub) -> None:
        self._name = hub.name
        self._records = aiter(hub)
        self._next = 0

    async def hear(self, count: int) -> None:
        """Return when so many more messages have come; raises `LoadError` for one that is not the next."""
        last = self._next + count
        while self._next < last:
            record = await anext(self._records)
            if not isinstance(record.event, Said):
                continue
            if record.text != text_of(self._next):
                raise LoadError(f"{self._name} heard {record.text} and not {text_of(self._next)}")
            self._next += 1


def text_of(number: int) -> str:
    """Give what is said as the message with that number."""
    return f"{number:0{TEXT_BYTES}}"


async def speak(hub: Hub, numbers: range) -> None:
    """Say these messages, each when the one before is stored."""
    for number in numbers:
        await hub.say(ROOM, text_of(number))


async def talk(server: Server, people: int, messages: int) -> Sample:
    """Let so many clients hear so many messages of one of them."""
    async with AsyncExitStack() as stack:
        hubs = [connect(str(Endpoint(*server.address)), name=f"hub{number}") for number in range(people)]
        for hub in hubs:
            await stack.enter_async_context(hub)
        hearers = [Hearer(hub) for hub in hubs]

        async def say(numbers: range) -> None:
            await asyncio.gather(speak(hubs[0], numbers), *(hearer.hear(len(numbers)) for hearer in hearers))

        first = int(messages * WARM_UP_SHARE)
        await say(range(first))
        meter = Meter(server)
        await say(range(first, first + messages))
        effort = meter.read()
    deliveries = messages * people
    return {
        "deliveries_per_cpu": deliveries / effort.server_cpu,
        "deliveries": deliveries / effort.wall,
        **effort.busy(),
    }


def measure(launch: Launch, scale: Scale) -> Sample:
    """Measure the server."""

    async def bounded(server: Server) -> Sample:
        async with asyncio.timeout(LIMIT_SECONDS):
            return await talk(server, scale.hubs, scale.messages_hubs)

    with launch.started(announces=False, spoken="native") as server:
        try:
            return asyncio.run(bounded(server))
        except (ClientError, Refused, OSError) as error:
            raise LoadError(str(error)) from error


HUBS: Final = Row(
    key="sdk",
    title="200 clients of the SDK, one of them speaks",
    figures=(
        Figure("deliveries_per_cpu", "deliveries a CPU second", "/s"),
        Figure("deliveries", "deliveries", "/s"),
        *BUSY,
    ),
    measure=alone(measure),
)
