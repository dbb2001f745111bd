"""WebSockets on real connections: what waits, what is silent, what floods, and who is in one room with whom."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Final

from structlog.testing import capture_logs
from websockets.client import ClientProtocol
from websockets.extensions.base import ClientExtensionFactory
from websockets.frames import Close, Frame, Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

from hubbub.core.limits import Limits
from hubbub.gateways.closing import Closing
from hubbub.gateways.parting import FLUSH_SECONDS, GOODBYE_SECONDS
from hubbub.gateways.vigil import PING_SECONDS, SILENT_SECONDS
from hubbub.gateways.websocket.conversation import WebSocketConversation
from hubbub.gateways.websocket.handshake import Handshakes
from hubbub.gateways.websocket.origins import Origins
from hubbub.phrasing.file_phrases import NO_LINKS
from hubbub.server.irc import Irc
from hubbub.server.native import native_settings
from hubbub.server.subprotocols import spokens
from hubbub.server.voices import Voices
from tests.gateways.connections import PEER, Peer, Street, street
from tests.gateways.websocket.page import DEFLATE, make_frame
from tests.service.turns import turns

FREE: Final = Limits(commands_per_second=0)


class Site:
    """A street whose houses have web pages."""

    def __init__(self, here: Street) -> None:
        self.here = here
        self._voices = Voices(here.node.clock, announce=True)
        self._irc = Irc(here.node, NO_LINKS, lambda: 0)

    async def open(self, extensions: Sequence[ClientExtensionFactory] = (), subprotocol: str = "") -> "Guest":
        """Open a WebSocket."""
        here = self.here
        client = ClientProtocol(
            parse_uri("ws://localhost/"),
            extensions=list(extensions) or None,
            subprotocols=[subprotocol] if subprotocol else None,  # type: ignore[list-item] # a name is a string
            max_size=None,
        )
        client.send_request(client.connect())
        native, irc = native_settings(here.node, here.limits), self._irc.settings(here.limits)
        table = spokens(self._voices, native, irc, here.limits)
        opened = Handshakes(table, Origins(), here.node.clock).open(b"".join(client.data_to_send()), PEER)
        assert isinstance(opened, WebSocketConversation)
        guest = Guest(await here.connect(opened), client)
        while client.state is State.CONNECTING:
            await guest.read()
        return guest


class Guest:
    """Somebody on a page."""

    def __init__(self, peer: Peer, client: ClientProtocol) -> None:
        self.peer = peer
        self.client = client
        self.messages: list[str] = []
        """What was heard and not taken."""
        self.pings = 0

    @property
    def closed(self) -> Close:
        """The close frame that came."""
        assert self.client.close_rcvd is not None
        return self.client.close_rcvd

    async def say(self, *texts: str) -> None:
        """Say these, in one breath."""
        for text in texts:
            self.client.send_text(text.encode())
        await self.peer.send_all(b"".join(self.client.data_to_send()))

    async def arrive(self, name: str) -> "Guest":
        """Say who it is, and wait until it is in."""
        self.name = name
        await self.say(f"{name}: hello")
        await self.hear(f"{name}: hello")
        return self

    async def hear(self, wanted: str) -> list[str]:
        """Read until this was heard, and return it and what came before it."""
        while wanted not in self.messages:
            await self.read()
        end = self.messages.index(wanted) + 1
        heard, self.messages = self.messages[:end], self.messages[end:]
        return heard

    async def hear_end(self) -> list[str]:
        """Read to the end of the connection, and answer its close frame."""
        while not self.peer.was_closed:
            self.glance()
            with suppress(OSError):
                self.peer.sock.send(b"".join(self.client.data_to_send()))
            await asyncio.sleep(0)
        self.glance()
        return self.messages

    def glance(self) -> None:
        """Read what is there."""
        self.peer.receive()
        self._take(self.peer.received)
        self.peer.received = b""

    async def read(self) -> None:
        """Let something happen, and read what it brought."""
        await turns(1)
        self.glance()
        assert self.client.close_rcvd is None, self.client.close_rcvd

    def _take(self, data: bytes) -> None:
        self.client.receive_data(data)
        for event in self.client.events_received():
            if isinstance(event, Frame):
                if event.opcode is Opcode.TEXT:
                    self.messages.append(bytes(event.data).decode())
                self.pings += event.opcode is Opcode.PING


@asynccontextmanager
async def site(limits: Limits = FREE) -> AsyncIterator[Site]:
    """Give a site that is cleared at the end."""
    async with street(limits) as here:
        yield Site(here)


async def test_everybody_is_in_one_room() -> None:
    """Whoever is sent plain frames, compressed ones or lines hears the same; the speaker on a page hears himself."""
    async with site() as here:
        ann = await (await here.open()).arrive("ann")
        bob = await (await here.open(DEFLATE)).arrive("bob")
        carol = await here.here.connect()
        await carol.arrive("carol")
        long = "once more " * 100
        await ann.say(f"ann: {long}", "ann: done")
        for page in (ann, bob):
            assert f"ann: {long}" in await page.hear("ann: done")
        assert f"[ann] {long}".encode() in await carol.hear(b"[ann] done\n")
        carol.send(b"and I\n")
        await ann.hear("carol: and I")
        await bob.hear("carol: and I")


async def test_who_speaks_json_is_there_too() -> None:
    """The native protocol, a message each."""
    async with site() as here:
        ann = await here.open(DEFLATE, "hubbub.v1")
        await ann.say('{"type": "hello",\n "name": "ann"}')
        bob = await (await here.open()).arrive("bob")
        await ann.say('{"type":"say","id":1,"room":"#lobby","text":"from a program"}')
        await bob.hear("ann: from a program")
        await bob.say("bob: from a page")
        while not any("from a page" in message for message in ann.messages):
            await ann.read()
        assert '"type":"welcome"' in ann.messages[0]
        assert all(message.startswith('{"type":"') for message in ann.messages)
        assert ann.client.subprotocol == "hubbub.v1"


async def test_programs_are_asked_once_whether_they_are_there() -> None:
    """By WebSocket's own ping, which a browser answers by itself: a page need not know of it."""
    async with site() as here:
        ann = await here.open((), "hubbub.v1")
        await ann.say('{"type":"hello","name":"ann"}')
        while not any('"type":"entered"' in message for message in ann.messages):
            await ann.read()
        ann.messages.clear()
        for _ in range(3):
            here.here.node.clock.advance(PING_SECONDS)
            await turns(5)
            ann.glance()
            await ann.peer.send_all(b"".join(ann.client.data_to_send()))
            await turns(5)
        assert (ann.pings, ann.messages) == (3, [])
        await ann.say('{"type":"ping","id":1}')
        await ann.hear('{"type":"pong","id":1}')


