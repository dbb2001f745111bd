"""A receiver of webhooks: a real HTTP server that remembers what was posted and answers what a test has decided."""

import asyncio
import ssl
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final, NamedTuple

OK: Final = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"

Answering = Callable[[asyncio.StreamWriter], Awaitable[None]]
"""Answers in its own way."""


class Delivery(NamedTuple):
    """What was posted."""

    target: str
    fields: dict[str, str]
    body: bytes


def answer(status: int, body: bytes = b"", *fields: str) -> bytes:
    """Return a whole answer."""
    head = [f"HTTP/1.1 {status} Reason", f"Content-Length: {len(body)}", "Connection: close", *fields]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def json_answer(body: bytes) -> bytes:
    """Return an answer in JSON."""
    return answer(200, body, "Content-Type: application/json; charset=utf-8")


class Receiver:
    """What a test says and hears of it."""

    def __init__(self) -> None:
        self.port = 0
        self.heard: asyncio.Queue[Delivery] = asyncio.Queue()
        self.answers: deque[bytes | Answering] = deque()
        """What the next ones are answered; then `usual`."""
        self.usual: bytes | Answering = OK
        self.connections = 0

    def url(self, path: str = "/", host: str = "127.0.0.1", scheme: str = "http") -> str:
        """Return where it listens."""
        return f"{scheme}://{host}:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Hear one request on a connection, and answer it."""
        self.connections += 1
        try:
            self.heard.put_nowait(await _read(reader))
            said = self.answers.popleft() if self.answers else self.usual
            if isinstance(said, bytes):
                writer.write(said)
            else:
                await said(writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Delivery:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    body = await reader.readexactly(int(fields.get("content-length", "0")))
    return Delivery(head[0].split(" ")[1], fields, body)


@asynccontextmanager
async def receiving(context: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    """Let a receiver listen on a free port of this machine, with TLS where there is a context."""
    receiver = Receiver()
    tasks = set[asyncio.Task[None]]()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(receiver.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(begin, "127.0.0.1", 0, ssl=context)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
