"""IRC clients over real connections: lines out, lines in."""

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Final

from msgspec.structs import replace

from hubbub.core.access import Access
from hubbub.core.account_requests import Register
from hubbub.core.answers import Answer
from hubbub.core.catalog import AnyCommand
from hubbub.core.features.accounts import OpenAccount
from hubbub.core.limits import Limits
from hubbub.core.scene import DONE
from hubbub.gateways.irc.conversation import IrcConversation
from hubbub.phrasing.file_phrases import NO_LINKS
from hubbub.server.config import IrcSettings, PeopleSettings, Settings
from hubbub.server.irc import Irc
from hubbub.service.peers import Peer as Place
from tests.gateways.connections import PEER, Peer, Street, street
from tests.service.node import ANYONE

UNHURRIED: Final = Limits(commands_per_second=0)

PASSWORD: Final = "four words in a row"

SERVER: Final = "irc.example.org"
HOST: Final = re.compile(r"@\w+\.(guest|account)")

TOLD: Final = IrcSettings(network="Example", name=SERVER, motd="Be kind.\nBe brief.")
SETTINGS: Final = Settings(irc=TOLD)


def plain(lines: Iterable[str]) -> list[str]:
    """Return lines without the server's name and anybody's host."""
    return [HOST.sub("@HOST", line).removeprefix(f":{SERVER} ") for line in lines]


class Client:
    """One IRC client, whose lines are heard without their ends."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer

    def send(self, *lines: str) -> None:
        """Send these lines, all at once."""
        self.peer.send("".join(f"{line}\r\n" for line in lines).encode())

    async def next(self) -> str:
        """Return the next line."""
        return (await self.peer.hear(b"\r\n")).decode().removesuffix("\r\n")

    async def hear(self, wanted: str) -> str:
        """Return the next line that has this in it."""
        while wanted not in (line := await self.next()):
            pass
        return line

    async def settle(self) -> list[str]:
        """Wait until everything sent before is answered, and return what was heard meanwhile."""
        self.send("PING :settled")
        return (await self.peer.hear(b" :settled\r\n")).decode().split("\r\n")[:-2]

    async def ask(self, *lines: str) -> list[str]:
        """Send lines, and return what is heard until they are answered."""
        self.send(*lines)
        return await self.settle()

    async def arrive(self, nick: str, *capabilities: str) -> "Client":
        """Come in, into no channel, and forget what was heard."""
        if capabilities:
            self.send(f"CAP REQ :{' '.join(capabilities)}")
        self.send(f"NICK {nick}", "USER u 0 * :Somebody")
        if capabilities:
            self.send("CAP END")
        await self.hear(f" 001 {nick} ")
        await self.settle()
        return self

    async def hear_end(self) -> list[str]:
        """Return everything until the connection ends."""
        return (await self.peer.hear_end()).decode().split("\r\n")[:-1]


class Network:
    """A node that IRC clients connect to."""

    def __init__(self, here: Street) -> None:
        self.here = here
        self.node = here.node
        self.irc = Irc(here.node, NO_LINKS, lambda: 0)
        self.irc.use(SETTINGS)

    def use(self, told: IrcSettings) -> None:
        """Tell clients this of the server from now on."""
        self.irc.use(replace(SETTINGS, irc=told))

    def use_people(self, people: PeopleSettings) -> None:
        """Let these in from now on."""
        self.irc.use(replace(SETTINGS, people=people))

    async def register(self, *names: str) -> None:
        """Open accounts of these names, all with the same password."""
        for name in names:
            await self.node.accounts.open(name, Register(PASSWORD), PEER)

    async def connect(self, place: Place = PEER) -> Client:
        """Connect a client that has said nothing yet."""
        conversation = IrcConversation(self.irc.settings(self.here.limits), place)
        return Client(await self.here.connect(conversation))

    async def arrive(self, nick: str, *capabilities: str) -> Client:
        """Return a client that is in, and in no channel."""
        return await (await self.connect()).arrive(nick, *capabilities)

    async def carry_out(self, nick: str, request: AnyCommand) -> None:
        """Let somebody who is there do something, as if in another protocol."""
        person = self.node.house.find_named(nick)
        assert person is not None
        answers: list[Answer | Exception] = []
        (session,) = self.node.sessions.of(person.id)
        self.node.requests.carry_out(session, request, answers.append)
        await self.node.settle()
        assert answers == [DONE]

    async def found(self, nick: str, channel: str, *capabilities: str) -> Client:
        """Return a client that is in a channel which it has made, and which is its own."""
        client = await self.arrive(nick, *capabilities)
        await self.carry_out(nick, OpenAccount())
        await client.ask(f"JOIN {channel}")
        return client


@asynccontextmanager
async def network(limits: Limits = UNHURRIED, access: Access = ANYONE) -> AsyncIterator[Network]:
    """Give one."""
    async with street(limits, access) as here:
        yield Network(here)
