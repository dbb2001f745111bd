"""TLS on the one port, with a clock that a test moves: how long silence lasts, before the handshake and after it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from hubbub.core.limits import Limits
from hubbub.gateways.connection import Connection
from hubbub.gateways.surroundings import Services
from hubbub.server.admission import Admission
from hubbub.server.config import TlsSettings
from hubbub.server.listen import ListenAddress
from hubbub.server.port import Port
from hubbub.server.sockets import open_listeners
from hubbub.server.tls import Tls
from hubbub.server.voices import Voices
from hubbub.service.audience import VOLLEY_LISTENERS
from hubbub.service.outbox import Volley
from hubbub.wire.detect import Protocol
from tests.gateways.transports.rings import Counted, some_ring
from tests.server.test_port import PROMPT, Streams, end, trusting
from tests.service.node import Node, running
from tests.service.turns import until


class Gate:
    """A port on a node whose clock stands still."""

    def __init__(self, node: Node, folder: Path) -> None:
        self.clock = node.clock
        people, entrance, requests, resuming = node.people, node.entrance, node.requests, node.resuming
        services = Services(people, entrance, requests, resuming, node.tally, node.clock, node.limits)
        conversations = Voices(node.clock, announce=True).conversations(node.limits)
        tls = Tls(TlsSettings(), folder)
        self.port = Port(conversations, services, Admission(node.limits, node.clock), tls)
        ((self.address, listener),) = open_listeners([ListenAddress("127.0.0.1", 0)])
        self.port.listen(listener, Protocol.AUTO)

    async def connect(self) -> socket.socket:
        """Connect, and wait until the port waits for the first bytes."""
        timers = self.clock.timers_set
        sock = socket.create_connection((self.address.host, self.address.port))
        sock.setblocking(False)
        await until(lambda: self.clock.timers_set > timers)
        return sock

    async def encrypt(self, sock: socket.socket) -> Streams:
        """Shake hands, and wait until the port waits for the first bytes inside."""
        timers = self.clock.timers_set
        streams = await asyncio.open_connection(sock=sock, ssl=trusting(), server_hostname="localhost")
        await until(lambda: self.clock.timers_set > timers)
        return streams


@asynccontextmanager
async def gate(folder: Path, limits: Limits, volley: Volley | None = None) -> AsyncIterator[Gate]:
    """Open a gate, and close it again."""
    async with running(Node(limits=limits, volley=volley)) as node:
        opened = Gate(node, folder)
        yield opened
        opened.port.stop_accepting()
        await opened.port.wait_until_empty()


async def test_silence_lasts_no_longer_than_in_clear_text(tmp_path: Path) -> None:
    """What was waited before the handshake counts: a silent client waits for its greeting once, not twice."""
    async with gate(tmp_path, Limits(detect_seconds=1)) as here:
        sock = await here.connect()
        here.clock.advance(0.75)
        reader, writer = await here.encrypt(sock)
        here.clock.advance(0.125)
        assert not here.port.connections
        here.clock.advance(0.125)
        assert len(here.port.connections) == 1
        await reader.readuntil(PROMPT)
        await end(writer)


async def test_the_handshake_itself_is_no_silence(tmp_path: Path) -> None:
    """Whoever is slow to shake hands has as long for his first bytes as anybody else."""
    async with gate(tmp_path, Limits(detect_seconds=1)) as here:
        timers = here.clock.timers_set
        sock = await here.connect()
        begun = asyncio.ensure_future(here.encrypt(sock))
        await until(lambda: here.clock.timers_set > timers)
        reader, writer = await begun
        here.clock.advance(0.875)
        assert not here.port.connections
        writer.write(b"ann\n")
        await reader.readuntil(b"ann")
        await end(writer)


async def test_a_first_word_that_was_not_read_yet_counts(tmp_path: Path) -> None:
    """Bytes that have come in time decide, even if the server comes to look at them only after the time is over."""
    async with gate(tmp_path, Limits(detect_seconds=1)) as here:
        reader, writer = await here.encrypt(await here.connect())
        writer.write(b"5         alice")
        # Nothing is read before the clock moves: all this happens in one turn of the loop.
        here.clock.advance(1)
        assert not here.port.connections
        assert (await reader.readexactly(10)).startswith(b"6")
        assert await reader.readexactly(6) == b"server"
        await end(writer)


async def test_without_a_time_for_silence_nobody_is_greeted_for_it(tmp_path: Path) -> None:
    """0 means as long as it takes, inside as well."""
    async with gate(tmp_path, Limits(detect_seconds=0)) as here:
        reader, writer = await asyncio.open_connection(here.address.host, here.address.port, ssl=trusting())
        here.clock.advance(86_400)
        assert not here.port.connections
        writer.write(b"ann\n")
        await reader.readuntil(b"ann")
        await end(writer)


async def test_what_comes_over_tls_counts_as_encrypted(tmp_path: Path) -> None:
    """Those who decide whether a password may be sent are told; clear text on the same port does not count."""
    async with gate(tmp_path, Limits(detect_seconds=1)) as here:
        clear = await here.connect()
        here.clock.advance(1)
        (first,) = here.port.connections
        reader, writer = await here.encrypt(await here.connect())
        here.clock.advance(1)
        await reader.readuntil(PROMPT)
        (second,) = here.port.connections - {first}
        assert isinstance(first, Connection)
        assert isinstance(second, Connection)
        assert [one._peer.is_encrypted for one in (first, second)] == [False, True]  # noqa: SLF001 - nobody tells it yet
        clear.close()
        await end(writer)


async def test_a_volley_goes_round_what_is_encrypted(tmp_path: Path) -> None:
    """Whoever listens over TLS hears what the others hear, through TLS; and both hear each other."""
    with some_ring() as ring:
        volley = Counted(ring)
        async with gate(tmp_path, Limits(detect_seconds=0), volley) as here:
            place = here.address.host, here.address.port
            streams = [await asyncio.open_connection(*place, ssl=trusting()) for _ in range(VOLLEY_LISTENERS)]
            streams += [await asyncio.open_connection(*place) for _ in range(VOLLEY_LISTENERS + 1)]
            for number, (reader, writer) in enumerate(streams):
                writer.write(f"guest{number}\n/ping here\n".encode())
                await reader.readuntil(b"pong here")
            for _, writer in (streams[0], streams[-1]):
                writer.write(b"hello\n/ping said\n")
            for reader, _ in (streams[0], streams[-1]):
                await reader.readuntil(b"pong said")
            for reader, _ in streams[1:-1]:
                await reader.readuntil(b"hello")
                await reader.readuntil(b"hello")
            assert max(volley.sizes) >= VOLLEY_LISTENERS, "those in clear text"
            for _, writer in streams:
                await end(writer)
