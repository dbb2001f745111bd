"""The visit: one connection by SSH, from its first byte to its last, and what AsyncSSH does not bound in it."""

import asyncio
from collections.abc import Callable
from typing import Final, Protocol, cast

import msgspec
import structlog
from asyncssh import DISC_BY_APPLICATION, DISC_PROTOCOL_ERROR, SSHServerConnectionOptions, SSHServerSession

from hubbub.gateways.closing import Closing
from hubbub.gateways.connection import Connection
from hubbub.gateways.parting import GOODBYE_SECONDS
from hubbub.gateways.ssh.channel import ChannelPipe
from hubbub.gateways.ssh.conversation import SshConversation, SshSettings
from hubbub.gateways.ssh.link import Link
from hubbub.gateways.ssh.overhead import Overhead
from hubbub.gateways.ssh.reception import Reception
from hubbub.gateways.ssh.session import ChatSession
from hubbub.gateways.surroundings import Host, Services
from hubbub.service.peers import Peer
from hubbub.service.ports import Timer

SLICE_BYTES: Final = 4_096
"""How much AsyncSSH is given in one turn of the loop: some sixty packets, which take a few milliseconds."""

log = structlog.get_logger(__name__)


class SshParts(msgspec.Struct, frozen=True):
    """What all visits share."""

    options: SSHServerConnectionOptions
    services: Services
    settings: SshSettings


class Lobby(Protocol):
    """Whoever bounds how many are there that have not come in."""

    def left(self, visit: "Visit") -> None:
        """Take note that somebody has come in, or is gone; harmless when repeated."""


