"""The channel: an SSH channel as the transport of a connection, with a screen before it where there is a terminal."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from asyncssh import SSHServerChannel

from hubbub.gateways.ssh.screen import Screen
from hubbub.service.outbox import no_file


class Line(Protocol):
    """What is below a channel."""

    @property
    def waiting_bytes(self) -> int:
        """Return how much of what was given to it is not sent yet."""

    def abort(self) -> None:
        """Drop the connection and what was to be sent."""


class ChannelTransport(asyncio.Transport):
    """Moves bytes over one channel: one packet a turn of the loop, whatever is written in it."""

    __slots__ = (
        "_channel",
        "_is_closing",
        "_is_congested",
        "_line",
        "_loop",
        "_pending",
        "_pending_bytes",
        "_protocol",
        "screen",
    )

    def __init__(
        self, channel: SSHServerChannel[bytes], line: Line, protocol: asyncio.BufferedProtocol, screen: Screen | None
    ) -> None:
        super().__init__()
        self._channel: SSHServerChannel[bytes] | None = channel
        self._line: Line | None = line
        """Both are let go when the channel is: whoever holds this holds on to nothing of what was below it."""
        self._protocol = protocol
        self.screen = screen
        self._loop = asyncio.get_running_loop()
        self._pending: list[bytes] = []
        """What was written in this turn of the loop."""
        self._pending_bytes = 0
        self._is_congested = False
        self._is_closing = False

    # What a connection uses

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Take all the bytes, to be sent at the end of this turn of the loop."""
        if not self._is_closing:
            self._pending_bytes += len(data)
            self._soon(bytes(data))

    def close(self) -> None:
        """Send what waits, and end the channel as a program that has done its work."""
        channel = self._channel
        if self._is_closing or channel is None:
            return
        self._flush()
        self._is_closing = True
        if self.screen is not None:
            channel.write(self.screen.clear())
        channel.exit(0)

    def abort(self) -> None:
        """Drop the whole connection."""
        self._is_closing = True
        if self._line is not None:
            self._line.abort()

    def is_closing(self) -> bool:
        """Return whether nothing more can be sent."""
        return self._is_closing or self._channel is None or self._channel.is_closing()

    def pause_reading(self) -> None:
        """Let the peer send no more than the window of the channel has room for."""
        if self._channel is not None:
            self._channel.pause_reading()

    def resume_reading(self) -> None:
        """Read again."""
        if self._channel is not None and not self.is_closing():
            self._channel.resume_reading()

    def can_write_eof(self) -> bool:
        """Return that either side may end alone."""
        return True

    def get_write_buffer_size(self) -> int:
        """Return how much was written that the peer's window or network has had no room for."""
        if self._channel is None or self._line is None:
            return 0
        return self._pending_bytes + self._channel.get_write_buffer_size() + self._line.waiting_bytes

    # What the session calls

    def show_soon(self) -> None:
        """Draw the screen's row again at the end of this turn of the loop, if it is to look different."""
        if self.screen is not None and self.screen.is_stale:
            self._soon(b"")

    def mind_congestion(self) -> None:
        """Tell the connection when something begins to wait, and when nothing does any more."""
        is_congested = self.get_write_buffer_size() > self._pending_bytes
        if is_congested is not self._is_congested and not self._is_closing:
            self._is_congested = is_congested
            (self._protocol.pause_writing if is_congested else self._protocol.resume_writing)()

    def stop(self) -> None:
        """Take note that the channel is gone."""
        self._is_closing = True
        self._pending.clear()
        self._channel = self._line = self.screen = None

    def _soon(self, data: bytes) -> None:
        if not self._pending:
            self._loop.call_soon(self._flush)
        self._pending.append(data)

    def _flush(self) -> None:
        pending, self._pending, self._pending_bytes = self._pending, [], 0
        if not pending or self._channel is None or self.is_closing():
            return
        data = b"".join(pending)
        self._channel.write(data if self.screen is None else self.screen.show(data))
        self.mind_congestion()


class ChannelPipe:
    """How an outbox writes to a channel."""

    __slots__ = ("_transport", "get_file", "waiting_bytes", "write")

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self.write: Callable[[bytes], None] = transport.write
        self.waiting_bytes: Callable[[], int] = transport.get_write_buffer_size
        self.get_file = no_file

    def send(self, data: bytes) -> int:
        """Take all the bytes."""
        self.write(data)
        return len(data)

    def is_reset(self) -> bool:
        """Return whether the peer is gone."""
        return self._transport.is_closing()
