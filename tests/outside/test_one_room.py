"""One room: what curl, the shell, the SDK, a WebSocket and all the old programs say is heard by every one of them."""

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from websockets.asyncio.client import connect as open_websocket
from websockets.typing import Subprotocol

from hubbub.client import Hub, Said, connect
from hubbub.core.account_answers import TokenMade
from hubbub.core.account_requests import MakeToken
from tests.harness.server import Server
from tests.outside.conftest import UNHURRIED, StartServer
from tests.outside.raw import PATIENCE_SECONDS
from tests.outside.shell import Shell
from tests.outside.test_accounts import PASSWORD
from tests.seeds.client import Client
from tests.seeds.netcat import NetcatClient
from tests.seeds.page import PageClient
from tests.seeds.s0 import S0Client
from tests.seeds.s1 import S1Client
from tests.seeds.s2 import S2Client
from tests.seeds.s3 import S3Client
from tests.seeds.s4 import S4Client

OLD: Final[tuple[tuple[type[Client], str], ...]] = (
    (NetcatClient, "auto"),
    (PageClient, "auto"),
    (S0Client, "auto"),
    (S1Client, "auto"),
    (S2Client, "auto"),
    (S3Client, "text-frames"),
    (S4Client, "auto"),
)
"""The old programs, and where each joins."""


@pytest.fixture
def house(start_server: StartServer) -> Server:
    """Start a server that also listens for the program that keeps silent."""
    return start_server("127.0.0.1:0", "127.0.0.1:0=text-frames", settings=UNHURRIED)


@pytest.fixture
def old(house: Server) -> Iterator[list[Client]]:
    """Let everybody with an old program come in, one after the other."""
    with ExitStack() as stack:
        clients = []
        for kind, protocol in OLD:
            client = kind(house.address(protocol), f"old_{kind.kind}")
            client.connect()
            stack.callback(client.leave)
            clients.append(client)
        yield clients


@pytest.fixture
async def listener(house: Server) -> AsyncIterator[Hub]:
    """Let a bot listen, which also has a token."""
    async with connect(f"127.0.0.1:{house.address().port}", name="bot", password=PASSWORD, register=True) as hub:
        yield hub


async def hear(hub: Hub, text: str) -> str:
    """Wait until the bot hears that; return who said it."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        async for record in hub:
            if isinstance(record.event, Said) and text in record.event.text:
                return record.event.name
    raise AssertionError(f"the bot never heard {text!r}")


async def test_everybody_hears_everybody(house: Server, old: list[Client], listener: Hub, tmp_path: Path) -> None:
    """Each says something in its own way, and all the others show it."""
    address = f"127.0.0.1:{house.address().port}"
    for client in old:
        # What is typed first is a name for some; after it, a word that only this one says.
        words = f"word of {client.kind}"
        if client.kind in {"netcat", "s0", "s4"}:
            await asyncio.to_thread(client.say, client.name)
            await asyncio.to_thread(client.screen.pick, lambda line: "#lobby" in line, PATIENCE_SECONDS)
        await asyncio.to_thread(client.say, f"BROADCAST: {words}" if client.kind == "s0" else words)
        if client.kind != "s0":
            assert await hear(listener, words) == client.name
    await listener.say("#lobby", "word of the bot")
    await use_curl(listener, address)
    shell = Shell(tmp_path, address)
    assert (await asyncio.to_thread(shell.run, "send", "#lobby", "word of the shell")).returncode == 0
    await use_websocket(address)
    for words in ("word of the bot", "word of curl", "word of the shell", "word of a page"):
        for client in old:
            await asyncio.to_thread(client.screen.pick, partial(holds, words), PATIENCE_SECONDS)
    assert all(client.screen.ending is None for client in old)


def holds(words: str, line: str) -> bool:
    """Whether a line that was shown holds these words."""
    return words in line


async def use_curl(bot: Hub, address: str) -> None:
    """Say something with curl, and the bot's token."""
    made = await bot.ask(MakeToken("curl"))
    assert isinstance(made, TokenMade)
    command = ["curl", "-sS", "-H", f"Authorization: Bearer {made.secret}", "--json", '{"text":"word of curl"}']
    url = f"http://{address}/api/v1/rooms/lobby/messages"
    done = await asyncio.to_thread(subprocess.run, [*command, url], capture_output=True, check=True)
    assert json.loads(done.stdout)["type"] == "done"


async def use_websocket(address: str) -> None:
    """Say something as a page does that speaks JSON, and hear that it was kept."""
    async with (
        asyncio.timeout(PATIENCE_SECONDS),
        open_websocket(f"ws://{address}/ws", subprotocols=[Subprotocol("hubbub.v1")]) as page,
    ):
        await page.send(json.dumps({"type": "hello", "name": "page"}))
        await page.send(json.dumps({"type": "say", "id": 1, "room": "#lobby", "text": "word of a page"}))
        while json.loads(await page.recv()).get("id") != 1:
            pass
