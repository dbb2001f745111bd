"""Understanding: what comes on an HTTP connection, by uvicorn's parser, a slice after the other, within bounds.

The constructor of its base is promised to nobody; `tests/gateways/http/test_understanding.py` holds it to what is used.
"""

import asyncio
from abc import abstractmethod
from typing import Final, Protocol

import httptools
import structlog
from uvicorn.config import Config
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from hubbub.gateways.http.inbound import Inbound
from hubbub.gateways.http.problems import Problem, bad_request
from hubbub.gateways.http.soundness import require_sound, wrong_version
from hubbub.service.peers import Peer
from hubbub.service.ports import Clock
from hubbub.service.tally import Tally

_HTTP2: Final = "2.0"

log = structlog.get_logger(__name__)


class Serving(Protocol):
    """What all connections share."""

    config: Config
    state: ServerState
    clock: Clock
    naming_seconds: float
    tally: Tally

    def refresh_date(self) -> None:
        """See to it that answers tell the time."""


class Flow(FlowControl):
    """Whether the transport reads; not while there is something to be understood, whoever wants to read on."""

    def __init__(self, transport: asyncio.Transport) -> None:
        super().__init__(transport)
        self._is_held = False

    def hold(self, *, held: bool) -> None:
        """Read nothing from now on, or read again."""
        if held != self._is_held:
            self._is_held = held
            if held:
                self.pause_reading()
            else:
                self.resume_reading()

    def resume_reading(self) -> None:
        """Read on, if there is nothing to be understood before."""
        if not self._is_held:
            super().resume_reading()


class Understanding(HttpToolsProtocol):
    """Calls `_refuse` for what cannot be understood, and nothing more after that."""

    _flow: Flow
    """What uvicorn has as `flow`."""

    def __init__(self, serving: Serving, peer: Peer) -> None:
        super().__init__(serving.config, serving.state, {"peer": peer}, asyncio.get_running_loop())
        self.access_log = False
        self.url = b""
        self._serving = serving
        self._peer = peer
        self._inbound = Inbound()
        self._unread = bytearray()
        """What came and is not understood yet, because others are to be answered first."""
        self._running: RequestResponseCycle | None = None
        """What was answered last, or is being answered."""
        self._has_ended = False
        """Whether the peer sends nothing more."""
        self._is_over = False
        """Whether what comes is thrown away."""
        self._is_finishing = False
        """Whether no request may begin any more."""

    @property
    def _is_answering(self) -> bool:
        return self._running is not None and not self._running.response_complete

    @abstractmethod
    def _refuse(self, problem: Problem) -> None:
        """Answer that what came is wrong, after everything that was asked before."""

    @abstractmethod
    def _upgrade(self) -> None:
        """Give the connection to whoever speaks WebSocket."""

    @abstractmethod
    def _begun(self) -> None:
        """Note that a head begins to come."""

    @abstractmethod
    def _asked(self) -> None:
        """Note that a head is whole, and sound."""

    @abstractmethod
    def _mind_end(self) -> None:
        """Do what follows from the end of all input, which is understood by now."""

    def data_received(self, data: bytes) -> None:
        """Understand what came, as far as it is its turn."""
        if self._is_over:
            return
        if self._unread:
            self._unread += data
        else:
            self._unread += self._understand_at_once(memoryview(data))
        self._read()

    def _understand_at_once(self, data: memoryview) -> memoryview:
        """Understand a body slice by slice, as `_read` does, and return the rest: most of a long one is never kept.

        Heads are left to `_read`: what follows one that asks for a WebSocket has to be kept for whoever speaks that.
        """
        while data and self._inbound.is_in_body and not self._is_laden() and not self._unread:
            size = self._inbound.slice_bytes
            self._understand(data[:size])
            data = data[size:]
        return data

    def _read(self) -> None:
        """Understand a slice after the other while nobody waits for an answer to an earlier request."""
        while self._unread and not self._is_laden():
            size = self._inbound.slice_bytes
            piece = bytes(self._unread[:size])
            del self._unread[:size]
            self._understand(piece)
        self._flow.hold(held=bool(self._unread) and not self._is_over)
        if self._has_ended and not self._unread and not self._is_over:
            self._mind_end()

    def _is_laden(self) -> bool:
        return self._is_over or bool(self.pipeline) or (self._is_finishing and self._inbound.is_between)

    def _understand(self, piece: bytes | memoryview) -> None:
        try:
            self._inbound.take(len(piece))
            self.parser.feed_data(piece)
        except httptools.HttpParserUpgrade as upgrade:
            # Its only argument says how much was understood; what follows speaks something else, or HTTP again.
            self._unread[:0] = piece[upgrade.args[0] :]
            if self._should_upgrade():
                self._upgrade()
        except Problem as problem:
            self._refuse(problem)
        except httptools.HttpParserError as error:
            self._refuse(self._explain(error))

    def _explain(self, error: httptools.HttpParserError) -> Problem:
        """Say what is wrong: what one of the methods below has raised, or what the parser has seen."""
        cause = error.__context__
        if isinstance(cause, Problem):
            return cause
        if isinstance(error, httptools.HttpParserCallbackError):
            log.error("connection.internal", peer=self._peer.place, exc_info=cause or error)
        if self.parser.get_http_version() == _HTTP2:
            return wrong_version(_HTTP2)
        return bad_request(f"This is no request that can be understood: {error}.")

    def _should_upgrade_to_ws(self) -> bool:
        """Leave WebSocket to `_upgrade`."""
        return True

    def on_message_begin(self) -> None:
        """Wait no longer than for any head."""
        super().on_message_begin()
        self._inbound.begin()
        self._begun()

    def on_url(self, url: bytes) -> None:
        """Take what is asked for, or a part of it."""
        super().on_url(url)
        self._inbound.count_target(self.url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a field of the head; those behind a body mean nothing here, and must not pass for the head's."""
        self._inbound.count_field(name, value)
        if self._inbound.is_in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Begin to answer, or, when it is not its turn, let it wait."""
        self.url = require_sound(self.parser.get_http_version(), self.url, self.headers)
        lengths = [int(value) for name, value in self.headers if name == b"content-length"]
        has_chunks = any(name == b"transfer-encoding" for name, _ in self.headers)
        self._inbound.begin_body(None if has_chunks else sum(lengths))
        self._asked()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a part of the body."""
        self._inbound.count_body(len(body))
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Note that the request is whole."""
        self._inbound.end()
        super().on_message_complete()
