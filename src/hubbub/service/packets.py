"""Packets: how a fragile reader is sent something, one who takes what one `recv` returns for one message.

What arrives together must be whole. A stream promises no such thing, so this is as good as can be: small packets, each
written by itself, and time to read them.
"""

from collections import deque
from collections.abc import Callable
from typing import Final

import msgspec

from hubbub.service.ports import Clock

STURDY_PER_GAP: Final = 16
"""How many sturdy packets a reader takes in the time of one gap, so that it has read them when a fragile one comes: 16
KiB in that time are little for a program."""


def _never(_packet: bytes) -> bool:
    return False


class Fragility(msgspec.Struct, frozen=True):
    """What such a reader can bear."""

    cut: Callable[[bytes], list[bytes]]
    """Divides bytes into pieces that must arrive whole."""
    packet_bytes: int
    """Most bytes to write together."""
    gap_seconds: float
    """How long to wait after `packets_at_once`."""
    packets_at_once: int = 1
    """How many packets may follow one another without a gap."""
    is_sturdy: Callable[[bytes], bool] = _never
    """Whether a packet may be cut anywhere on its way after all, so that it may follow any other without a gap."""


class Packets:
    """Sends pieces, as many together as fit into a packet, and keeps back up to `limit_bytes` (0 = no limit) meanwhile.

    What is kept back is not divided until its turn comes: so it is the same bytes for all who hear them.
    """

    __slots__ = (
        "_clock",
        "_fragility",
        "_is_resting",
        "_limit_bytes",
        "_pieces",
        "_sent_at",
        "_sent_packets",
        "_uncut",
        "size_bytes",
    )

    def __init__(self, clock: Clock, fragility: Fragility, limit_bytes: int) -> None:
        self._clock = clock
        self._fragility = fragility
        self._limit_bytes = limit_bytes
        self._pieces: deque[bytes] = deque()
        self._uncut: deque[bytes] = deque()
        self._is_resting = False
        """Whether the next packet waits for the end of a gap."""
        self._sent_packets = 0
        """How many were sent since the last gap."""
        self._sent_at = 0.0
        self.size_bytes = 0
        """How much is kept back."""

    def has_room_for(self, size: int) -> bool:
        """Return whether so many bytes more may be kept back."""
        return not self._limit_bytes or self.size_bytes + size <= self._limit_bytes

    def send(self, data: bytes, write: Callable[[bytes], None]) -> None:
        """Send the bytes piece by piece, as `cut` divides them."""
        self._uncut.append(data)
        self.size_bytes += len(data)
        if not self._is_resting:
            self._send_packets(write)

    def flush(self, write: Callable[[bytes], None]) -> None:
        """Send everything at once."""
        write(b"".join((*self._pieces, *self._uncut)))
        self.drop()

    def drop(self) -> None:
        """Send nothing any more of what is kept back."""
        self._pieces.clear()
        self._uncut.clear()
        self.size_bytes = 0

    def _send_packets(self, write: Callable[[bytes], None]) -> None:
        fragility, now = self._fragility, self._clock.monotonic()
        if now - self._sent_at >= self._rest_seconds():
            self._sent_packets = 0
        while packet := self._next_packet():
            if self._sent_packets >= fragility.packets_at_once and not fragility.is_sturdy(packet):
                self._pieces.appendleft(packet)
                self._is_resting = True
                self._clock.call_later(self._rest_seconds(), lambda: self._go_on(write))
                return
            self._sent_packets += 1
            self._sent_at = now
            self.size_bytes -= len(packet)
            write(packet)

    def _rest_seconds(self) -> float:
        """Return how long the reader takes for what was sent since the last gap."""
        return self._fragility.gap_seconds * (1 + self._sent_packets // STURDY_PER_GAP)

    def _go_on(self, write: Callable[[bytes], None]) -> None:
        self._is_resting = False
        self._sent_packets = 0
        self._send_packets(write)

    def _next_packet(self) -> bytes:
        """Return as many pieces as fit into one packet, at least one if there is any."""
        most, packet = self._fragility.packet_bytes, b""
        while self._pieces or self._uncut:
            if not self._pieces:
                self._pieces.extend(self._fragility.cut(self._uncut.popleft()))
            elif packet and len(packet) + len(self._pieces[0]) > most:
                break
            else:
                packet += self._pieces.popleft()
        return packet
