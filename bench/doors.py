"""`python -m bench.doors`: what programs meet at the open door: sending over HTTP, and large files.

Its goals are absolute or ratios within the run, so it needs no floor. It takes some minutes, and 10 GB of disk. Coming
back is a row of `bench`. Programs are `hubbub.client`'s, but for those that are there to keep the server busy.
"""

import asyncio
import json
import multiprocessing
import secrets
import selectors
import socket
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import cycle
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import quantiles
from typing import Final

import click

from bench.accounts import make_token
from bench.contenders import HUBBUB_COMMAND
from bench.servers import Launcher, Server
from hubbub.client import Endpoint, Hub, connect

SCRATCH: Final = Path("/var/tmp")  # noqa: S108 - each run makes a folder of its own there, under a name nobody can guess

CLIENTS: Final = 50
"""Connections that send over HTTP, each waiting for its answer before it sends again."""

ACCOUNTS: Final = 10
"""Whose tokens they show."""

SENT: Final = 20_000
"""Messages that they send."""

MEBIBYTE: Final = 1 << 20

PIECE: Final = bytes(MEBIBYTE)
"""A file is sent in pieces of so much."""

CHATS: Final = 600
"""Messages whose delivery is timed, once with nothing else going on and once beside an upload."""

CHAT_SECONDS: Final = 0.02
"""Time between two of them."""

ROOM: Final = "#lobby"


def address_of(server: Server) -> str:
    """Return where it is, as the SDK wants to be told."""
    return str(Endpoint(*server.address))


def measure_sending(server: Server, tokens: list[str]) -> float:
    """Return how many messages a second fifty clients send over HTTP."""
    body = json.dumps({"text": "sixty bytes of what people usually say to each other, really"}).encode()
    with selectors.DefaultSelector() as sending:
        for number in range(CLIENTS):
            head = (
                f"POST /api/v1/rooms/lobby/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
                f"Content-Type: application/json\r\nAuthorization: Bearer {tokens[number % len(tokens)]}\r\n\r\n"
            )
            sender = Sender(server, head.encode() + body)
            sending.register(sender.socket, selectors.EVENT_READ, sender)
        senders: list[Sender] = [key.data for key in sending.get_map().values()]
        started = time.perf_counter()
        for sender in senders:
            sender.send()
        while sum(sender.answered for sender in senders) < SENT:
            for key, _ in sending.select():
                key.data.hear()
        seconds = time.perf_counter() - started
        for sender in senders:
            sender.socket.close()
    return SENT / seconds


class Sender:
    """A connection that asks the same again and again, each time it is answered."""

    def __init__(self, server: Server, request: bytes) -> None:
        self.socket = socket.create_connection(server.address)
        self.answered = 0
        self._request = request
        self._heard = b""

    def send(self) -> None:
        """Ask."""
        self.socket.sendall(self._request)

    def hear(self) -> None:
        """Take some of an answer, and ask again if that was all of it. Raises `RuntimeError` for a refusal."""
        self._heard += self.socket.recv(65_536)
        if not self._heard.startswith(b"HTTP/1.1 20"):
            raise RuntimeError(self._heard[:500])
        if self._heard.endswith(b"}"):
            self._heard = b""
            self.answered += 1
            self.send()