async def test_a_reader_too_slow_is_told_so() -> None:
    """Behind what waited for him: 1013, and why. The others go on."""
    with capture_logs() as logs:
        async with site(Limits(commands_per_second=0, outbox_bytes=100_000)) as here:
            ann = await (await here.open()).arrive("ann")
            bob = await (await here.open()).arrive("bob")
            for number in range(100):
                await ann.say(f"ann: {number} " + "x" * 16_000)
                await ann.hear(f"ann: {number} " + "x" * 16_000)
            heard = await bob.hear_end()
            assert (bob.closed.code, bob.closed.reason) == (1013, Closing.TOO_SLOW.sentence)
            numbers = [int(message.split()[1]) for message in heard if message.startswith("ann: ")]
            assert numbers == list(range(len(numbers)))
            assert 0 < len(numbers) < 100
    (closed,) = [line for line in logs if line["event"] == "connection.closed" and line["name"] == "bob"]
    assert (closed["reason"], closed["protocol"]) == ("too_slow", "websocket+relay")


async def test_a_reader_who_does_not_read_even_then_is_dropped() -> None:
    """After as long as anybody has for his last words; nothing waits for him any longer."""
    async with site(Limits(commands_per_second=0, outbox_bytes=100_000)) as here:
        ann = await (await here.open()).arrive("ann")
        bob = await (await here.open()).arrive("bob")
        for number in range(100):
            await ann.say(f"ann: {number} " + "x" * 16_000)
            await ann.hear(f"ann: {number} " + "x" * 16_000)
        assert not bob.peer.was_closed
        here.here.node.clock.advance(GOODBYE_SECONDS + FLUSH_SECONDS)
        await here.here.settle(lambda: bob.peer.was_closed)


async def test_silence_is_asked_about_and_ends() -> None:
    """A ping after 90 s, the end after 150; who answers stays."""
    async with site() as here:
        clock = here.here.node.clock
        ann = await (await here.open()).arrive("ann")
        bob = await (await here.open()).arrive("bob")
        clock.advance(PING_SECONDS)
        await turns(5)
        ann.glance()
        assert ann.pings == 1
        # The library answers by itself.
        await ann.peer.send_all(b"".join(ann.client.data_to_send()))
        await turns(5)
        clock.advance(SILENT_SECONDS - PING_SECONDS)
        await bob.hear_end()
        assert (bob.pings, bob.closed.code, bob.closed.reason) == (1, 1001, Closing.SILENT.sentence)
        await ann.say("ann: still here")
        await ann.hear("ann: still here")


