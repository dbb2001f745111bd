"""The session: one channel on which somebody wants to chat. It is a shell that runs nothing."""

from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from asyncssh import SSHServerChannel, SSHServerSession

from hubbub.gateways.connection import Connection
from hubbub.gateways.ssh.channel import ChannelTransport, Line
from hubbub.gateways.ssh.conversation import SshConversation
from hubbub.gateways.ssh.screen import Screen

RUNS_NOTHING: Final = (
    b"This is a chat, and it runs no commands. Leave the command out to come in, "
    b"or pipe lines into it: echo hello | ssh -T ...\r\n"
)
"""What is said to `ssh HOST COMMAND`, on standard error."""

RUNS_NOTHING_STATUS: Final = 127
"""With which it ends: as a shell does that finds no such command. POSIX.1-2024, Shell Command Language, 2.8.2."""

LEAST_PACKET_BYTES: Final = 256
"""Smallest packets in which somebody may be told anything: each costs the server some 50 µs, however little is in it,
and a client that takes a byte a packet would have one message in 16 000. Those that mean well take 16 KiB and more."""

TOO_SMALL: Final = b"Your client takes packets so small that nothing can be said in them.\r\n"
TOO_SMALL_STATUS: Final = 1

_WITHOUT_ESCAPES: Final = frozenset({"", "dumb"})
"""What a terminal is called that obeys no escape sequences. terminfo(5)."""


class Desk(Protocol):
    """Whoever begins the chat of a session."""

    def converse(self, *, coloured: bool) -> SshConversation:
        """Return a new conversation with whoever has come in."""

    def connect(self, conversation: SshConversation) -> Connection:
        """Return its connection."""

    def heard(self, data_bytes: int) -> None:
        """Take note of how much came that is for the chat."""

    def session_ended(self) -> None:
        """Take note that the session is over."""


class ChatSession(SSHServerSession[bytes]):
    """One session, from its request to its end."""

    def __init__(self, desk: Desk, line: Line) -> None:
        self._desk = desk
        self._line = line
        self._terminal: tuple[str, int] | None = None
        """What the terminal is called, and its width."""
        self._runs_nothing = False
        self._is_over = False
        self._connection: Connection | None = None
        self._transport: ChannelTransport | None = None

    # What AsyncSSH calls

    def connection_made(self, chan: SSHServerChannel[bytes]) -> None:
        """Remember the channel."""
        self._channel = chan

    def pty_requested(
        self,
        term_type: str,
        term_size: tuple[int, int, int, int],
        term_modes: Mapping[int, int],  # noqa: ARG002 - AsyncSSH's own argument
    ) -> bool:
        """Give whoever wants it a line that can be edited."""
        self._terminal = (term_type, term_size[0])
        return True

    def shell_requested(self) -> bool:
        """Let him in."""
        return True

    def exec_requested(self, command: str) -> bool:  # noqa: ARG002 - AsyncSSH's own argument
        """Say that nothing is run."""
        self._runs_nothing = True
        return True

    def session_started(self) -> None:
        """Begin to chat."""
        if self._channel._send_pktsize < LEAST_PACKET_BYTES:  # noqa: SLF001 - AsyncSSH tells it in no other way
            self._refuse(TOO_SMALL, TOO_SMALL_STATUS)
            return
        if self._runs_nothing:
            self._refuse(RUNS_NOTHING, RUNS_NOTHING_STATUS)
            return
        conversation = self._desk.converse(coloured=self._shows_colours())
        self._connection = connection = self._desk.connect(conversation)
        screen = None
        if self._terminal is not None:
            kind, width = self._terminal
            screen = Screen(conversation, width, has_escapes=kind not in _WITHOUT_ESCAPES)
        self._transport = ChannelTransport(self._channel, self._line, connection, screen)
        connection.connection_made(self._transport)
        self._transport.show_soon()

    def data_received(self, data: bytes, datatype: int | None) -> None:  # noqa: ARG002 - AsyncSSH's own argument
        """Take what was typed."""
        self._desk.heard(len(data))
        if self._transport is None or self._connection is None:
            return
        if self._transport.screen is None:
            self._connection.receive(data)
        else:
            self._take(self._transport, self._connection, self._transport.screen.receive(data))

    def eof_received(self) -> bool:
        """Answer what was asked, and keep the other direction open until then."""
        return self._connection is not None and bool(self._connection.eof_received())

    def break_received(self, msec: int) -> bool:  # noqa: ARG002 - AsyncSSH's own argument
        """Take it for Ctrl+C. RFC 4335."""
        self._interrupt()
        return True

    def signal_received(self, signal: str) -> None:
        """Take an interruption for Ctrl+C. RFC 4254 section 6.9."""
        if signal == "INT":
            self._interrupt()

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:  # noqa: ARG002 - as above
        """Draw the row anew."""
        if self._transport is not None and self._transport.screen is not None:
            self._transport.screen.resize(width)
            self._transport.show_soon()

    def connection_lost(self, exc: Exception | None) -> None:
        """See the client off; harmless when repeated."""
        if self._is_over:
            return
        self._is_over = True
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.stop()
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.connection_lost(exc)
        self._desk.session_ended()

    # What the visit calls

    @property
    def connection(self) -> Connection | None:
        """Return the connection of the chat, while there is one."""
        return self._connection

    def mind_congestion(self) -> None:
        """Look whether something waits to be sent, or nothing does any more."""
        if self._transport is not None:
            self._transport.mind_congestion()

    def _refuse(self, sentence: bytes, status: int) -> None:
        self._channel.write_stderr(sentence)
        self._channel.exit(status)

    def _shows_colours(self) -> bool:
        return (
            self._terminal is not None
            and self._terminal[0] not in _WITHOUT_ESCAPES
            and not self._channel.get_environment().get("NO_COLOR")
        )

    def _interrupt(self) -> None:
        transport = self._transport
        if transport is not None and self._connection is not None and transport.screen is not None:
            self._take(transport, self._connection, transport.screen.interrupt())

    def _take(self, transport: ChannelTransport, connection: Connection, lines: Iterable[tuple[bytes, bytes]]) -> None:
        for line, left in lines:
            if left:
                transport.write(left)
            if line and not transport.is_closing():
                connection.receive(line)
        transport.show_soon()
