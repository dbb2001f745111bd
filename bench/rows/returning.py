"""Coming back: how long it takes until somebody whose connection was lost knows what he missed.

He is a guest and speaks the native protocol, by `hubbub.client`: his time to understand all of it counts as well. The
floor keeps nothing, so nobody can come back to it.
"""

import asyncio
import time
from typing import Final

from bench.crowd import LoadError
from bench.figures import Figure, Goal, Row, Sample, Scale, Sense, alone
from bench.servers import Launch
from hubbub.client import Record, connect
from hubbub.client.conversation import Conversation
from hubbub.client.endpoints import Endpoint
from hubbub.client.errors import ClientError
from hubbub.client.happenings import Ready, RoomReset
from hubbub.client.transports import Transport, open_transport
from hubbub.client.trust import SYSTEM
from hubbub.wire.native import Hello

TIMES: Final = 3
"""How often he is away; the best counts, for everything else was the machine."""

TEXT: Final = "x" * 60
"""What is said meanwhile: 60 bytes, as in the other rows."""


async def _come_in(conversation: Conversation, endpoint: Endpoint) -> tuple[Transport, int]:
    """Connect and hear what was missed; return how many records that was."""
    transport = await open_transport(endpoint, SYSTEM)
    conversation.begin()
    heard = 0
    while True:
        await transport.send(conversation.messages_to_send())
        messages = await transport.receive()
        if not messages:
            raise LoadError("the server has ended the connection")
        for message in messages:
            for happening in conversation.receive(message):
                heard += isinstance(happening, Record)
                if isinstance(happening, RoomReset):
                    raise LoadError("what was missed was not brought, but the room was told anew")
                if isinstance(happening, Ready):
                    return transport, heard


async def _leave(conversation: Conversation, transport: Transport) -> None:
    """Lose the connection."""
    await transport.close()
    conversation.lose()


async def _measure(endpoint: Endpoint, missed: int) -> Sample:
    conversation = Conversation(Hello(name="traveller"))
    transport, _ = await _come_in(conversation, endpoint)
    best = float("inf")
    async with connect(str(endpoint), name="talker") as talker:
        for _ in range(TIMES):
            # Whatever happened until now, such as that the talker came, is no part of what he misses.
            await _leave(conversation, transport)
            transport, _ = await _come_in(conversation, endpoint)
            await _leave(conversation, transport)
            await asyncio.gather(*(talker.say("#lobby", TEXT) for _ in range(missed)))
            began = time.perf_counter()
            transport, heard = await _come_in(conversation, endpoint)
            best = min(best, time.perf_counter() - began)
            if heard != missed:
                raise LoadError(f"{heard} records were brought, and {missed} were missed")
    await transport.close()
    return {"milliseconds": best * 1_000, "records": missed / best}


def measure(launch: Launch, scale: Scale) -> Sample:
    """Measure the server."""
    with launch.started(announces=False, spoken="native") as server:
        try:
            return asyncio.run(_measure(Endpoint(*server.address), scale.missed))
        except (ClientError, OSError) as error:
            raise LoadError(str(error)) from error


RETURNING: Final = Row(
    key="returning",
    title="coming back to 10 000 missed records",
    figures=(
        Figure("milliseconds", "until all of them are known", "ms", Goal(Sense.AT_MOST, 300)),
        Figure("records", "records", "/s"),
    ),
    measure=alone(measure),
)