class Visit(asyncio.Protocol):
    """One client, from its first byte to its last."""

    protocol = "ssh"

    def __init__(self, parts: SshParts, peer: Peer, host: Host, lobby: Lobby) -> None:
        self._parts = parts
        self._peer = msgspec.structs.replace(peer, is_encrypted=True)
        self._host = host
        self._lobby = lobby
        self._reception = Reception(parts.services.entrance, self)
        self._link = Link(asyncio.get_running_loop(), parts.options, self._reception, self._shook_hands)
        self._overhead = Overhead(parts.services.clock.monotonic())
        self._unheard = bytearray()
        self._is_behind = False
        """Whether what is left of it is going to be heard in a later turn."""
        self._is_paused = False
        self._session: ChatSession | None = None
        self._timer: Timer | None = None
        self._closing: Closing | None = None
        self._has_chatted = False
        """Whether a connection of its own has told the log, and will."""

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Exchange keys."""
        # A cast, for uvloop's transports are asyncio's by behaviour and not by class.
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(high=1)
        self._link.connection_made(transport)
        if self._closing is not None:
            # Somebody needed the place before there was anybody to tell.
            self._transport.abort()
            return
        self._wait(self._parts.services.limits.naming_seconds, self._is_late)

    def data_received(self, data: bytes) -> None:
        """Take what came; of much, only the beginning is understood at once: it is the others' turn as well."""
        self._unheard += data
        if not self._is_behind:
            self._hear()

    def _hear(self) -> None:
        """Give AsyncSSH some of what came, unless there is too much that nobody needs; the rest in the next turn."""
        self._is_behind = False
        if self._link.is_over:
            self._unheard.clear()
            return
        piece = bytes(self._unheard[:SLICE_BYTES])
        del self._unheard[:SLICE_BYTES]
        if not self._overhead.came(len(piece), self._parts.services.clock.monotonic()):
            self._closing = self._closing or Closing.BAD_INPUT
            self._link.disconnect(DISC_PROTOCOL_ERROR, Closing.BAD_INPUT.sentence)
            return
        self._link.data_received(piece)
        self._mind_congestion()
        self._mind_rest()

    def _mind_rest(self) -> None:
        """Read no more as long as something is not understood yet."""
        self._is_behind = bool(self._unheard)
        if self._is_behind:
            self._transport.pause_reading()
            asyncio.get_running_loop().call_soon(self._hear_on)
        elif self._is_paused and not self._transport.is_closing():
            self._transport.resume_reading()
        self._is_paused = self._is_behind

    def _hear_on(self) -> None:
        if self._is_behind:
            self._hear()

    def eof_received(self) -> None:
        """Take it for the end: SSH has a word of its own for the end of one direction."""
        self._link.eof_received()

    def pause_writing(self) -> None:
        """Count from now on what waits."""
        self._mind_congestion()

    def resume_writing(self) -> None:
        """Stop counting."""
        self._mind_congestion()

    def connection_lost(self, exc: Exception | None) -> None:
        """See the client off."""
        self._cancel_timer()
        self._is_behind = False
        self._lobby.left(self)
        self._link.connection_lost(exc)
        if self._session is not None:
            self._session.connection_lost(exc)
        if not self._has_chatted:
            closing = self._closing or Closing.GONE
            log.info("connection.closed", peer=self._peer.place, protocol=self.protocol, reason=closing.code)
            self._parts.services.tally.closings[closing.code] += 1
        self._host.closed()
        # Once AsyncSSH has done the same, which it puts off.
        asyncio.get_running_loop().call_soon(self._let_go)

    # What the port calls

    def receive(self, data: bytes) -> None:
        """Take what came before this connection had its transport."""
        self.data_received(data)

    def close(self, closing: Closing, sentence: str = "") -> None:
        """Say farewell and close, once everything written is sent or the peer is too slow."""
        if self._chat is not None:
            self._chat.close(closing, sentence)
        elif self._closing is None:
            self._closing = closing
            self._link.disconnect(DISC_BY_APPLICATION, sentence or closing.sentence)

    def finish(self, finished: Callable[[], None]) -> None:
        """Take no new request, and call back once everything that was asked is answered."""
        if self._chat is None:
            finished()
        else:
            self._chat.finish(finished)

    def abort(self) -> None:
        """Drop the connection and what was to be sent."""
        self._transport.abort()

    @property
    def waiting_bytes(self) -> int:
        """Return how much the peer has not accepted yet."""
        return self._link.waiting_bytes if self._chat is None else self._chat.waiting_bytes

    # What the reception and the session ask

    @property
    def peer(self) -> Peer:
        """Return where he comes from, whom nobody on the way can read."""
        return self._peer

    def open_session(self) -> SSHServerSession[bytes] | None:
        """Begin the one chat of this connection."""
        if self._session is not None or self._reception.entry is None:
            return None
        self._session = ChatSession(self, self._link)
        return self._session

    def misunderstood(self) -> None:
        """Take note that nobody could understand him: that is why he is gone."""
        self._closing = self._closing or Closing.BAD_INPUT

    def converse(self, *, coloured: bool) -> SshConversation:
        """Return a new conversation with whoever has come in."""
        if self._reception.entry is None:
            raise AssertionError("nobody chats who has not come in")
        return SshConversation(self._parts.settings, self._reception.entry, coloured=coloured)

    def connect(self, conversation: SshConversation) -> Connection:
        """Return its connection."""
        self._has_chatted = True
        self._cancel_timer()
        return Connection(conversation, self._parts.services, ChannelPipe, self._peer, self)

    def heard(self, data_bytes: int) -> None:
        """Take note of how much came that is for the chat."""
        self._overhead.was_heard(data_bytes)

    def session_ended(self) -> None:
        """Let the client hang up, and do it if it does not."""
        self._wait(GOODBYE_SECONDS, self._link.close)

    # What the chat's connection tells its host

    def named(self) -> None:
        """Take note that the client has said who it is."""
        self._lobby.left(self)
        self._host.named()

    def closed(self) -> None:
        """Wait for the end of what is below it."""

    @property
    def _chat(self) -> Connection | None:
        return None if self._session is None else self._session.connection

    def _shook_hands(self) -> None:
        """Give whoever has to look at a fingerprint, and to type a password, the time that takes."""
        if not self._has_chatted:
            self._wait(self._parts.services.limits.text_naming_seconds, self._is_late)

    def _is_late(self) -> None:
        self.close(Closing.UNNAMED)

    def _mind_congestion(self) -> None:
        if self._session is not None:
            self._session.mind_congestion()

    def _let_go(self) -> None:
        self._link.let_go()
        self._session = None
        del self._link, self._reception, self._host

    def _wait(self, seconds: float, then: Callable[[], None]) -> None:
        self._cancel_timer()
        if seconds and not self._link.is_over:
            self._timer = self._parts.services.clock.call_later(seconds, then)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
