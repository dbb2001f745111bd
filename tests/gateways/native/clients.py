"""Native clients over real connections: JSON out, values in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any, Final, TypeVar

import msgspec

from hubbub.core.access import Access
from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.kinds import PersonId
from hubbub.core.limits import Limits
from hubbub.gateways.native.conversation import NativeConversation
from hubbub.server.native import native_settings
from hubbub.wire.native import (
    AnswerMessage,
    DoneMessage,
    EnteredMessage,
    FromServer,
    RecordMessage,
    RefusalMessage,
    Reset,
    SignalMessage,
    Welcome,
    decode_from_server,
)
from tests.gateways.connections import Peer, Street, street
from tests.service.node import ANYONE

M = TypeVar("M")

IDENTITY: Final = "0123456789abcdef"
"""Which place the node of a test is."""

UNHURRIED: Final = Limits(commands_per_second=0)

Outcome = DoneMessage | AnswerMessage | RefusalMessage
"""What every request comes to."""


class Client:
    """One native client, and everything it was told, in order."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer
        self.heard: list[FromServer] = []
        self.welcome: Welcome | None = None
        self._ids = count(1)

    def send(self, *messages: dict[str, Any]) -> None:
        """Send these, all at once."""
        self.peer.send(b"".join(msgspec.json.encode(message) + b"\n" for message in messages))

    async def next(self) -> FromServer:
        """Return the next thing it is told."""
        message = decode_from_server(await self.peer.hear(b"\n"))
        self.heard.append(message)
        return message

    async def hear(self, kind: type[M]) -> M:
        """Return the next thing of that kind; what comes before it is in `heard`."""
        while True:
            message = await self.next()
            if isinstance(message, kind):
                return message

    async def hello(self, name: str = "", **fields: object) -> Welcome:
        """Come in."""
        self.send({"type": "hello", "name": name, **fields})
        self.welcome = await self.hear(Welcome)
        return self.welcome

    async def arrive(self, name: str, **fields: object) -> Welcome:
        """Come in, and into the lobby."""
        welcome = await self.hello(name, **fields)
        await self.hear(EnteredMessage)
        return welcome

    async def refused_hello(self, **fields: object) -> RefusalMessage:
        """Say hello, and be refused."""
        self.send({"type": "hello", **fields})
        return await self.hear(RefusalMessage)

    async def ask(self, kind: str, **fields: object) -> Outcome:
        """Ask something, and return what came of it."""
        wanted = next(self._ids)
        self.send({"type": kind, "id": wanted, **fields})
        while True:
            message = await self.next()
            if isinstance(message, Outcome) and message.id == wanted:
                return message

    async def settle(self) -> list[FromServer]:
        """Wait until everything asked before is done; return what was heard since the last time, and forget it."""
        await self.ask("list_alerts")
        heard, self.heard = self.heard[:-1], []
        return heard

    @property
    def id(self) -> PersonId:
        """Return who it is."""
        assert self.welcome is not None
        return self.welcome.you.id

    @property
    def key(self) -> str:
        """What makes it the same guest again."""
        assert self.welcome is not None
        return self.welcome.key


def events_in(heard: list[FromServer]) -> list[AnyEvent]:
    """Return the events of the records among what was heard."""
    return [message.event for message in heard if isinstance(message, RecordMessage)]


def states_in(heard: list[FromServer]) -> list[EnteredMessage | Reset]:
    """Return the rooms that were told anew."""
    return [message for message in heard if isinstance(message, EnteredMessage | Reset)]


def signals_in(heard: list[FromServer]) -> list[object]:
    """Return the signals among what was heard."""
    return [message.signal for message in heard if isinstance(message, SignalMessage)]


async def connect(here: Street) -> Client:
    """Connect a client that has said nothing yet."""
    conversation = NativeConversation(native_settings(here.node, here.limits))
    return Client(await here.connect(conversation))


async def arrive(here: Street, *names: str) -> list[Client]:
    """Return guests who are in the lobby and have heard nothing yet."""
    clients = [await connect(here) for _ in names]
    for client, name in zip(clients, names, strict=True):
        await client.arrive(name)
    for client in clients:
        await client.settle()
    return clients


@asynccontextmanager
async def place(limits: Limits = UNHURRIED, access: Access = ANYONE) -> AsyncIterator[Street]:
    """Give a street whose node knows which place it is."""
    async with street(limits, access) as here:
        here.node.identity = IDENTITY
        yield here


def record_of(message: RecordMessage) -> Record:
    """Return the record that a message tells of."""
    return Record(message.room, message.seq, message.time_ms, message.event, None, message.quote)
