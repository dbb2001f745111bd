"""The port: whoever comes is let in, handed over and counted out again, whatever way he goes."""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

import pytest

from hubbub.core.limits import Limits
from hubbub.fabrics.local import LocalFabric
from hubbub.gateways.unspoken import UNSPOKEN
from hubbub.server.app import Server
from hubbub.server.config import Settings, TlsSettings
from hubbub.server.listen import ListenAddress
from hubbub.server.sockets import open_listeners
from hubbub.server.stop import close_connections
from hubbub.server.tls import Tls
from hubbub.wire.detect import Protocol
from tests.stores.places import memory_place

Open = Callable[[Limits], Awaitable["House"]]

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]

PROMPT = b"Please enter your username:\n"


ONE_PORT = {"tls": "auto"}
"""Which listener is connected to for what is not a listener's own protocol."""


def trusting() -> ssl.SSLContext:
    """Return what a client needs to shake hands with anybody."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class House:
    """A server in this process, which keeps everything in memory, and its two doors."""

    def __init__(self, limits: Limits, tls: Tls) -> None:
        self.server = Server(Settings(limits=limits), memory_place().make_storage(), LocalFabric(), tls)
        self._ports: dict[str, int] = {}
        self._writers: list[asyncio.StreamWriter] = []

    async def open(self) -> None:
        """Listen on the one port, and on one for text."""
        await self.server.node.open()
        addresses = [ListenAddress("127.0.0.1", 0), ListenAddress("127.0.0.1", 0, "text")]
        for address, listener in open_listeners(addresses):
            self.server.port.listen(listener, Protocol(address.protocol))
            self._ports[address.protocol] = address.port

    async def connect(self, protocol: str = "auto", data: bytes = b"") -> Streams:
        """Connect, over TLS to the one port if that is given for a protocol, and send something."""
        port = self._ports[ONE_PORT.get(protocol, protocol)]
        context = trusting() if protocol == "tls" else None
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
        # Kept, because a writer that nobody knows any more closes its connection.
        self._writers.append(writer)
        writer.write(data)
        return reader, writer

    async def close(self) -> None:
        """Close all connections, and the server."""
        for writer in self._writers:
            await end(writer)
        await self.server.close()


async def end(writer: asyncio.StreamWriter) -> None:
    """Close a connection; harmless when repeated."""
    writer.close()
    # Over TLS an answer may come after our end, and asyncio takes that for a fault.
    with suppress(ConnectionError, ssl.SSLError):
        await writer.wait_closed()


async def rest_of(reader: asyncio.StreamReader) -> bytes:
    """Return what comes until the connection has ended, in order or with a reset."""
    try:
        return await reader.read()
    except ConnectionResetError:
        return b""


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    """Make a certificate that is good for all tests."""
    return Tls(TlsSettings(), tmp_path_factory.mktemp("tls"))


@pytest.fixture
async def open_house(tls: Tls) -> AsyncIterator[Open]:
    """Open houses, and close them after the test."""
    houses: list[House] = []

    async def open_one(limits: Limits) -> House:
        house = House(limits, tls)
        await house.open()
        houses.append(house)
        return house

    yield open_one
    for house in houses:
        await house.close()


async def leave_at_once(house: House, protocol: str) -> None:
    """Come and go, as port scanners do."""
    _, writer = await house.connect(protocol)
    await end(writer)


async def leave_with_half_a_word(house: House, protocol: str) -> None:
    """Begin like something, and go."""
    reader, writer = await house.connect(protocol, b"NIC")
    if writer.can_write_eof():
        writer.write_eof()
    else:
        writer.close()
    await reader.read()
    await end(writer)


async def be_reset(house: House, protocol: str) -> None:
    """Vanish after a word."""
    reader, writer = await house.connect(protocol, b"ann\n")
    await reader.readuntil(b"assigned")
    sock: socket.socket = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    await end(writer)


async def say_goodbye(house: House, protocol: str) -> None:
    """Leave in order."""
    reader, writer = await house.connect(protocol, b"ann\n/quit\n")
    assert (await reader.read()).endswith(b"Goodbye.\n")
    await end(writer)


async def speak_what_is_not_spoken(house: House, protocol: str) -> None:
    """Be told so."""
    reader, writer = await house.connect(protocol, b"\n/quit\n" if protocol == "text" else b"SSH-2.0-x\r\n")
    await reader.read()
    await end(writer)


async def read_a_page(house: House, protocol: str) -> None:
    """Come with a browser, which asks for a page and has no name."""
    reader, writer = await house.connect(protocol, b"\n/quit\n" if protocol == "text" else b"GET / HTTP/1.1\r\n\r\n")
    await reader.read()
    await end(writer)


async def read_half_a_page(house: House, protocol: str) -> None:
    """Go while asking for a page."""
    _, writer = await house.connect(protocol, b"GET / HTTP/1.1\r\n")
    await end(writer)


WAYS = [
    *(leave_at_once, leave_with_half_a_word, be_reset, say_goodbye, speak_what_is_not_spoken),
    *(read_a_page, read_half_a_page),
]
"""Whatever people do, they are gone in the end."""


@pytest.mark.parametrize("protocol", ["auto", "text", "tls"])
@pytest.mark.parametrize("go", WAYS)
async def test_whoever_goes_makes_room(
    go: Callable[[House, str], Awaitable[None]], protocol: str, open_house: Open
) -> None:
    """However somebody goes, he is counted out once: then one may come in again, and only one."""
    house = await open_house(Limits(connections=1))
    for _ in range(3):
        await go(house, protocol)
        reader, writer = await admitted(house)
        refused, other = await house.connect()
        assert await refused.read() == b""
        await end(other)
        writer.write(b"/quit\n")
        await reader.read()
        await end(writer)


async def admitted(house: House) -> Streams:
    """Come in as soon as there is room."""
    while True:
        reader, writer = await house.connect("text")
        if await reader.read(1):
            return reader, writer
        await end(writer)


async def test_the_first_bytes_are_left_for_whom_they_are(open_house: Open) -> None:
    """What was looked at to know who it is arrives whole where it belongs."""
    house = await open_house(Limits())
    reader, _ = await house.connect("auto", b"3         ann")
    assert (await reader.readexactly(10)).startswith(b"6")
    assert await reader.readexactly(6) == b"server"


async def test_what_is_not_spoken_is_answered(open_house: Open) -> None:
    """In its own way, and nobody else comes to it."""
    house = await open_house(Limits())
    reader, writer = await house.connect("auto", b"SSH-2.0-x\r\n")
    assert await reader.read() == UNSPOKEN[Protocol.SSH]
    await end(writer)
    assert not house.server.port.connections


async def test_without_a_time_for_silence_nobody_is_greeted_for_it(open_house: Open) -> None:
    """The first word is waited for, however long it takes; a pinned listener greets at once."""
    house = await open_house(Limits(detect_seconds=86_400))
    silent, writer = await house.connect()
    pinned, _ = await house.connect("text")
    assert (await pinned.readuntil(PROMPT)).endswith(PROMPT)
    writer.write(b"\n")
    assert (await silent.readuntil(PROMPT)).endswith(PROMPT)


async def test_a_stop_ends_the_silent_and_the_talkative(open_house: Open) -> None:
    """Nobody can come any more; who has not begun is closed without a word, who has is told."""
    house = await open_house(Limits(detect_seconds=86_400))
    talkative, _ = await house.connect("text", b"ann\n/ping here\n")
    await talkative.readuntil(b"pong here\n")
    silent, _ = await house.connect()
    beginning, _ = await house.connect("auto", b"NIC")
    # When these have been answered, the others have been let in.
    for _ in range(3):
        last, writer = await house.connect("auto", b"hello\n/quit\n")
        await last.read()
        await end(writer)
    house.server.port.stop_accepting()
    with pytest.raises(ConnectionRefusedError):
        await house.connect()
    assert await rest_of(silent) == b""
    assert await rest_of(beginning) == b""
    await close_connections(house.server.port, 5)
    assert b"The server is stopping" in await talkative.read()
    assert not house.server.port.connections


async def test_without_a_certificate_nobody_is_encrypted() -> None:
    """A port that was given none tells whoever wants TLS that no handshake will come."""
    server = Server(Settings(), memory_place().make_storage(), LocalFabric())
    await server.node.open()
    ((address, listener),) = open_listeners([ListenAddress("127.0.0.1", 0)])
    server.port.listen(listener, Protocol.AUTO)
    with pytest.raises(ssl.SSLError, match=r"(?i)handshake.failure"):
        await asyncio.open_connection("127.0.0.1", address.port, ssl=trusting())
    await server.close()
