"""The other end of a WebSocket as values: a client of the library's own, and frames that no client would send."""

from collections.abc import Iterable, Sequence
from typing import Final

from websockets.client import ClientProtocol
from websockets.extensions.base import ClientExtensionFactory
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.frames import Close, Frame, Opcode
from websockets.http11 import Response
from websockets.typing import Subprotocol
from websockets.uri import parse_uri

from hubbub.core.features.messages import Say
from hubbub.core.house import House
from hubbub.core.limits import Limits
from hubbub.core.message_answers import Done
from hubbub.gateways.irc.census import Census
from hubbub.gateways.irc.dialect import Dialects
from hubbub.gateways.irc.names import Names
from hubbub.gateways.irc.offering import Offering
from hubbub.gateways.irc.rosters import Rosters
from hubbub.gateways.irc.settings import IrcSettings
from hubbub.gateways.native.settings import NativeSettings
from hubbub.gateways.websocket.conversation import WebSocketConversation
from hubbub.gateways.websocket.handshake import Handshakes
from hubbub.gateways.websocket.origins import Origins
from hubbub.phrasing.file_phrases import NO_LINKS
from hubbub.server.subprotocols import spokens
from hubbub.server.voices import Voices
from tests.gateways.making import DEFAULTS, HERE
from tests.gateways.talk import LOBBY_AT_REST, Talk
from tests.service.clock import ManualClock

MASK: Final = b"\x12\x34\x56\x78"
"""With which every frame of ours is masked."""

DEFLATE: Final = (ClientPerMessageDeflateFactory(client_max_window_bits=True),)
"""What every browser offers."""


def make_handshakes(
    origins: Sequence[str] = (), limits: Limits = DEFAULTS, clock: ManualClock | None = None
) -> Handshakes:
    """Open WebSockets as the server does."""
    clock = clock or ManualClock()
    native = NativeSettings(
        limits, "hubbub", House(), clock, lambda: "here", lambda person: person.id, lambda _person, _room: LOBBY_AT_REST
    )
    names = Names(House(), "irc.example.org")
    dialects = Dialects(House(), names, NO_LINKS)
    irc = IrcSettings(
        limits=limits,
        software="hubbub",
        network="Example",
        motd=(),
        started="today",
        started_ms=0,
        house=House(),
        clock=clock,
        names=names,
        dialects=dialects,
        list_rooms=lambda _person: (),
        rosters=Rosters(names),
        offering=Offering(),
        look_into=lambda _person, _room: LOBBY_AT_REST,
        look_back=lambda _name: (),
        census=Census(House(), clock, lambda: 0),
        look=lambda _asker, _person: None,
        speaks_tls=False,
    )
    table = spokens(Voices(clock, announce=True), native, irc, limits)
    return Handshakes(table, Origins(frozenset(origins)), clock)


def make_request(path: str = "/", without: Iterable[str] = (), **fields: str) -> bytes:
    """Return the head of a request for a WebSocket; `fields` come besides, or instead of what is usual."""
    usual = {
        "Host": "chat.example.org:4242",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
    }
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    lines = [f"{name}: {value}" for name, value in {**usual, **named}.items() if name not in without]
    return "\r\n".join([f"GET {path} HTTP/1.1", *lines, "", ""]).encode()


class Page:
    """A client that keeps the rules, or sends what it likes, and the conversation that it talks to."""

    def __init__(
        self,
        extensions: Sequence[ClientExtensionFactory] = (),
        subprotocol: str = "",
        limits: Limits = DEFAULTS,
        names_taken: Iterable[str] = (),
    ) -> None:
        self.clock = ManualClock()
        self.client = ClientProtocol(
            parse_uri("ws://chat.example.org:4242/"),
            extensions=list(extensions) or None,
            subprotocols=[Subprotocol(subprotocol)] if subprotocol else None,
            max_size=None,
        )
        self.client.send_request(self.client.connect())
        opened = make_handshakes(limits=limits, clock=self.clock).open(self._written(), HERE)
        assert isinstance(opened, WebSocketConversation), opened
        self.conversation = opened
        self.talk = Talk(opened, names_taken)
        self.messages: list[str] = []
        """What it was sent, and has not taken."""
        self.pongs: list[bytes] = []
        self.pings = 0
        self._fragments = b""
        self.listen()
        assert self.client.handshake_exc is None, self.client.handshake_exc

    @property
    def closed(self) -> Close | None:
        """The close frame that it was sent."""
        return self.client.close_rcvd

    def say(self, text: str) -> "Page":
        """Send a message."""
        self.client.send_text(text.encode())
        return self.send(self._written())

    def arrive(self, name: str = "ann") -> "Page":
        """Say who it is, and be let in."""
        self.say(f"{name}: hello")
        self.talk.enter()
        assert self.said() == ["hello"]
        self.take()
        return self

    def said(self) -> list[str]:
        """Let everything that it wants to say be said, and return that."""
        while self.talk.waiting is not None:
            self.talk.answer(Done())
        texts = [request.text for request in self.talk.asked if isinstance(request, Say)]
        self.talk.asked.clear()
        return texts

    def send(self, data: bytes) -> "Page":
        """Send bytes, whatever they are."""
        self.talk.hear(data)
        return self.listen()

    def drip(self, data: bytes) -> "Page":
        """Send bytes one by one."""
        for number in range(len(data)):
            self.talk.hear(data[number : number + 1])
        return self.listen()

    def take(self) -> list[str]:
        """Return what it was sent since the last time."""
        self.listen()
        taken, self.messages = self.messages, []
        return taken

    def be_closed(self) -> Close:
        """Be sent away, as a connection does it, because of what was sent before; return the code and the reason."""
        assert self.talk.ended is not None, "nothing says that it has to go"
        self.client.receive_data(self.conversation.farewell(*self.talk.why))
        self.listen()
        assert self.closed is not None
        return self.closed

    def listen(self) -> "Page":
        """Read what was sent."""
        self.client.receive_data(self.talk.take())
        for event in self.client.events_received():
            if isinstance(event, Frame):
                self._hear(event)
            else:
                assert isinstance(event, Response)
                assert event.status_code == 101
        return self

    def _hear(self, frame: Frame) -> None:
        match frame.opcode:
            case Opcode.TEXT:
                assert frame.fin, "nothing that is sent is long enough to be divided"
                self.messages.append(bytes(frame.data).decode())
            case Opcode.PONG:
                self.pongs.append(bytes(frame.data))
            case Opcode.PING:
                self.pings += 1
            case Opcode.CLOSE:
                pass
            case _:
                raise AssertionError(frame)

    def _written(self) -> bytes:
        return b"".join(self.client.data_to_send())


def make_frame(opcode: int, payload: bytes = b"", *, fin: bool = True, reserved: int = 0, mask: bytes = MASK) -> bytes:
    """Return a frame as a client sends it, or as none may: with reserved bits, unmasked, or with any opcode."""
    masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload)) if mask else payload
    return make_header(opcode, len(payload), fin=fin, reserved=reserved, masked=bool(mask)) + mask + masked


def make_header(opcode: int, size: int, *, fin: bool = True, reserved: int = 0, masked: bool = True) -> bytes:
    """Return what stands before the mask of a frame that announces so many bytes."""
    first, bit = fin << 7 | reserved << 4 | opcode, masked << 7
    if size < 126:
        return bytes((first, bit | size))
    if size < 65_536:
        return bytes((first, bit | 126)) + size.to_bytes(2, "big")
    return bytes((first, bit | 127)) + size.to_bytes(8, "big")
