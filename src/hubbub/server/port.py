"""The one port: accepts everyone, sees from the first bytes who it is, and hands over a socket nobody has read from."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import structlog
from msgspec import structs

from hubbub.gateways.closing import Closing
from hubbub.gateways.connection import Connection, OpenPipe
from hubbub.gateways.conversation import Conversation
from hubbub.gateways.parting import FLUSH_SECONDS
from hubbub.gateways.served import Served
from hubbub.gateways.surroundings import Services
from hubbub.gateways.transports.tcp import TcpPipe
from hubbub.gateways.transports.tls import TlsPipe
from hubbub.gateways.unspoken import UNSPOKEN
from hubbub.server.admission import Admission
from hubbub.server.arrival import Arrival
from hubbub.server.decrypted import Decrypted
from hubbub.server.first_bytes import FirstBytes
from hubbub.server.listen import join_host_port
from hubbub.server.proxied import HEADER_SECONDS, Proxied
from hubbub.server.proxies import PROXIES, Proxies
from hubbub.server.speaking import Speaker
from hubbub.server.tls import Tls
from hubbub.service.peers import Peer, group_of
from hubbub.wire.detect import Protocol

if TYPE_CHECKING:
    from hubbub.gateways.http.exchange import Exchange
    from hubbub.gateways.ssh.visit import Visit

ACCEPT_BATCH: Final = 128
"""Connections accepted in one turn of the loop, so that those who are in are heard as well."""

ACCEPT_RETRY_SECONDS: Final = 0.1
"""When to accept again after the system had no descriptor or memory for one more."""

KEEPALIVE_IDLE_SECONDS: Final = 90
KEEPALIVE_INTERVAL_SECONDS: Final = 15
KEEPALIVE_PROBES: Final = 4
"""A peer that vanished without a word is noticed after 90 + 4 x 15 = 150 s of silence: architecture, section 7. The
system asks, not the protocol, because these protocols have no word for it."""

UNREAD_BYTES: Final = 65_536
"""Most of what a peer has sent that is read before it is refused."""

HANDSHAKE_SECONDS: Final = 10.0
"""How long a handshake may take: as long as a program may take to say who it is. Architecture, section 7."""

Conversations = Mapping[Protocol, Callable[[Peer], Conversation]]
"""How to begin a conversation with somebody in each protocol that is spoken."""

OpenWebSocket = Callable[[Peer, bytes], Conversation | bytes]
"""How to begin a conversation over WebSocket with somebody who asks for it with such a head, or to refuse him."""

HEAD_END: Final = b"\r\n\r\n"

NOBODY: Final = asyncio.Protocol()
"""Takes the place of a protocol that is to be forgotten."""

log = structlog.get_logger(__name__)


class Port:
    """All listeners, and all connections that came through them."""

    def __init__(
        self,
        conversations: Conversations,
        services: Services,
        admission: Admission,
        tls: Tls | None = None,
        speakers: Mapping[Protocol, Speaker] = MappingProxyType({}),
    ) -> None:
        """Take what joins connections to the rest, and who speaks what is no conversation; the rest is refused."""
        self.adopt(conversations, services)
        self._admission = admission
        self._tls = tls
        self._speakers = speakers
        self.proxies = Proxies()
        """Who is believed about whom it comes for; may be replaced at any time."""
        self._loop = asyncio.get_running_loop()
        self._listeners: list[socket.socket] = []
        self._arrivals: set[FirstBytes] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_full = False
        """Whether the system had no descriptor or memory when it was last asked for a connection."""
        self.connections: set[Served] = set()
        self._empty = asyncio.Event()
        self._empty.set()

    def adopt(self, conversations: Conversations, services: Services, upgrade: OpenWebSocket | None = None) -> None:
        """Let whoever comes from now on speak like this; those who are here go on as they began."""
        self._conversations = conversations
        self._open_websocket = upgrade
        self._services = services

    def listen(self, listener: socket.socket, protocol: Protocol) -> None:
        """Accept connections from a listening, non-blocking socket; `AUTO` finds out what each one speaks."""
        _keep_alive(listener)
        self._listeners.append(listener)
        self._loop.add_reader(listener, self._accept, listener, protocol)

    def stop_accepting(self) -> None:
        """Close the listeners, and those who have not begun to speak."""
        for listener in self._listeners:
            self._loop.remove_reader(listener)
            listener.close()
        self._listeners.clear()
        for arrival in list(self._arrivals):
            arrival.drop()

    async def wait_until_begun(self) -> None:
        """Wait until every connection that was handed over has begun: nobody can be told anything before."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def wait_until_empty(self) -> None:
        """Wait until the last connection is gone."""
        await self._empty.wait()

    def _accept(self, listener: socket.socket, protocol: Protocol) -> None:
        for accepted in range(ACCEPT_BATCH):
            try:
                sock, address = listener.accept()
            except (BlockingIOError, ConnectionAbortedError, InterruptedError):
                return
            except OSError as error:
                # Without a descriptor it fails even if nobody waits; only at first it is known that somebody does.
                if not accepted:
                    self._make_room(listener, protocol, error)
                return
            self._is_full = False
            self._receive(sock, address[0], address[1], protocol)

    def _make_room(self, listener: socket.socket, protocol: Protocol, error: OSError) -> None:
        """Let one who says nothing go for one who waits; if there is none, the newcomers have to wait."""
        if not self._is_full:
            self._is_full = True
            log.warning("port.cannot_accept", reason=error.strerror)
        if not self._admission.make_room():
            self._rest(listener, protocol)

    def _rest(self, listener: socket.socket, protocol: Protocol) -> None:
        """Leave newcomers to the system's queue for a moment: no descriptors are left, and asking on would spin."""
        self._loop.remove_reader(listener)

        def again() -> None:
            if listener.fileno() >= 0:
                self._loop.add_reader(listener, self._accept, listener, protocol)

        self._services.clock.call_later(ACCEPT_RETRY_SECONDS, again)

    def _receive(self, sock: socket.socket, address: str, port: int, protocol: Protocol) -> None:
        sock.settimeout(0)
        if self.proxies and address in self.proxies:
            self._ask_proxy(sock, (address, port), protocol)
        else:
            self._admit(sock, Peer(join_host_port(address, port), group_of(address)), protocol)

    def _ask_proxy(self, sock: socket.socket, address: tuple[str, int], protocol: Protocol) -> None:
        """Wait for the header that tells for whom it comes; until then, it counts among the silent of all proxies."""
        if not self._admission.admit(PROXIES):
            log.info("connection.refused", peer=join_host_port(*address), reason=Closing.TOO_MANY.code)
            sock.close()
            return
        proxied = Proxied(self._loop, sock, address, partial(self._hear_proxy, protocol))
        self._admission.hold_silent(proxied, PROXIES, proxied.drop)
        self._arrivals.add(proxied)
        proxied.watch(self._services.clock, HEADER_SECONDS)

    def _hear_proxy(self, protocol: Protocol, proxied: Proxied, peer: Peer | None) -> None:
        """Treat the client as if he had connected himself."""
        self._arrivals.discard(proxied)
        self._admission.release_silent(proxied)
        self._admission.release(PROXIES)
        if peer is not None:
            self._admit(proxied.sock, peer, protocol)

    def _admit(self, sock: socket.socket, peer: Peer, protocol: Protocol) -> None:
        if not self._admission.admit(peer.group):
            log.info("connection.refused", peer=peer.place, reason=Closing.TOO_MANY.code)
            sock.close()
            return
        arrival = Arrival(self, self._loop, sock, peer)
        self._admission.hold_silent(arrival, peer.group, arrival.drop)
        if protocol is Protocol.AUTO:
            self._arrivals.add(arrival)
            arrival.watch(self._services.clock, self._services.limits.detect_seconds)
        else:
            self.hand_over(arrival, protocol)

    def hand_over(self, arrival: Arrival, protocol: Protocol) -> None:
        """Begin the conversation that the first bytes asked for, or TLS, inside which there will be others."""
        if protocol is Protocol.TLS and self._tls is not None:
            self._encrypt(arrival, self._tls.context)
            return
        if self._must_load(protocol):
            self._keep(self._loop.create_task(self._load(protocol, partial(self._hand_over_later, arrival, protocol))))
            return
        connection = self._serve(arrival, protocol, partial(TcpPipe, arrival.sock))
        if connection is None:
            _answer_and_close(arrival.sock, UNSPOKEN[protocol])
            self.forget(arrival)
        else:
            self._keep(self._loop.create_task(self._connect(arrival, connection)))

    def _must_load(self, protocol: Protocol) -> bool:
        speaker = self._speakers.get(protocol)
        return speaker is not None and not speaker.is_loaded

    async def _load(self, protocol: Protocol, go_on: Callable[[], None]) -> None:
        """Get ready to speak a protocol; until then, nothing is read of whoever wants to."""
        await self._speakers[protocol].load()
        go_on()

    def _hand_over_later(self, arrival: Arrival, protocol: Protocol) -> None:
        # It may have been dropped meanwhile.
        if arrival.sock.fileno() >= 0:
            self.hand_over(arrival, protocol)

    def _serve(
        self, arrival: Arrival, protocol: Protocol, open_pipe: OpenPipe
    ) -> "Connection | Exchange | Visit | None":
        """Make a connection for whoever speaks this protocol; None where nobody here does."""
        speaker = self._speakers.get(protocol)
        if speaker is not None:
            served = speaker.connect(arrival.peer, arrival)
            self._count(arrival, served)
            return served
        return self._converse(arrival, protocol, open_pipe)

    def _converse(self, arrival: Arrival, protocol: Protocol, open_pipe: OpenPipe) -> Connection | None:
        self._arrivals.discard(arrival)
        begin = self._conversations.get(protocol)
        if begin is None:
            log.info(
                "connection.refused", peer=arrival.peer.place, reason=Closing.NOT_SPOKEN.code, protocol=protocol.value
            )
            return None
        connection = Connection(begin(arrival.peer), self._services, open_pipe, arrival.peer, arrival)
        self._count(arrival, connection)
        return connection

    def _count(self, arrival: Arrival, connection: Served) -> None:
        self._arrivals.discard(arrival)
        arrival.connection = connection
        self.connections.add(connection)
        self._empty.clear()

    def _keep(self, task: asyncio.Task[None]) -> None:
        """Hold on to a task until it is done: the loop does not."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def named(self, arrival: Arrival) -> None:
        """Count a connection no longer among the silent ones."""
        self._admission.release_silent(arrival)

    def upgrade(self, arrival: Arrival, transport: asyncio.Transport, data: bytes) -> bytes | None:
        """Begin a conversation over WebSocket in place of an exchange, or return the answer that refuses it."""
        if self._open_websocket is None or arrival.connection is None:
            return b""
        head, head_end, rest = data.partition(HEAD_END)
        conversation = self._open_websocket(arrival.peer, head + head_end)
        if isinstance(conversation, bytes):
            return conversation
        self.connections.discard(arrival.connection)
        is_clear = transport.get_extra_info("sslcontext") is None and not transport.get_write_buffer_size()
        open_pipe: OpenPipe = partial(TcpPipe, arrival.sock) if is_clear else TlsPipe
        connection = Connection(conversation, self._services, open_pipe, arrival.peer, arrival)
        self._count(arrival, connection)
        # To ask for this is not yet to say who one is.
        self._admission.release_silent(arrival)
        self._admission.hold_silent(arrival, arrival.peer.group, arrival.drop)
        # Paused, because uvloop chooses how to read when it begins to.
        transport.pause_reading()
        # It keeps the method by which it gave bytes to a protocol of that kind, and with it that protocol.
        transport.set_protocol(NOBODY)
        transport.set_protocol(connection)
        connection.connection_made(transport)
        arrival.begun()
        if not transport.is_closing():
            transport.resume_reading()
        if rest:
            connection.receive(rest)
        return None

    def forget(self, arrival: Arrival) -> None:
        """Count out somebody who is gone."""
        self._arrivals.discard(arrival)
        self._admission.release_silent(arrival)
        self._admission.release(arrival.peer.group)
        if arrival.connection is not None:
            self.connections.discard(arrival.connection)
        if not self.connections:
            self._empty.set()

    async def _connect(self, arrival: Arrival, connection: "Connection | Exchange | Visit") -> None:
        try:
            await self._loop.connect_accepted_socket(lambda: connection, arrival.sock)
        except OSError as error:
            # It was gone before it could be spoken to.
            log.debug("connection.lost", peer=arrival.peer.place, reason=error.strerror)
            arrival.sock.close()
            self.forget(arrival)
            return
        # It may have ended in the same moment.
        if connection in self.connections:
            arrival.begun()

    def _encrypt(self, arrival: Arrival, context: ssl.SSLContext) -> None:
        """Shake hands, and then find out again who it is; all in all, silence lasts no longer than in clear text."""
        arrival.peer = structs.replace(arrival.peer, is_encrypted=True)
        clock, most_seconds = self._services.clock, self._services.limits.detect_seconds
        left_seconds = max(most_seconds - arrival.waited_seconds(clock.monotonic()), 0) if most_seconds else None
        inside = Decrypted(
            arrival.sock, clock, left_seconds, partial(self._begin_inside, arrival), partial(self.forget, arrival)
        )
        arrival.decrypted = inside
        self._arrivals.add(arrival)
        inside.handshake = self._loop.create_task(self._shake_hands(arrival, inside, context))
        self._keep(inside.handshake)
        inside.handshake.add_done_callback(partial(self._shook_hands, arrival, inside))

    async def _shake_hands(self, arrival: Arrival, inside: Decrypted, context: ssl.SSLContext) -> None:
        try:
            await self._loop.connect_accepted_socket(
                inside.attach,
                arrival.sock,
                ssl=context,
                ssl_handshake_timeout=HANDSHAKE_SECONDS,
                ssl_shutdown_timeout=FLUSH_SECONDS,
            )
        except OSError as error:
            reason = error.reason if isinstance(error, ssl.SSLError) else type(error).__name__
            log.info(
                "connection.refused",
                peer=arrival.peer.place,
                reason=Closing.BAD_INPUT.code,
                protocol=Protocol.TLS.value,
                error=reason,
            )

    def _shook_hands(self, arrival: Arrival, inside: Decrypted, _task: asyncio.Task[None]) -> None:
        """Count out whom no handshake was made with: nobody else will."""
        if not inside.is_attached:
            arrival.sock.close()
        if not inside.is_open:
            self.forget(arrival)

    def _begin_inside(
        self, arrival: Arrival, transport: asyncio.Transport, protocol: Protocol, first_bytes: bytes
    ) -> None:
        if self._must_load(protocol):
            transport.pause_reading()
            self._keep(
                self._loop.create_task(
                    self._load(protocol, partial(self._begin_later, arrival, transport, protocol, first_bytes))
                )
            )
            return
        connection = self._serve(arrival.certify(transport), protocol, TlsPipe)
        if connection is None:
            transport.write(UNSPOKEN[protocol])
            transport.close()
            return
        # For as long as the connection lasts, nobody needs what found out who it is.
        arrival.decrypted = None
        transport.set_protocol(connection)
        connection.connection_made(transport)
        arrival.begun()
        if first_bytes:
            connection.receive(first_bytes)

    def _begin_later(
        self, arrival: Arrival, transport: asyncio.Transport, protocol: Protocol, first_bytes: bytes
    ) -> None:
        if not transport.is_closing():
            self._begin_inside(arrival, transport, protocol, first_bytes)
            transport.resume_reading()


def _keep_alive(sock: socket.socket) -> None:
    """Set what every connection accepted here inherits, which saves five system calls for each."""
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if hasattr(socket, "TCP_KEEPIDLE"):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, KEEPALIVE_INTERVAL_SECONDS)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, KEEPALIVE_PROBES)


def _answer_and_close(sock: socket.socket, answer: bytes) -> None:
    """Send an answer that fits into an empty socket's buffer, and close so that it arrives."""
    try:
        # Bytes left unread would turn the close into a reset, which can overtake the answer.
        sock.recv(UNREAD_BYTES)
        sock.send(answer)
        sock.shutdown(socket.SHUT_WR)
    except OSError as error:
        log.debug("connection.lost", reason=error.strerror)
    sock.close()