async def new_content(size: int) -> AsyncIterator[bytes]:
    """Give a file piece by piece that is like no other: the server keeps what it has already only once."""
    yield new_piece()
    for _ in range(size // len(PIECE) - 1):
        yield PIECE


def new_piece() -> bytes:
    """Give the first piece of a file that is like no other."""
    return secrets.token_bytes(16) + PIECE[16:]


def upload_on(server: Server, tokens: list[str], size: int, has_begun: Event) -> None:
    """Send one file after the other, as fast as the server takes it, until that is ended.

    By a raw socket: what the SDK takes to send a byte would be time in which nobody is in the others' way.
    """
    for token in cycle(tokens):
        with socket.create_connection(server.address) as sock:
            sock.sendall(
                f"POST /api/v1/files?name=large.bin HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n"
                f"Authorization: Bearer {token}\r\nConnection: close\r\n\r\n".encode()
            )
            sock.sendall(new_piece())
            has_begun.set()
            for _ in range(size // len(PIECE) - 1):
                sock.sendall(PIECE)
            answer = b"".join(iter(lambda: sock.recv(65_536), b""))
        if b" 201 " not in answer.partition(b"\r\n")[0]:
            raise RuntimeError(answer)


@contextmanager
def watching(server: Server) -> Iterator[list[int]]:
    """Note, in a list, the most memory that the server has while in the `with`."""
    most, is_over = [server.memory().resident], threading.Event()

    def watch() -> None:
        while not is_over.wait(0.05):
            most[0] = max(most[0], server.memory().resident)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield most
    finally:
        is_over.set()
        thread.join()


async def measure_chat(speaker: Hub, hearer: Hub) -> float:
    """Return the 99th percentile of how long a message takes from one to the other, in seconds."""
    took, heard = [], aiter(hearer)
    for number in range(CHATS):
        text = f"number {number}"
        began = time.perf_counter()
        saying = asyncio.create_task(speaker.say(ROOM, text))
        while (await anext(heard)).text != text:
            pass
        took.append(time.perf_counter() - began)
        await saying
        await asyncio.sleep(CHAT_SECONDS)
    return quantiles(took, n=100)[-1]


def tell(what: str, value: float, unit: str, goal: str) -> None:
    """Print one figure."""
    print(f"{what:<58} {value:>10,.2f} {unit:<5} {goal}")


@click.command()
@click.option("--megabytes", default=1_024, show_default=True, type=click.IntRange(1), help="Size of the large file.")
def main(megabytes: int) -> None:
    """Measure what programs meet at the open door."""
    size = megabytes * len(PIECE)
    allowing = ("--set", f"limits.file_bytes={size}", "--set", f"limits.person_quota_bytes={4 * size}")
    command = tuple("127.0.0.1:0" if "{protocol}" in word else word for word in HUBBUB_COMMAND) + allowing
    with (
        tempfile.TemporaryDirectory(dir=SCRATCH) as folder,
        Launcher(command, Path(folder)).started(announces=False) as server,
    ):
        asyncio.run(measure(server, size, Path(folder)))


async def measure(server: Server, size: int, folder: Path) -> None:
    """Measure all of it."""
    tokens = [await make_token(server.address, f"sender{number}") for number in range(ACCOUNTS)]
    tell("sending over HTTP, 50 clients", measure_sending(server, tokens), "/s", "≥ 2 000")
    await measure_files(server, tokens, size, folder)
    await measure_others(server, tokens[1:], size)


async def measure_files(server: Server, tokens: list[str], size: int, folder: Path) -> None:
    """Send and take a large file, and see what that means to others."""
    path = folder / "large.bin"
    async with connect(address_of(server), token=tokens[0]) as hub:
        # The first file brings with it whatever is imported for it.
        await hub.upload(new_content(len(PIECE)), name="small.bin")
        async with timed(server, "upload", size):
            file = await hub.upload(new_content(size), name=path.name)
        async with timed(server, "download", size):
            await hub.download(file, path)
        with path.open("r+b") as opened:
            opened.write(new_piece())
        async with timed(server, "upload that could go on", size):
            await hub.upload(path)
    path.unlink()


@asynccontextmanager
async def timed(server: Server, what: str, size: int) -> AsyncIterator[None]:
    """Tell how fast so many bytes go in the `with`, and how much more memory the server has meanwhile."""
    rested = server.memory().resident
    with watching(server) as most:
        began = time.perf_counter()
        yield
        seconds = time.perf_counter() - began
    tell(what, size / MEBIBYTE / seconds, "MiB/s", "")
    tell("  the server's memory grows meanwhile by", (most[0] - rested) / MEBIBYTE, "MiB", "≤ 20")


async def measure_others(server: Server, tokens: list[str], size: int) -> None:
    """See what large files mean to those who talk."""
    async with connect(address_of(server), name="ann") as ann, connect(address_of(server), name="bob") as bob:
        quiet = await measure_chat(ann, bob)
        async with uploading(server, tokens, size):
            beside = await measure_chat(ann, bob)
    tell("a message, p99", 1_000 * quiet, "ms", "")
    tell("a message beside an upload, p99", 1_000 * beside, "ms", "")
    tell("  times what it takes otherwise", beside / quiet, "", "≤ 1.5")


@asynccontextmanager
async def uploading(server: Server, tokens: list[str], size: int) -> AsyncIterator[None]:
    """Have files sent without a pause, in a process of its own: here it would keep who measures from his work."""
    processes = multiprocessing.get_context("spawn")
    has_begun = processes.Event()
    busy = processes.Process(target=upload_on, args=(server, tokens, size, has_begun))
    busy.start()
    try:
        await asyncio.to_thread(has_begun.wait)
        yield
        if not busy.is_alive():
            raise RuntimeError("nothing was sent any more")
    finally:
        busy.terminate()
        busy.join()


if __name__ == "__main__":
    main()
