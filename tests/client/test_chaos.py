"""Chaos: fifty clients behind a proxy that cuts, delays and repeats connections, and nothing lost and nothing twice.

`make chaos` goes on for longer.
"""

import asyncio
import contextlib
import os
from typing import Final

from hubbub.client import Hub, RoomReset, Said, connect
from hubbub.core.account_answers import TokenMade
from hubbub.core.account_requests import MakeToken
from tests.client.proxy import Mischief, Proxy
from tests.harness.server import Server

CLIENTS: Final = 50
"""Half of them guests, half with accounts. The issue's number."""

ROUNDS: Final = int(os.environ.get("CHAOS_ROUNDS", "10"))
"""How often each of them says something."""

CUTS: Final = ROUNDS * 10
"""How many connections are cut: each client's one in five rounds."""

SEED: Final = int(os.environ.get("CHAOS_SEED", "1"))

PATIENCE_SECONDS: Final = 60.0 + ROUNDS
"""Only a bound: everything is awaited as it comes."""

ROOM: Final = "#chaos"

LAST: Final = "that was all"


class Witness:
    """One client: what it has said, and what it has heard."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.said: dict[str, str] = {}
        """What was acknowledged, by the id that it was told."""
        self.heard: list[tuple[str, str]] = []
        self.resets: list[RoomReset] = []
        hub.on(RoomReset)(self.resets.append)

    async def talk(self) -> None:
        """Say something again and again, each when the one before is stored."""
        for number in range(ROUNDS):
            text = f"{self.hub.name} {number}"
            self.said[await self.hub.say(ROOM, text)] = text

    async def listen(self) -> None:
        """Hear everything, up to what is said last."""
        async for record in self.hub:
            if record.room == ROOM and isinstance(record.event, Said):
                self.heard.append((record.id, record.text))
                if record.text == LAST:
                    return


async def open_account(address: str, name: str) -> str:
    """Return a token, for proving a password takes a tenth of a second each time."""
    async with connect(address, name=name, password="correct horse", register=True) as hub:
        await hub.join(ROOM)
        made = await hub.ask(MakeToken("chaos"))
        assert isinstance(made, TokenMade)
        return made.secret


async def test_nothing_is_lost_and_nothing_is_there_twice(place: Server, address: str) -> None:
    """At the end every client has heard the server's history, and what was acknowledged is in it once."""
    names = [f"acc{number}" for number in range(CLIENTS // 2)]
    # One after the other: many passwords at once would have a busy machine answer none of them in time.
    tokens = [await open_account(address, name) for name in names]
    async with contextlib.AsyncExitStack() as stack, asyncio.timeout(PATIENCE_SECONDS):
        observer = await stack.enter_async_context(connect(address, name="observer", rooms=[ROOM]))
        proxy = await stack.enter_async_context(Proxy(place.address()))
        hubs = [connect(proxy.endpoint, name=f"guest{number}", rooms=[ROOM]) for number in range(CLIENTS // 2)]
        hubs += [connect(proxy.endpoint, name=name, token=token) for name, token in zip(names, tokens, strict=True)]
        witnesses = [Witness(await stack.enter_async_context(hub)) for hub in hubs]
        listening = [asyncio.create_task(witness.listen()) for witness in witnesses]

        proxy.mischief = mischief = Mischief(SEED, CUTS, repeats=CUTS // 3)
        await asyncio.gather(*(witness.talk() for witness in witnesses))
        proxy.mischief = None
        await observer.say(ROOM, LAST)
        await asyncio.gather(*listening)

        history = [(record.id, record.text) async for record in observer.history(ROOM, after=0)]
        assert mischief.cuts < CUTS / 2, "there was hardly any chaos"
        assert proxy.connections > CLIENTS + CUTS / 4
    texts = [text for _, text in history]
    assert sorted(texts) == sorted([LAST, *(text for witness in witnesses for text in witness.said.values())])
    for witness in witnesses:
        assert witness.resets == []
        assert witness.heard == history
        assert len(witness.said) == ROUNDS
        assert witness.said.items() <= dict(history).items()
