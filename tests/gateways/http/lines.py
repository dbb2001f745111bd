"""Lines: HTTP connections over socket pairs, on a clock that a test moves, with an application of its own."""

import asyncio
import http.client
import io
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, Self

from starlette.types import Receive, Scope, Send

from hubbub.gateways.http.exchange import Exchange
from hubbub.gateways.http.guarding import Guarded
from hubbub.gateways.http.serving import Serving
from hubbub.service.peers import Peer
from hubbub.service.tally import Tally
from tests.service.clock import ManualClock
from tests.service.turns import until

PATIENCE_SECONDS: Final = 30.0
"""How long a test that is going to fail waits; one that passes never comes near it."""

HOST: Final = b"Host: chat.example.org:4242\r\n"


def get(path: str = "/", *fields: bytes) -> bytes:
    """Return a request without a body."""
    return f"GET {path} HTTP/1.1\r\n".encode() + HOST + b"".join(field + b"\r\n" for field in fields) + b"\r\n"


class Received(io.BytesIO):
    """Bytes that `http.client` takes for a socket."""

    def makefile(self, _mode: str) -> Self:
        """Return what can be read."""
        return self

    def close(self) -> None:
        """Stay open: there may be another answer behind the first."""


class Answer:
    """An answer as a program understands it, down to its last byte."""

    def __init__(self, received: Received, method: str = "GET") -> None:
        response = http.client.HTTPResponse(received, method=method)  # type: ignore[arg-type] # it reads, and no more
        response.begin()
        self.status = response.status
        self.fields = response.headers
        self.body = response.read()
        self.closes = response.will_close


def parse_answers(data: bytes, method: str = "GET") -> list[Answer]:
    """Return all answers that there are, whole."""
    received = Received(data)
    answers = []
    while received.tell() < len(data):
        answers.append(Answer(received, method))
    return answers


class Application:
    """Answers with what it was asked; `/wait…` not before it is let, `/large` with a lot, `/fail` with a fault."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.bodies: list[bytes] = []
        self.fields: list[set[bytes]] = []
        """The names of each request's header fields, as they are when it is answered."""
        self.may_go_on = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path: str = scope["path"]
        self.begun.append(path)
        if path.startswith("/wait"):
            await self.may_go_on.wait()
        if path == "/fail":
            raise RuntimeError("a secret")
        if path.startswith("/read"):
            self.bodies.append(await read_body(receive))
        self.fields.append({name for name, _ in scope["headers"]})
        body = bytes(4_000_000) if path == "/large" else path.encode()
        fields = [(b"content-length", str(len(body)).encode()), (b"x-scheme", scope["scheme"].encode())]
        await send({"type": "http.response.start", "status": 200, "headers": fields})
        if path == "/break":
            raise RuntimeError("a secret")
        await send({"type": "http.response.body", "body": body})
        self.ended.append(path)


async def read_body(receive: Receive) -> bytes:
    """Return the whole body, or what came of it before its sender went."""
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return body + b" and no more"
        body += bytes(message["body"])
        if not message.get("more_body"):
            return body


class Client:
    """The other end of a connection, and what the server is told of it."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.was_named = self.was_closed = False
        self.heads: list[bytes] = []
        """What was given to whoever speaks WebSocket."""
        self.speaks_websocket = False
        self.refusal = b""
        """What is answered if it does not."""
        self.exchange: Exchange

    def named(self) -> None:
        """Take note, as the port does, that the client has said what it wants."""
        self.was_named = True

    def closed(self) -> None:
        """Take note, as the port does, that the connection is gone."""
        assert not self.was_closed
        self.was_closed = True

    def upgraded(self, transport: asyncio.Transport, data: bytes) -> bytes | None:
        """Take the transport, or refuse to, as the port does."""
        if not self.speaks_websocket:
            return self.refusal
        self.heads.append(data)
        transport.set_protocol(asyncio.Protocol())
        transport.close()
        return None

    async def send(self, data: bytes) -> None:
        """Send bytes as fast as the server takes them."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.get_running_loop().sock_sendall(self.sock, data)

    async def hear(self, count: int = 1) -> list[Answer]:
        """Read until so many answers are there."""
        data = b""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                data += await asyncio.get_running_loop().sock_recv(self.sock, 1 << 20)
                if data.count(b"HTTP/1.1 ") < count:
                    continue  # To understand everything anew for each of many pieces would take too long.
                try:
                    answers = parse_answers(data)
                except (http.client.HTTPException, ValueError):
                    continue
                if len(answers) == count:
                    return answers

    async def hear_end(self) -> list[Answer]:
        """Read until the server has closed its side, and return the answers."""
        data = b""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while more := await asyncio.get_running_loop().sock_recv(self.sock, 1 << 20):
                data += more
        return parse_answers(data)

    async def is_gone(self) -> None:
        """Wait until the server has counted it out."""
        await until(lambda: self.was_closed)


class Place:
    """What connections begin in."""

    def __init__(self, naming_seconds: float) -> None:
        self.app = Application()
        self.clock = ManualClock()
        self.serving = Serving(Guarded(self.app, Tally()), self.clock, naming_seconds, Tally())
        self.clients: list[Client] = []

    async def connect(self, *, is_encrypted: bool = False) -> Client:
        """Connect somebody."""
        ours, theirs = socket.socketpair()
        for sock in (ours, theirs):
            sock.setblocking(False)
        client = Client(theirs)
        self.clients.append(client)
        exchange = self.serving.connect(Peer("127.0.0.1:1", "127.0.0.1", is_encrypted), client)
        client.exchange = exchange
        await asyncio.get_running_loop().connect_accepted_socket(lambda: exchange, ours)
        return client


@asynccontextmanager
async def place(naming_seconds: float = 10) -> AsyncIterator[Place]:
    """Give a place that is cleared at the end: nothing may be left of anybody."""
    here = Place(naming_seconds)
    try:
        yield here
    finally:
        here.app.may_go_on.set()
        for client in here.clients:
            client.sock.close()
            if not client.was_closed and not client.heads:
                client.exchange.abort()
        await until(lambda: all(client.was_closed or client.heads for client in here.clients))
        await until(lambda: not here.serving.state.tasks)
    assert not here.serving.state.connections
