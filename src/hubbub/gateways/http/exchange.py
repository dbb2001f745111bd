"""The exchange: one HTTP connection, requests and answers in turn. All that is between uvicorn and the port.

Uvicorn's protocol understands requests and writes answers. What it leaves to a proxy in front of it is done here:
nothing grows without bounds, nobody is waited for in vain, and every refusal says what is wrong.
"""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Final, Protocol, cast

import structlog
from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from hubbub.gateways.closing import Closing
from hubbub.gateways.http.fields import complete
from hubbub.gateways.http.lingering import Lingering
from hubbub.gateways.http.problems import Problem, bad_request, encode_problem
from hubbub.gateways.http.understanding import Flow, Serving, Understanding
from hubbub.gateways.parting import FLUSH_SECONDS
from hubbub.gateways.surroundings import Host
from hubbub.service.peers import Peer
from hubbub.service.ports import Timer

IDLE_SECONDS: Final = 75.0
"""How long a connection is kept for a next request: as long as nginx keeps it (keepalive_timeout)."""

PROGRESS_SECONDS: Final = 10.0
"""How often something must have moved while a request comes or is answered."""

LEAST_BODY_BYTES: Final = 1_024
"""Least that must come of a body in that time: 100 bytes a second, a fifth of what Apache wants (mod_reqtimeout)."""

log = structlog.get_logger(__name__)


class Upgrader(Host, Protocol):
    """Whoever let the connection in, counts it, and knows who else may have it."""

    def upgraded(self, transport: asyncio.Transport, data: bytes) -> bytes | None:
        """Give the transport, the head of the request and what came behind it to whoever speaks WebSocket.

        Returns the answer that refuses it, empty where nobody does. Otherwise (None) this connection tells its host
        nothing more: it counts as the other's.
        """


