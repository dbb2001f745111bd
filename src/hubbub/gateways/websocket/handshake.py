"""The handshake: what a WebSocket is opened for, by whom, and in which way it is sent messages. RFC 6455 section 4."""

import logging
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Final

import msgspec
import structlog
from websockets.exceptions import NegotiationError
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Opcode
from websockets.http11 import Request, Response
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.typing import Subprotocol

from hubbub.gateways.conversation import Conversation
from hubbub.gateways.websocket.conversation import Opening, WebSocketConversation
from hubbub.gateways.websocket.framing import FRAMINGS, WINDOW_BITS
from hubbub.gateways.websocket.origins import Origins
from hubbub.service.peers import Peer
from hubbub.service.ports import Clock

COOKIE: Final = "Cookie"

_QUIET: Final = logging.getLogger("hubbub.websocket")
"""The library would tell of every connection; we do that ourselves."""
_QUIET.setLevel(logging.ERROR)


log = structlog.get_logger(__name__)


class Visitor(msgspec.Struct, frozen=True):
    """Who opens a WebSocket."""

    peer: Peer
    cookies: str = ""
    """The request's cookies; empty for a page that is not from here, which must never act in its visitor's name."""
    is_stranger: bool = False
    """Whether it is a page from elsewhere, which nobody here has allowed."""

    def cookie(self, name: str) -> str:
        """Return the value of one of them; empty if there is none, or it is given twice."""
        pairs = [pair.strip().partition("=") for pair in self.cookies.split(";")]
        values = [value.strip('"') for key, _, value in pairs if key == name]
        return values[0] if len(values) == 1 else ""


class Spoken(msgspec.Struct, frozen=True):
    """What can be spoken over a WebSocket."""

    begin: Callable[[Visitor], Conversation]
    encase: Callable[[bytes], bytes]
    """Puts a message that came before that conversation."""
    message_bytes: int
    """Longest message that is kept. A conversation may have a limit below this, and go on after what is beyond that;
    who sends more than this has to go."""
    opcode: Opcode = Opcode.TEXT
    takes_strangers: bool = False
    """Whether it is opened to pages from elsewhere, too, because it lets nobody in from there who proves nothing."""


Spokens = Mapping[str, Spoken]
"""By subprotocol; under the empty name, what is spoken without one."""


def as_line(message: bytes) -> bytes:
    """Return a message as one line, for protocols of lines: JSON may be written over several."""
    return message.replace(b"\n", b" ") + b"\n"


class Handshakes:
    """Opens WebSockets."""

    def __init__(self, spokens: Spokens, origins: Origins, clock: Clock) -> None:
        """Open them for what is spoken here, to the pages that may."""
        self._spokens = spokens
        self._subprotocols = [Subprotocol(name) for name in spokens if name]
        self._origins = origins
        self._clock = clock
        self._extensions = [ServerPerMessageDeflateFactory(True, True)]  # noqa: FBT003 - no context is taken over

    def open(self, head: bytes, peer: Peer) -> WebSocketConversation | bytes:
        """Return the conversation that a request, up to its empty line, asks for; or the answer that refuses it."""
        protocol = _Protocol(
            extensions=self._extensions,
            subprotocols=self._subprotocols,
            logger=_QUIET,
        )
        try:
            return self._shake_hands(protocol, head, peer)
        finally:
            # It and its parser hold each other, and nobody looks for such circles often.
            protocol.parser.close()

    def _shake_hands(self, protocol: ServerProtocol, head: bytes, peer: Peer) -> WebSocketConversation | bytes:
        protocol.receive_data(head)
        request = next((event for event in protocol.events_received() if isinstance(event, Request)), None)
        if request is None:
            return b"".join(protocol.data_to_send()) or _serialize(
                protocol, HTTPStatus.BAD_REQUEST, "That is no request."
            )
        response = self._answer(protocol, request)
        protocol.send_response(response)
        answer = b"".join(protocol.data_to_send())
        if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            origin = request.headers.get_all("Origin")
            log.info("websocket.refused", peer=peer.place, status=response.status_code, origin=" ".join(origin))
            return answer
        return self._converse(protocol, request, answer, peer)

    def _answer(self, protocol: ServerProtocol, request: Request) -> Response:
        origins, hosts = request.headers.get_all("Origin"), request.headers.get_all("Host")
        if len(hosts) != 1 or len(origins) > 1:
            return protocol.reject(HTTPStatus.BAD_REQUEST, "A request has one Host, and at most one Origin.\n")
        response = protocol.accept(request)
        is_open = response.status_code != HTTPStatus.SWITCHING_PROTOCOLS or self._spoken_by(protocol).takes_strangers
        if self._is_stranger(request) and not is_open:
            return protocol.reject(
                HTTPStatus.FORBIDDEN,
                f"Pages from {origins[0]!a} may not connect here. "
                "Whoever runs this server can allow it: see the setting `origins`.\n",
            )
        if response.status_code == HTTPStatus.BAD_REQUEST:
            # To whoever speaks another version. RFC 6455 section 4.4.
            response.headers["Sec-WebSocket-Version"] = "13"
        return response

    def _converse(self, protocol: ServerProtocol, request: Request, answer: bytes, peer: Peer) -> WebSocketConversation:
        spoken = self._spoken_by(protocol)
        framing = FRAMINGS[spoken.opcode, any(_shares(extension) for extension in protocol.extensions)]
        # A new one: the other would keep the whole request for as long as the connection lasts.
        opened = ServerProtocol(state=State.OPEN, max_size=spoken.message_bytes, logger=_QUIET)
        opened.extensions = protocol.extensions
        opening = Opening(opened, spoken.opcode, framing, spoken.encase)
        inner = spoken.begin(Visitor(peer, self._cookies(request), self._is_stranger(request)))
        return WebSocketConversation(inner, opening, answer, self._clock)

    def _spoken_by(self, protocol: ServerProtocol) -> Spoken:
        return self._spokens[protocol.subprotocol or ""]

    def _is_stranger(self, request: Request) -> bool:
        headers = request.headers
        return "Origin" in headers and not self._origins.allow(headers["Origin"], headers["Host"])

    def _cookies(self, request: Request) -> str:
        """Return the cookies; none for a page from elsewhere, though its browser sends them."""
        headers = request.headers
        if "Origin" in headers and not self._origins.are_here(headers["Origin"], headers["Host"]):
            return ""
        return "; ".join(headers.get_all(COOKIE))


class _Protocol(ServerProtocol):
    """A server's side that chooses what is spoken."""

    def select_subprotocol(self, subprotocols: Sequence[Subprotocol]) -> Subprotocol | None:
        """Take the first that is spoken here; whoever offers only others would not understand what he hears."""
        if not subprotocols:
            return None
        known = self.available_subprotocols or ()
        for subprotocol in subprotocols:
            if subprotocol in known:
                return subprotocol
        spoken = ", ".join(known) or "none"
        raise NegotiationError(f"subprotocols that are spoken here: {spoken}; or connect without one")


def _shares(extension: object) -> bool:
    """Return whether its owner understands the frames that are compressed once for all."""
    return isinstance(extension, PerMessageDeflate) and extension.local_max_window_bits == WINDOW_BITS


def _serialize(protocol: ServerProtocol, status: HTTPStatus, sentence: str) -> bytes:
    return protocol.reject(status, f"{sentence}\n").serialize()
