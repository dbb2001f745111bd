"""`python -m bench.terminal`: what the terminal client takes: to start, to show a key, to remember, to do nothing.

It runs `hubbub chat` in a terminal of its own, 120 cells by 40, and looks at the bytes that come to the screen. The
server, whoever speaks and who measures are on the same machine, so that the figures are bounds from above.
"""

import asyncio
import fcntl
import os
import pty
import resource
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import click

from bench.contenders import HUBBUB_COMMAND
from bench.doors import address_of, tell
from bench.servers import Launcher, Server
from hubbub.client import Hub, connect

SCRATCH: Final = Path("/var/tmp")  # noqa: S108 - each run makes a folder of its own there, under a name nobody can guess

SIZE: Final = struct.pack("HHHH", 40, 120, 0, 0)
"""Rows and columns, and nothing for pixels."""

STARTS: Final = 9

KEYS: Final = 600
"""How many keys are pressed."""

KEY_SECONDS: Final = 0.03
"""Between the key that is seen and the next one: as fast as one types who is in a hurry."""

LETTERS: Final = "αβγδεζηθικλμνξοπρστυφχψω"
"""What is typed: nobody else says such letters, so that they are seen where they are written."""

CLEAR: Final = "\x15"
"""Ctrl+U."""

RATE: Final = 50
"""Messages a second while keys are pressed."""

ROOM: Final = "#lobby"

MEBIBYTE: Final = 1 << 20

IDLE_SECONDS: Final = 10.0

PATIENCE_SECONDS: Final = 300.0
"""How long anything may take before it counts as not happening: a hundred thousand messages, on a busy machine."""


class Screen:
    """One client, and the terminal that it believes to have."""

    def __init__(self, address: str, name: str, folder: Path) -> None:
        """Start it; what it keeps, it keeps in a folder."""
        self._keyboard, screen = pty.openpty()
        fcntl.ioctl(screen, termios.TIOCSWINSZ, SIZE)
        places = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "STATE", "CACHE", "DATA")}
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hubbub", "chat", address, "--name", name],
            stdin=screen,
            stdout=screen,
            stderr=screen,
            start_new_session=True,
            env={**os.environ, **places, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
        )
        os.close(screen)
        self._shown = b""
        self._more = asyncio.Event()
        asyncio.get_running_loop().add_reader(self._keyboard, self._read)

    def _read(self) -> None:
        try:
            self._shown += os.read(self._keyboard, MEBIBYTE)
        except OSError:
            # Its end: on Linux an error.
            asyncio.get_running_loop().remove_reader(self._keyboard)
        self._more.set()

    def press(self, keys: str) -> float:
        """Press keys, forget what was shown before, and return when it was."""
        self._shown = b""
        os.write(self._keyboard, keys.encode())
        return time.perf_counter()

    async def see(self, wanted: str) -> float:
        """Wait until something is shown, and return when it was."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while wanted.encode() not in self._shown:
                self._more.clear()
                await self._more.wait()
        return time.perf_counter()

    @property
    def resident_bytes(self) -> int:
        """How much memory it has."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * resource.getpagesize()

    @property
    def cpu_seconds(self) -> float:
        """How much it has computed; see `bench.servers`."""
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def close(self) -> None:
        """End it."""
        asyncio.get_running_loop().remove_reader(self._keyboard)
        self.process.kill()
        self.process.wait()
        os.close(self._keyboard)


@asynccontextmanager
async def screen(server: Server, name: str, folder: Path) -> AsyncIterator[Screen]:
    """Run a client until it can be used."""
    opened = Screen(address_of(server), name, folder)
    try:
        await opened.see(f"{name} on ")
        yield opened
    finally:
        opened.close()


async def measure_start(server: Server, folder: Path) -> float:
    """Return how long it takes until one is in and a letter is shown, in seconds, in the middle of some starts."""
    took = []
    for number in range(STARTS):
        async with screen(server, f"starter{number}", folder) as opened:
            opened.press(LETTERS[0])
            took.append(await opened.see(LETTERS[0]) - opened.began)
    return statistics.median(took)


async def speak(hub: Hub) -> None:
    """Say something so many times a second, until that is ended."""
    number = 0
    while True:
        number += 1
        saying = asyncio.create_task(hub.say(ROOM, f"number {number}: what people say to each other, and **more**"))
        await asyncio.sleep(1 / RATE)
        await saying


async def measure_keys(opened: Screen) -> list[float]:
    """Return how long each key took until it was seen, in seconds."""
    took = []
    for number in range(KEYS):
        letter = LETTERS[number % len(LETTERS)]
        pressed = opened.press(letter if number % len(LETTERS) else CLEAR + letter)
        took.append(await opened.see(letter) - pressed)
        await asyncio.sleep(KEY_SECONDS)
    return took


async def measure_talk(server: Server, hub: Hub, folder: Path) -> None:
    """See what much talk means to whoever types."""
    async with screen(server, "typist", folder) as opened:
        await measure_keys(opened)
        quiet = statistics.quantiles(await measure_keys(opened), n=100)
        speaking = asyncio.create_task(speak(hub))
        began, cpu = time.perf_counter(), opened.cpu_seconds
        busy = statistics.quantiles(await measure_keys(opened), n=100)
        share = (opened.cpu_seconds - cpu) / (time.perf_counter() - began)
        speaking.cancel()
    tell("a key until it is seen, nobody speaks, p50", 1_000 * quiet[49], "ms", "")
    tell("  p99", 1_000 * quiet[98], "ms", "")
    tell(f"a key until it is seen, {RATE} messages a second, p50", 1_000 * busy[49], "ms", "")
    tell("  p99", 1_000 * busy[98], "ms", "≤ 30")
    tell("  its CPU meanwhile", 100 * share, "%", "")


async def measure_memory(server: Server, hub: Hub, folder: Path, messages: int) -> None:
    """See what many messages take, and what nothing takes."""
    async with screen(server, "keeper", folder) as opened:
        rested = opened.resident_bytes
        for first in range(0, messages, RATE * 4):
            numbers = range(first, min(first + RATE * 4, messages))
            await asyncio.gather(*(hub.say(ROOM, f"message {number} of those that people say") for number in numbers))
        await hub.say(ROOM, "ΩΩΩ")
        await opened.see("ΩΩΩ")
        tell("memory with no message", rested / MEBIBYTE, "MiB", "")
        tell(f"memory with {messages} messages", opened.resident_bytes / MEBIBYTE, "MiB", "≤ 114 (120 MB)")
        cpu = opened.cpu_seconds
        await asyncio.sleep(IDLE_SECONDS)
        tell("CPU while nothing happens", 100 * (opened.cpu_seconds - cpu) / IDLE_SECONDS, "%", "near 0")


async def measure(server: Server, folder: Path, messages: int) -> None:
    """Measure all of it."""
    tell("start until a letter is shown, one being in", await measure_start(server, folder), "s", "≤ 0.7")
    async with connect(address_of(server), name="speaker") as hub:
        await measure_talk(server, hub, folder)
        await measure_memory(server, hub, folder, messages)


@click.command()
@click.option("--messages", default=100_000, show_default=True, type=click.IntRange(1), help="How many it remembers.")
def main(messages: int) -> None:
    """Measure the terminal client."""
    command = tuple("127.0.0.1:0" if "{protocol}" in word else word for word in HUBBUB_COMMAND)
    with (
        tempfile.TemporaryDirectory(dir=SCRATCH) as folder,
        Launcher(command, Path(folder)).started(announces=False) as server,
    ):
        asyncio.run(measure(server, Path(folder), messages))


if __name__ == "__main__":
    main()
