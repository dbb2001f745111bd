"""`python -m bench.doors`: what programs meet at the open door: sending over HTTP, and large files.

Its goals are absolute or ratios within the run, so it needs no floor. It takes some minutes, and 3 GB of disk. Coming
back is a row of `bench`.
"""

import json
import multiprocessing
import selectors
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from typing import Any, Final

import click

from bench.contenders import HUBBUB_COMMAND
from bench.servers import Launcher, Server

SCRATCH: Final = Path("/var/tmp")  # noqa: S108 - each run makes a folder of its own there, under a name nobody can guess

CLIENTS: Final = 50
"""Connections that send over HTTP, each waiting for its answer before it sends again."""

ACCOUNTS: Final = 10
"""Whose tokens they show."""

SENT: Final = 20_000
"""Messages that they send."""

PIECE: Final = bytes(1 << 20)
"""A file is sent and taken in pieces of so much."""

CHATS: Final = 600
"""Messages whose delivery is timed, once with nothing else going on and once beside an upload."""

CHAT_SECONDS: Final = 0.02
"""Time between two of them."""

ROOM: Final = "#lobby"

Message = dict[str, Any]


class Native:
    """A native client that waits for what it wants."""

    def __init__(self, server: Server, **hello: object) -> None:
        self._socket = socket.create_connection(server.address)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self._socket.makefile("rwb", buffering=1 << 20)
        self.send(type="hello", **hello)
        self.welcome = self.hear(lambda message: message["type"] == "welcome")

    def enter(self) -> int:
        """Wait until it hears the lobby, and return that room's id."""
        entered = self.hear(lambda message: message["type"] == "entered" and message["room"]["name"] == ROOM)
        room: int = entered["room"]["id"]
        return room

    def send(self, **message: object) -> None:
        """Send a message."""
        self._file.write(json.dumps(message).encode() + b"\n")
        self._file.flush()

    def hear(self, wanted: Callable[[Message], bool]) -> Message:
        """Read until that comes. Raises `RuntimeError` for a refusal, or the end."""
        for line in self._file:
            message: Message = json.loads(line)
            if wanted(message):
                return message
            if message["type"] in {"refusal", "closing"}:
                raise RuntimeError(message)
        raise RuntimeError("the connection ended")

    def ask(self, **request: object) -> Message:
        """Ask something and return the answer."""
        self.send(id=0, **request)
        return self.hear(lambda message: message["type"] in {"done", "answer"})

    def close(self) -> None:
        """Be gone."""
        self._file.close()
        self._socket.close()


def make_token(server: Server, name: str) -> str:
    """Open an account that is in the lobby, and return a token of it."""
    client = Native(server, name=name, password="correct horse battery staple", register=True)  # noqa: S106 - made up
    client.enter()
    token: str = client.ask(type="make_token", label="bench")["answer"]["secret"]
    client.close()
    return token


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


def upload(server: Server, token: str, size: int) -> Message:
    """Send a file, and return what the server says of it."""
    with socket.create_connection(server.address) as sock:
        sock.sendall(
            f"POST /api/v1/files?name=large.bin HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n"
            f"Authorization: Bearer {token}\r\nConnection: close\r\n\r\n".encode()
        )
        for _ in range(size // len(PIECE)):
            sock.sendall(PIECE)
        head, _, body = b"".join(iter(lambda: sock.recv(65_536), b"")).partition(b"\r\n\r\n")
    if b" 201 " not in head.partition(b"\r\n")[0]:
        raise RuntimeError(head + body)
    told: Message = json.loads(body)
    return told


def upload_on(server: Server, tokens: list[str], size: int) -> None:
    """Send one file after the other, until that is ended."""
    for token in cycle(tokens):
        upload(server, token, size)


def download(server: Server, token: str, path: str) -> int:
    """Take a file, and return how many bytes came."""
    count = 0
    with socket.create_connection(server.address) as sock:
        sock.sendall(
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\n"
            f"Authorization: Bearer {token}\r\nConnection: close\r\n\r\n".encode()
        )
        view = memoryview(bytearray(1 << 20))
        while got := sock.recv_into(view):
            count += got
    return count


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


def measure_chat(speaker: Native, hearer: Native) -> float:
    """Return the 99th percentile of how long a message takes from one to the other, in seconds."""
    took = []
    for number in range(CHATS):
        started = time.perf_counter()
        speaker.send(type="say", id=number, room=ROOM, text=f"number {number}")
        hearer.hear(lambda message, number=number: message.get("event", {}).get("text") == f"number {number}")  # type: ignore[misc] # it is the same int
        took.append(time.perf_counter() - started)
        time.sleep(CHAT_SECONDS)
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
        tokens = [make_token(server, f"sender{number}") for number in range(ACCOUNTS)]
        tell("sending over HTTP, 50 clients", measure_sending(server, tokens), "/s", "≥ 2 000")
        measure_files(server, tokens, size)


def measure_files(server: Server, tokens: list[str], size: int) -> None:
    """Send and take a large file, and see what that means to others."""
    token, mebibyte = tokens[0], 1 << 20
    upload(server, token, mebibyte)
    rested = server.memory().resident
    with watching(server) as most:
        started = time.perf_counter()
        file = upload(server, token, size)
        tell("upload", size / mebibyte / (time.perf_counter() - started), "MiB/s", "")
    tell("the server's memory grows meanwhile by", (most[0] - rested) / mebibyte, "MiB", "≤ 20")
    rested = server.memory().resident
    with watching(server) as most:
        started = time.perf_counter()
        took = download(server, token, f"/f/{file['id']}/large.bin")
        if took < size:
            raise RuntimeError(f"of {size} bytes came {took}")
        tell("download", size / mebibyte / (time.perf_counter() - started), "MiB/s", "")
    tell("the server's memory grows meanwhile by", (most[0] - rested) / mebibyte, "MiB", "≤ 20")
    speaker, hearer = Native(server, name="ann"), Native(server, name="bob")
    hearer.enter()
    quiet = measure_chat(speaker, hearer)
    # A process of its own: in a thread it would keep those who measure from their work.
    busy = multiprocessing.get_context("fork").Process(target=upload_on, args=(server, tokens[1:], size))
    busy.start()
    try:
        beside = measure_chat(speaker, hearer)
    finally:
        busy.terminate()
        busy.join()
    tell("a message, p99", 1_000 * quiet, "ms", "")
    tell("a message beside an upload, p99", 1_000 * beside, "ms", "")
    tell("  times what it takes otherwise", beside / quiet, "", "≤ 1.5")


if __name__ == "__main__":
    main()
