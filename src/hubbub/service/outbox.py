"""The outbox: what one connection is still to be sent, bounded, so that a sender never waits for a reader."""

from collections.abc import Callable, Sequence
from typing import Protocol

from hubbub.core.catalog import Record
from hubbub.core.room import Room
from hubbub.service.packets import Packets

Write = Callable[[bytes], int]
"""Takes as many bytes as it can at once, and returns how many. Raises `BlockingIOError` for none, and any other
`OSError` where nobody is there any more."""


GetFile = Callable[[], int]
"""Returns the number of the file that may be sent to past `write`, or -1."""


def no_file() -> int:
    """Return that there is none."""
    return -1


class Volley(Protocol):
    """Sends to many at the price of one call."""

    def send(self, files: Sequence[int], data: bytes) -> list[tuple[int, int]]:
        """Send the bytes to each of these files, and return those that did not take all: which, and how many it took.

        What is to be sent to none (-1), takes none.
        """


class Pipe(Protocol):
    """What an outbox writes to."""

    @property
    def send(self) -> Write:
        """Sends at once what the peer's system has room for; only to be used while nothing waits."""

    @property
    def get_file(self) -> GetFile:
        """Returns which file `send` sends to, as long as it is open; `no_file` where there is more to it than that."""

    def write(self, data: bytes) -> None:
        """Take all the bytes, and send later what cannot be sent now."""

    def waiting_bytes(self) -> int:
        """Return how many bytes were taken and not yet sent."""

    def is_reset(self) -> bool:
        """Return whether the peer is known to hear nothing any more; it may be known once only."""


Overflow = Callable[[int], None]
"""Called once with how many bytes would have to wait: too many."""


class Outbox:
    """Sends until more than `limit_bytes` (0 = no limit) would wait in the pipe, then calls `on_overflow` once.

    What is kept back for a fragile reader is our own doing: it has a limit of its own, that of the packets.

    Everybody uses `post`, but for the one loop that reaches a whole audience: while the peer keeps up, `write` is the
    pipe's own `send`, so that a delivery costs not even a call more, and `get_file` says where a volley may send to.
    `on_rewire` tells that they have become others.
    """

    __slots__ = (
        "_congested",
        "_held",
        "_held_bytes",
        "_limit_bytes",
        "_on_overflow",
        "_packets",
        "_pipe",
        "get_file",
        "is_cut",
        "on_own",
        "on_relief",
        "on_rewire",
        "write",
    )

    def __init__(self, pipe: Pipe, limit_bytes: int, on_overflow: Overflow) -> None:
        self._pipe = pipe
        self._limit_bytes = limit_bytes
        self._on_overflow: Overflow | None = on_overflow
        self._congested = False
        self._packets: Packets | None = None
        self._held: list[bytes] | None = None
        """What waits until the reader has been brought what came before it; None where nothing does."""
        self._held_bytes = 0
        self.on_relief: Callable[[], None] | None = None
        """Called when nothing waits in the pipe any more, or nobody reads."""
        self.on_own: Callable[[Room, Record], None] | None = None
        """Called with what has come from this connection, and it is not told by itself."""
        self.is_cut = False
        """Whether what was sent last ends in the middle, because the rest of it was too much."""
        self.on_rewire: Callable[[], None] | None = None
        self.write: Write = pipe.send
        """Sends in the order of the calls. Whoever calls it gives the rest that it did not take to `retain`."""
        self.get_file: GetFile = pipe.get_file
        """Where a volley may send to instead; the rest is for `retain` as well."""

    def post(self, data: bytes) -> None:
        """Send the bytes, in the order of the calls."""
        try:
            sent = self.write(data)
        except OSError:
            # The peer cannot take anything now, or never will again: its transport finds out which.
            sent = 0
        if sent != len(data):
            self.retain(data[sent:])

    def retain(self, rest: bytes) -> None:
        """Keep what could not be sent at once; until it is, everything waits its turn behind it."""
        self.is_cut = True
        if self._fits(rest):
            self.is_cut = False
            self._pipe.write(rest)

    def congest(self) -> None:
        """Begin to count what waits: the pipe says that something does."""
        self._congested = True
        self._rewire()

    def relieve(self) -> None:
        """Stop counting: the pipe says that nothing waits any more."""
        if self._on_overflow is not None:
            self._congested = False
            self._rewire()
        if self.on_relief is not None:
            self.on_relief()

    @property
    def is_congested(self) -> bool:
        """Whether something waits in the pipe."""
        return self._congested

    def hold(self) -> None:
        """Keep back what is posted from now on, for the reader is to be brought something that was before it."""
        self._held = []
        self._rewire()

    def post_ahead(self, data: bytes) -> None:
        """Send the bytes before what is held, however many: whoever calls it waits while there is congestion."""
        if self._on_overflow is not None:
            self._pipe.write(data)

    def release(self) -> None:
        """Send what was held, and hold nothing any more."""
        held, self._held, self._held_bytes = self._held or [], None, 0
        self._rewire()
        for data in held:
            self.post(data)

    def abandon(self) -> None:
        """Forget what is held: its reader will not be brought what was before it, and would think it had heard all."""
        if self._held is not None:
            self._held, self._held_bytes = None, 0
            self._rewire()

    def send_in_packets(self, packets: Packets | None) -> None:
        """Send what follows in small packets to a fragile reader, or (None) freely again."""
        self.flush()
        self._packets = packets
        self._rewire()

    def flush(self) -> None:
        """Give the pipe everything that is kept back for a fragile reader; before a close."""
        if self._packets is not None:
            self._packets.flush(self._pipe.write)

    def seal(self) -> None:
        """Take nothing any more, and keep nothing back: the last words were said."""
        if self._packets is not None:
            self._packets.drop()
        self._on_overflow = None
        self._packets = None
        self._held, self._held_bytes = None, 0
        self._congested = True
        self._rewire()
        if self.on_relief is not None:
            self.on_relief()

    def waiting_bytes(self) -> int:
        """Return how many bytes were taken and not yet sent."""
        kept_back = 0 if self._packets is None else self._packets.size_bytes
        return self._pipe.waiting_bytes() + kept_back + self._held_bytes

    def _rewire(self) -> None:
        is_free = self._packets is None and self._held is None and not self._congested
        self.write = self._pipe.send if is_free else self._write_carefully
        self.get_file = self._pipe.get_file if is_free else no_file
        if self.on_rewire is not None:
            self.on_rewire()

    def _write_carefully(self, data: bytes) -> int:
        if self._on_overflow is None or not self._fits(data):
            return len(data)
        if self._held is not None:
            self._held.append(data)
            self._held_bytes += len(data)
        elif self._packets is None:
            self._pipe.write(data)
        else:
            self._packets.send(data, self._pipe.write)
        return len(data)

    def _fits(self, data: bytes) -> bool:
        """Return whether the bytes may wait as well; if not, they are lost, and nothing is taken any more."""
        waiting_bytes = self._pipe.waiting_bytes() if self._held is None else self._held_bytes
        unread_bytes = waiting_bytes + (len(data) if self._packets is None else 0)
        is_behind = self._limit_bytes and unread_bytes > self._limit_bytes
        if not is_behind and (self._packets is None or self._packets.has_room_for(len(data))):
            return True
        behind_bytes = self.waiting_bytes() + len(data)
        overflow, self._on_overflow = self._on_overflow, None
        self._congested = True
        self._rewire()
        if overflow is not None:
            overflow(behind_bytes)
        return False