async def test_nothing_waits_for_who_is_gone() -> None:
    """No timer holds on to a connection that has ended."""
    async with site() as here:
        ann = await (await here.open()).arrive("ann")
        timers = [timer for _, _, timer in here.here.node.clock._timers if timer.callback]  # noqa: SLF001 - a test clock
        ann.peer.sock.close()
        await here.here.settle(lambda: ann.peer.was_closed)
        left = [timer for timer in timers if timer.callback is not None]
        assert len(left) == len(timers) - 1


async def test_a_flood_of_pings_has_its_pace() -> None:
    """As much as commands have: the rest of it is not even read, and nobody else waits."""
    async with site(Limits(burst=5, commands_per_second=1)) as here:
        flood = await (await here.open()).arrive("flood")
        bob = await (await here.open()).arrive("bob")
        ping = make_frame(0x9, b"x")
        for _ in range(40):
            flood.peer.send(ping * 500)
            await turns(2)
        assert flood.peer.connection is not None
        assert flood.peer.connection._pipeline.throttled  # type: ignore[union-attr] # noqa: SLF001 - nobody is told
        await bob.say("bob: unmoved")
        await bob.hear("bob: unmoved")


async def test_a_flood_before_a_name_ends_it() -> None:
    """Nobody needs so many pings to say who he is."""
    async with site(Limits()) as here:
        flood = await here.open()
        while not flood.peer.was_closed:
            flood.peer.send(make_frame(0x9, b"x"))
            await turns(3)
        await flood.hear_end()
        assert (flood.closed.code, flood.closed.reason) == (1008, Closing.NAMELESS.sentence)


async def test_a_stopping_server_says_so() -> None:
    """1001: who comes back in a moment finds it."""
    async with site() as here:
        ann = await (await here.open()).arrive("ann")
        assert ann.peer.connection is not None
        ann.peer.connection.close(Closing.STOPPING)
        assert (await ann.hear_end())[-1] == f"server: {Closing.STOPPING.sentence}"
        assert (ann.closed.code, ann.closed.reason) == (1001, Closing.STOPPING.sentence)


async def test_a_close_frame_is_awaited_for_a_moment() -> None:
    """What the client still sends is thrown away meanwhile; who does not answer is closed all the same."""
    async with site() as here:
        ann = await (await here.open()).arrive("ann")
        assert ann.peer.connection is not None
        ann.peer.connection.close(Closing.STOPPING)
        await ann.say("ann: too late")
        await turns(5)
        assert not ann.peer.was_closed
        here.here.node.clock.advance(GOODBYE_SECONDS)
        await here.here.settle(lambda: ann.peer.was_closed)
        assert "ann: too late" not in await ann.hear_end()
        assert ann.closed.code == 1001


async def test_who_floods_after_a_close_frame_is_not_listened_to() -> None:
    """No longer than to what may have been on its way."""
    async with site() as here:
        ann = await (await here.open()).arrive("ann")
        assert ann.peer.connection is not None
        ann.peer.connection.close(Closing.STOPPING)
        with suppress(OSError):
            await ann.peer.send_all(make_frame(0x9, b"x") * 20_000)
        await here.here.settle(lambda: ann.peer.was_closed)


async def test_who_gives_no_name_is_told_how() -> None:
    """In the words of the relay; the code says that it is a rule."""
    async with site() as here:
        silent = await here.open()
        here.here.node.clock.advance(120)
        assert "Connect again and begin with it, as in  ann: hello" in (await silent.hear_end())[-1]
        assert silent.closed.code == 1008


async def test_a_page_that_closes_has_left() -> None:
    """It is answered in kind, and the others hear of it when they would on any protocol."""
    async with site() as here:
        ann = await (await here.open()).arrive("ann")
        bob = await here.here.connect()
        await bob.arrive("bob")
        ann.client.send_close(1000, "Bye.")
        await ann.peer.send_all(b"".join(ann.client.data_to_send()))
        await ann.hear_end()
        assert (ann.closed.code, ann.closed.reason) == (1000, "Bye.")
        await bob.hear(b"User 'ann' has left the chat.")
