"""The intake: what came from one client and is not heard yet, and whether more is to be read.

Hearing takes time in which nobody else is heard, and what is asked takes more room than the bytes that ask it. So
little is read at once, the next read is another turn's, and while too much is waiting to be carried out nothing is
heard or read: the peer's own system holds the rest.
"""

import asyncio
from collections.abc import Callable
from typing import Final

READ_BYTES: Final = 16_384
"""Most that one read brings, and with it what is heard of one client in one turn of the loop, and kept of him unheard:
the longest line. A turn of the dearest input, all commands of two or three bytes, takes some 10 ms."""

SLICE_BYTES: Final = 2_048
"""How much is heard at a time before looking whether too much is waiting; what it asks for is kept beyond that."""


class Intake:
    """Hears in slices what is received, as far as `is_laden` allows, and the end exactly once, after everything else.

    Call `go_on` whenever less may be waiting. Neither `hear` nor `hear_end` may raise.
    """

    __slots__ = (
        "_end_is_heard",
        "_finished",
        "_has_ended",
        "_hear",
        "_hear_end",
        "_is_dropped",
        "_is_hearing",
        "_is_laden",
        "_is_reading",
        "_may_read",
        "_transport",
        "_unheard",
    )

    def __init__(
        self,
        transport: asyncio.Transport,
        hear: Callable[[bytes], None],
        hear_end: Callable[[], None],
        is_laden: Callable[[], bool],
    ) -> None:
        self._transport = transport
        self._hear = hear
        self._hear_end = hear_end
        self._is_laden = is_laden
        self._unheard = bytearray()
        self._is_reading = True
        self._may_read = True
        """Whether more is ever to be read."""
        self._is_hearing = False
        """Whether a slice is being heard, or what is left of one: an answer must not begin with the next one."""
        self._has_ended = False
        self._end_is_heard = False
        self._is_dropped = False
        self._finished: Callable[[], None] | None = None
        """Whom to tell that everything that was read is heard, when nothing more is to be read."""

    @property
    def has_unheard(self) -> bool:
        """Whether something came that is not heard yet."""
        return bool(self._unheard)

    def receive(self, data: bytes) -> None:
        """Take what one read brought."""
        if len(data) <= SLICE_BYTES and not self._unheard and not self._is_laden():
            self._hear(data)
            if self._is_laden():
                self._stop_reading()
            return
        self._unheard += data
        if len(data) >= READ_BYTES:
            # There is more, and the transport would bring it at once: it is the others' turn first.
            self._stop_reading()
            asyncio.get_running_loop().call_soon(self.go_on)
        else:
            self._advance()

    def receive_end(self) -> None:
        """Take note that nothing more will come."""
        self._has_ended = True
        self._is_reading = self._may_read = False
        self._advance()

    def finish(self, finished: Callable[[], None]) -> None:
        """Read nothing more, and call back once what was read is heard, or is to be heard no more."""
        self._finished = finished
        self._may_read = False
        self._stop_reading()
        self._advance()

    def drop(self) -> None:
        """Hear nothing any more."""
        self._is_dropped = True
        self._unheard.clear()
        self._tell_finished()

    def go_on(self) -> None:
        """Hear what waits and read on, unless too much is waiting; nothing waits while more is being read."""
        if not self._is_reading and not self._is_hearing:
            self._advance()

    def _advance(self) -> None:
        self._hear_slices()
        if self._unheard or self._is_laden():
            self._stop_reading()
        elif self._has_ended:
            self._hear_end_once()
        else:
            self._read_on()
        if not self._unheard:
            self._tell_finished()

    def go_on_after(self, action: Callable[[], None]) -> None:
        """Do what has to come before anything more is heard, and then go on."""
        self._is_hearing = True
        try:
            action()
        finally:
            self._is_hearing = False
        self.go_on()

    def _hear_slices(self) -> None:
        self._is_hearing = True
        try:
            while self._unheard and not self._is_laden():
                data = bytes(self._unheard[:SLICE_BYTES])
                del self._unheard[:SLICE_BYTES]
                self._hear(data)
        finally:
            self._is_hearing = False

    def _hear_end_once(self) -> None:
        if not (self._end_is_heard or self._is_dropped):
            self._end_is_heard = True
            self._hear_end()

    def _tell_finished(self) -> None:
        finished, self._finished = self._finished, None
        if finished is not None:
            finished()

    def _read_on(self) -> None:
        if self._may_read and not self._is_reading and not self._transport.is_closing():
            self._is_reading = True
            self._transport.resume_reading()

    def _stop_reading(self) -> None:
        if self._is_reading and not self._transport.is_closing():
            self._is_reading = False
            self._transport.pause_reading()
