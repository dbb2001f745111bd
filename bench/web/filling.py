"""What is there to be read, and what comes while one reads."""

import asyncio
import json
import subprocess
import sys
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Final, Self

from bench.crowd import LoadError
from bench.servers import Launch, Launcher, Server
from bench.web.browsing import PASSWORD
from bench.web.scale import FLOOD_PER_SECOND
from hubbub.client import ClientError, Endpoint, Refused, connect

READER: Final = "reader"
"""Whose page it is."""

WRITERS: Final = ("ann", "bob", "carol")
"""Who has said everything else."""

TEXTS: Final = (
    "Good morning!",
    "Does anybody know where the **good** kettle is? I have looked on every shelf, and behind the cups as well.",
    "On the second shelf: https://www.example.org/kettles/17 says so.",
    "> where is it\n\nWith the others.\n\n- a spoon a cup\n- two minutes",
    "Try `make tea`, and then:\n\n```python\ndef brew(leaves):\n    return steep(leaves, minutes=2)\n```",
    "Yes.",
    "@reader what do you think of it? It is about as long as what people say when they have something to say.",
)
"""What people say, one after the other."""


def fill(launch: Launch, rooms: dict[str, int]) -> list[str]:
    """Put so many messages into each of these rooms, before the server is started; return their names."""
    if not isinstance(launch, Launcher):
        raise LoadError("only a server of our own can be filled")
    data = launch.folder / "data"
    data.mkdir()
    for number, (room, messages) in enumerate(rooms.items()):
        file = data.with_name(f"{number}.jsonl")
        with file.open("w", encoding="utf-8") as opened:
            for line in _archive(f"hubbub:{number:016x}", room, messages):
                opened.write(json.dumps(line) + "\n")
        command = [sys.executable, "-m", "hubbub", "import", "--match-names", "--data", str(data), str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise LoadError(f"{room} could not be filled: {done.stderr}")
    return list(rooms)


def _archive(source: str, room: str, messages: int) -> Iterator[dict[str, object]]:
    began = datetime.now(UTC) - timedelta(days=30)
    yield {"hubbub_export": 1, "source": source, "made": _stamp(began)}
    yield {"type": "room", "id": "5", "name": room}
    for number in range(messages):
        name = WRITERS[number // 3 % len(WRITERS)]
        text = f"{TEXTS[number % len(TEXTS)]} {room} {number}"
        when = began + timedelta(days=29) * number / messages
        yield {
            "type": "message",
            "id": str(number + 6),
            "time": _stamp(when),
            "name": name,
            "author": name,
            "text": text,
        }
    yield {"type": "end", "messages": messages}


def _stamp(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def settle(server: Server, rooms: list[str]) -> None:
    """Open the accounts, and let all of them be in all rooms."""

    async def come() -> None:
        for name in (READER, *WRITERS):
            async with connect(address_of(server), name=name, password=PASSWORD, register=True) as hub:
                for room in rooms:
                    await hub.join(room)

    try:
        # Playwright has a loop of its own in this thread.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asyncio.run, come()).result()
    except (ClientError, Refused, OSError) as error:
        raise LoadError(str(error)) from error


def address_of(server: Server) -> str:
    """Return where it is, as the SDK wants to be told."""
    return str(Endpoint(*server.address))


class Talker:
    """Says things while a page is watched, from a thread of its own."""

    def __init__(self, server: Server, room: str) -> None:
        self._room = room
        self._number = 0
        self._hub = connect(address_of(server), name=WRITERS[0], password=PASSWORD)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> Self:
        """Come in."""
        self._thread.start()
        self._do(self._hub.__aenter__())
        return self

    def __exit__(self, *_: object) -> None:
        """Go."""
        self._do(self._hub.__aexit__(None, None, None))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def say_at_once(self, messages: int) -> str:
        """Say so many as fast as the server takes them; return how the last of them ends."""
        self._do(self._say_all(messages))
        return self._end(self._number)

    def talk(self, seconds: float) -> Future[None]:
        """Begin to say 100 messages a second, for so long."""
        return asyncio.run_coroutine_threadsafe(self._talk(seconds), self._loop)

    def _do(self, work: Coroutine[object, object, object]) -> None:
        try:
            asyncio.run_coroutine_threadsafe(work, self._loop).result()
        except (ClientError, Refused, OSError) as error:
            raise LoadError(str(error)) from error

    async def _talk(self, seconds: float) -> None:
        began = time.monotonic()
        for number in range(int(seconds * FLOOD_PER_SECOND)):
            await asyncio.sleep(max(0.0, began + number / FLOOD_PER_SECOND - time.monotonic()))
            await self._hub.say(self._room, self._next())

    async def _say_all(self, messages: int) -> None:
        await asyncio.gather(*(self._hub.say(self._room, self._next()) for _ in range(messages)))

    def _next(self) -> str:
        self._number += 1
        return self._text(self._number)

    def _text(self, number: int) -> str:
        return f"{TEXTS[number % len(TEXTS)]} {self._end(number)}"

    def _end(self, number: int) -> str:
        """Without marks, so that it is shown as it is written."""
        return f"flood {number};"
