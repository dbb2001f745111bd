"""Transports: messages over a connection, whatever carries them: TCP, TLS or WebSocket."""

import asyncio
import ssl
from collections.abc import Sequence
from typing import Final, Protocol

from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as connect_websocket
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage
from websockets.typing import Subprotocol

from hubbub.client.endpoints import Endpoint
from hubbub.client.errors import Misunderstood, Untrusted
from hubbub.client.trust import Trust, make_context, require_trusted
from hubbub.wire.lines import LineReader

OPEN_SECONDS: Final = 10.0
"""How long it may take until a connection stands, handshakes included: TCP sends its SYN again after 1, 3 and 7 s."""

CLOSE_SECONDS: Final = 2.0
"""How long the other end may take to say that it is closed as well."""

READ_BYTES: Final = 65_536
"""Most that is read at once, and twice that is what waits in memory before the other end is held back."""

MESSAGE_BYTES: Final = 16 * 1_048_576
"""Longest message that is taken from a server: 500 records of 16 KiB, the longest page of history, and their frame."""

SUBPROTOCOL: Final = Subprotocol("hubbub.v1")
"""What the native protocol is called over WebSocket. docs/protocol.md."""


class Transport(Protocol):
    """One connection. Any of its methods may raise `OSError`, which means that it is lost."""

    async def receive(self) -> Sequence[str | bytes]:
        """Wait for messages and return them in order; none when there will be no more. Raises `Misunderstood`."""

    async def send(self, messages: Sequence[bytes]) -> None:
        """Send messages, each with the line end after it, and wait while the other end takes none."""

    async def close(self) -> None:
        """End it, after what was sent; harmless when repeated."""


class StreamTransport:
    """A message a line, over TCP or TLS."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._lines = LineReader(MESSAGE_BYTES)

    async def receive(self) -> Sequence[str | bytes]:
        """Return the messages of the next lines."""
        while data := await self._reader.read(READ_BYTES):
            lines = self._lines.receive_data(data)
            messages = [line for line in lines if isinstance(line, str)]
            if len(messages) < len(lines):
                raise Misunderstood("The server sent a line that is too long, or no UTF-8.")
            if messages:
                return messages
        return ()

    async def send(self, messages: Sequence[bytes]) -> None:
        """Send them as they are."""
        self._writer.write(b"".join(messages))
        await self._writer.drain()

    async def close(self) -> None:
        """End it, after what was sent."""
        self._writer.close()
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._writer.wait_closed()
        except OSError:
            # Over TLS the other end may just be gone, or say nothing any more.
            self._writer.transport.abort()


class WebSocketTransport:
    """A message a frame."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    async def receive(self) -> Sequence[str | bytes]:
        """Return the message of the next frame."""
        try:
            # The library holds the server back while it has more than a few frames that nobody took.
            return (await self._connection.recv(decode=False),)
        except ConnectionClosed:
            return ()

    async def send(self, messages: Sequence[bytes]) -> None:
        """Send each in a text frame."""
        try:
            for message in messages:
                await self._connection.send(message.rstrip(b"\n"), text=True)
        except ConnectionClosed as closed:
            raise ConnectionResetError(str(closed)) from closed

    async def close(self) -> None:
        """End it, after what was sent."""
        await self._connection.close()


async def open_transport(endpoint: Endpoint, trust: Trust) -> Transport:
    """Connect to a server; raises `OSError` if there is none, and `Untrusted` or `Misunderstood` if it is another."""
    context = make_context(trust) if endpoint.is_encrypted else None
    try:
        async with asyncio.timeout(OPEN_SECONDS):
            if endpoint.transport == "websocket":
                return await _open_websocket(endpoint, trust, context)
            return await _open_stream(endpoint, trust, context)
    except ssl.SSLCertVerificationError as error:
        raise Untrusted(endpoint, error.verify_message) from error


async def _open_stream(endpoint: Endpoint, trust: Trust, context: ssl.SSLContext | None) -> Transport:
    reader, writer = await asyncio.open_connection(endpoint.host, endpoint.port, ssl=context, limit=READ_BYTES)
    try:
        _require_trusted(trust, endpoint, writer.transport)
    except Untrusted:
        writer.transport.abort()
        raise
    return StreamTransport(reader, writer)


async def _open_websocket(endpoint: Endpoint, trust: Trust, context: ssl.SSLContext | None) -> Transport:
    try:
        connection = await connect_websocket(
            f"{'wss' if context else 'ws'}://{endpoint.address}{endpoint.path}",
            subprotocols=[SUBPROTOCOL],
            ssl=context,
            max_size=MESSAGE_BYTES,
            open_timeout=None,
            close_timeout=CLOSE_SECONDS,
            # Pings of our own go through the whole server, and show that it lives.
            ping_interval=None,
            # Straight to the server, as over TCP.
            proxy=None,
        )
    except (InvalidHandshake, InvalidMessage) as error:
        raise Misunderstood(f"{endpoint} does not open a WebSocket: {error}.") from error
    try:
        _require_trusted(trust, endpoint, connection.transport)
        _require_spoken(endpoint, connection)
    except (Untrusted, Misunderstood):
        connection.transport.abort()
        raise
    return WebSocketTransport(connection)


def _require_spoken(endpoint: Endpoint, connection: ClientConnection) -> None:
    if connection.subprotocol != SUBPROTOCOL:
        raise Misunderstood(f"{endpoint} does not speak {SUBPROTOCOL}.")


def _require_trusted(trust: Trust, endpoint: Endpoint, transport: asyncio.BaseTransport) -> None:
    ssl_object: ssl.SSLObject | None = transport.get_extra_info("ssl_object")
    if ssl_object is not None:
        require_trusted(trust, endpoint, ssl_object)