class Exchange(Understanding):
    """One connection, from its first byte to its last."""

    protocol = "http"

    def __init__(self, serving: Serving, peer: Peer, host: Upgrader) -> None:
        super().__init__(serving, peer)
        self._host = host
        self._fault: Problem | None = None
        """What was wrong with the input, to be told when everything before it is answered."""
        self._finished: Callable[[], None] | None = None
        self._closing: Closing | None = None
        self._timer: Timer | None = None
        self._seen = (0, 0, 0)
        """What of bodies had come, what was written and what of it was waiting, when progress was last looked for."""

    # What the port calls

    def close(self, closing: Closing, sentence: str = "") -> None:
        """Tell who has asked half of something that nothing came of it; close at once on everybody else."""
        if self._closing is not None:
            return
        self._closing = closing
        if self._inbound.is_in_head and not self._is_answering:
            status = HTTPStatus.REQUEST_TIMEOUT if closing is Closing.UNFINISHED else HTTPStatus.SERVICE_UNAVAILABLE
            self._write_problem(Problem(status, closing.code, sentence or closing.sentence))
        else:
            self.transport.close()

    def finish(self, finished: Callable[[], None]) -> None:
        """Begin nothing more that was asked, and call back once what has begun is answered."""
        self._finished = finished
        self._is_finishing = True
        if self._is_answering:
            self.cycle.keep_alive = False
        else:
            self._tell_finished()

    def receive(self, data: bytes) -> None:
        """Take what came before this connection had its transport."""
        self.data_received(data)

    def abort(self) -> None:
        """Drop the connection and what was to be sent."""
        self.transport.abort()

    @property
    def waiting_bytes(self) -> int:
        """Return how much the peer has not accepted yet."""
        return self.transport.get_write_buffer_size()

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for a head."""
        # A cast, for uvloop's transports are asyncio's by behaviour and not by class.
        self._ending = Lingering(cast("asyncio.Transport", transport), self._end)
        super().connection_made(self._ending)
        self.flow = self._flow = Flow(self._ending)
        self.scheme = "https" if self._peer.is_encrypted else "http"
        self._wait(self._serving.naming_seconds, self._head_is_late)

    def eof_received(self) -> bool:  # type: ignore[override] # uvicorn lets the transport close
        """Answer what was asked: the peer may only have closed its sending side. Over TLS it cannot."""
        self._has_ended = True
        if self._ending.is_closing():
            self._ending.inner.close()
        elif not self._unread and not self._is_over:
            self._mind_end()
        return self._ending.inner.can_write_eof()

    def connection_lost(self, exc: Exception | None) -> None:
        """Count it out, and let what is still being answered know that nobody hears it."""
        self._is_over = True
        self._closing = self._closing or Closing.GONE
        self.pipeline.clear()
        super().connection_lost(exc)
        self._stop_waiting()
        if self._running is not None:
            _disconnect(self._running)
        log.info(
            "connection.closed",
            peer=self._peer.place,
            protocol=self.protocol,
            reason=self._closing.code,
            **({"error": type(exc).__name__} if exc else {}),
        )
        self._serving.tally.closings[self._closing.code] += 1
        self._tell_finished()
        self._host.closed()

    # What is asked and answered

    def _begun(self) -> None:
        # The first head is waited for since the connection began.
        if self._running is not None and not self._is_answering:
            self._wait(self._serving.naming_seconds, self._head_is_late)

    def _asked(self) -> None:
        self._host.named()
        self._serving.refresh_date()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._running = cycle
        self._seen = self._measure()
        self._wait(PROGRESS_SECONDS, self._look_for_progress)
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        """Answer what was asked next, or wait for it."""
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())
        elif self._fault is not None:
            self._write_problem(self._fault)
        else:
            self._wait_for_next()
        # Not at once: answers that are ready at once would each be begun inside the one before.
        self.loop.call_soon(self._read_on)

    def _wait_for_next(self) -> None:
        if self._inbound.is_in_head:
            self._wait(self._serving.naming_seconds, self._head_is_late)
        else:
            self._wait(IDLE_SECONDS, self._head_is_late)
        if self._is_finishing:
            self._tell_finished()

    def _read_on(self) -> None:
        if not self._is_over and not self._is_answering:
            self._read()

    def _upgrade(self) -> None:
        """Give the connection away, with everything that has come of it."""
        if self._is_answering or self.pipeline:
            self._refuse(bad_request("Wait for the answers to your requests before you ask for a WebSocket."))
            return
        lines = [self.scope["method"].encode() + b" " + self.url + b" HTTP/1.1"]
        lines += [name + b": " + value for name, value in self.headers]
        head = b"\r\n".join([*lines, b"", bytes(self._unread)]) if self._unread else b"\r\n".join([*lines, b"", b""])
        self._unread.clear()
        refusal = self._host.upgraded(self._ending.inner, head)
        if refusal is None:
            self._is_over = True
            self._stop_waiting()
            self.connections.discard(self)
            # All that it holds, and it holds itself in circles that nobody looks for often.
            self.loop.call_soon(self.__dict__.clear)
        elif refusal:
            self._closing = Closing.BAD_INPUT
            self.transport.write(refusal)
            self.transport.close()
        else:
            self._refuse(Problem(HTTPStatus.NOT_IMPLEMENTED, "not_spoken", Closing.NOT_SPOKEN.sentence))

    # Ends

    def _refuse(self, problem: Problem) -> None:
        self._fault = problem
        self._is_over = True
        self._unread.clear()
        if self._inbound.is_in_body and self._drop_broken():
            return
        if not self._is_answering and not self.pipeline:
            self._write_problem(problem)

    def _drop_broken(self) -> bool:
        """Forget the request whose body is broken; return whether its answer had begun, which ends the connection."""
        if self.pipeline and self.pipeline[0][0] is self.cycle:
            self.pipeline.popleft()
            return False
        _disconnect(self.cycle)
        self._running = None
        if self.cycle.response_started:
            self._closing = self._closing or Closing.BAD_INPUT
            self.abort()
        return self.cycle.response_started

    def _mind_end(self) -> None:
        if not self._inbound.is_between:
            self._refuse(bad_request("The request ended before it was whole."))
        elif self._is_answering:
            self.cycle.keep_alive = False
        else:
            self.transport.close()

    def _write_problem(self, problem: Problem) -> None:
        """Answer in place of the application, and close."""
        self._closing = self._closing or Closing.BAD_INPUT
        self._serving.refresh_date()
        fields, body = encode_problem(problem, self.url.decode("latin-1"))
        raw = [*self.server_state.default_headers, *((name.encode(), value.encode()) for name, value in fields)]
        lines = [name + b": " + value + b"\r\n" for name, value in [*complete(raw), (b"connection", b"close")]]
        self.transport.write(b"".join([STATUS_LINE[problem.status], *lines, b"\r\n", body]))
        self.transport.close()

    def _end(self) -> None:
        """Close such that the last answer arrives, in a bounded time."""
        self._closing = self._closing or Closing.LEFT
        inner = self._ending.inner
        may_close = self._has_ended or inner.is_closing() or self._expects_nothing()
        self._is_over = True
        self._unread.clear()
        if may_close:
            self._close_transport()
            return
        if inner.can_write_eof():
            inner.write_eof()
        self._flow.hold(held=False)
        self._flow.resume_reading()
        self._wait(FLUSH_SECONDS, self._close_transport)

    def _expects_nothing(self) -> bool:
        """Whether nothing is going to come that would be answered by a reset, as far as anybody can know."""
        is_whole = self._inbound.is_between and not self._unread and self._fault is None
        # After an answer that says that it is the last, a client closes; some send something more before they read it.
        is_last = self._closing is Closing.LEFT and not self._is_finishing and self._ending.inner.can_write_eof()
        # An answer that breaks off need not arrive.
        return self._is_answering or (is_whole and not is_last)

    def _close_transport(self) -> None:
        self._ending.inner.close()
        self._seen = (0, 0, -1)
        self._wait(FLUSH_SECONDS, self._mind_last_words)

    def _mind_last_words(self) -> None:
        """Drop who takes nothing of what he is to hear last."""
        waiting = self.waiting_bytes
        if waiting == self._seen[2] or not waiting:
            self.abort()
            return
        self._seen = (0, 0, waiting)
        self._wait(FLUSH_SECONDS, self._mind_last_words)

    def _tell_finished(self) -> None:
        finished, self._finished = self._finished, None
        if finished is not None:
            finished()

    # Time

    def _wait(self, seconds: float, late: Callable[[], None]) -> None:
        """Do something after so many seconds, unless something else is waited for until then; 0 means never."""
        self._stop_waiting()
        if seconds:
            self._timer = self._serving.clock.call_later(seconds, late)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _head_is_late(self) -> None:
        self.close(Closing.UNFINISHED if self._inbound.is_in_head else Closing.SILENT)

    def _look_for_progress(self) -> None:
        """See whether the peer sends what it has announced, and takes what it has asked for."""
        body_bytes, written_bytes, waiting_bytes = self._seen
        self._seen = now = self._measure()
        is_read = not self.flow.read_paused and not self.cycle.body
        if self._inbound.is_in_body and is_read and now[0] - body_bytes < LEAST_BODY_BYTES:
            self._closing = Closing.UNFINISHED
            self._refuse(Problem(HTTPStatus.REQUEST_TIMEOUT, Closing.UNFINISHED.code, Closing.UNFINISHED.sentence))
        elif waiting_bytes and now[2] >= waiting_bytes + now[1] - written_bytes:
            log.info("connection.too_slow", peer=self._peer.place, behind_bytes=now[2])
            self._closing = Closing.TOO_SLOW
            self.abort()
        else:
            self._wait(PROGRESS_SECONDS, self._look_for_progress)

    def _measure(self) -> tuple[int, int, int]:
        return self._inbound.body_bytes, self._ending.written_bytes, self.waiting_bytes


def _disconnect(cycle: RequestResponseCycle) -> None:
    """Let whoever answers know that nobody is there, and hear nothing more of it."""
    cycle.disconnected = True
    cycle.message_event.set()
