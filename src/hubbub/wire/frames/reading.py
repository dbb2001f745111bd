"""Reading frames: bytes in, in any pieces; whole payloads out, and an error in the place of each that is none."""

from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

from hubbub.wire.errors import BadLength, BadUtf8, FrameTooLong, WireError

SKIP_LIMIT: Final = 1_048_576
"""Longest frame that is skipped for being too long, in bytes. Who announces more never meant a length, so nobody knows
where the next frame begins."""

PayloadT = TypeVar("PayloadT")


class FrameReader(Generic[PayloadT]):
    """Cuts bytes into frames; keeps at most one header or `limit_bytes` between calls, whatever is sent."""

    __slots__ = ("_buffer", "_decode", "_header_bytes", "_is_lost", "_limit", "_parse_length", "_size", "_skip_bytes")

    def __init__(
        self,
        limit_bytes: int,
        header_bytes: int,
        parse_length: Callable[[bytes], int],
        decode: Callable[[bytes], PayloadT],
    ) -> None:
        """Take payloads of up to `limit_bytes`, each after a header of `header_bytes`; 0 means up to `SKIP_LIMIT`.

        `parse_length` may raise `BadLength`, after which nothing more is read, and `decode` any `WireError`.
        """
        self._limit = limit_bytes or SKIP_LIMIT
        self._header_bytes = header_bytes
        self._parse_length = parse_length
        self._decode = decode
        self._buffer = bytearray()
        self._size: int | None = None
        self._skip_bytes = 0
        self._is_lost = False

    @property
    def buffered_bytes(self) -> int:
        """Return how much is kept until more comes."""
        return len(self._buffer)

    def receive_data(self, data: bytes) -> Sequence[PayloadT | WireError]:
        """Return the payloads that these bytes complete, in order, and the errors among them.

        After an error that is not `recoverable`, the last one returned, whatever comes is ignored.
        """
        if self._is_lost:
            return ()
        self._buffer += data
        payloads = []
        while (payload := self._next_payload()) is not None:
            payloads.append(payload)
        return payloads

    def _next_payload(self) -> PayloadT | WireError | None:
        if self._skip_bytes:
            self._skip_bytes -= len(self._take(self._skip_bytes))
        if self._size is None:
            if len(self._buffer) < self._header_bytes:
                return None
            error = self._read_header()
            if error:
                return error
        if self._size is None or len(self._buffer) < self._size:
            return None
        payload = self._take(self._size)
        self._size = None
        try:
            return self._decode(payload)
        except WireError as error:
            return _without_frames(error)

    def _read_header(self) -> WireError | None:
        header = self._take(self._header_bytes)
        try:
            size = self._parse_length(header)
        except BadLength as error:
            return self._give_up(_without_frames(error))
        if size > SKIP_LIMIT:
            return self._give_up(BadLength(header, f"{self._limit} bytes are the most"))
        if size > self._limit:
            self._skip_bytes = size
            return FrameTooLong(size, self._limit)
        self._size = size
        return None

    def _give_up(self, error: BadLength) -> BadLength:
        self._is_lost = True
        self._buffer.clear()
        return error

    def _take(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        # Cheap at the front of a bytearray: it moves its beginning, not its bytes.
        del self._buffer[:size]
        return taken


ErrorT = TypeVar("ErrorT", bound=WireError)


def _without_frames(error: ErrorT) -> ErrorT:
    """Return the error without what it passed on its way.

    Among that are the payload and the list that the error is put into: a circle, which would keep every bad payload
    until Python's collector runs.
    """
    error.__traceback__ = error.__context__ = None
    return error


def decode_text(payload: bytes) -> str:
    """Return the payload's text; raises `BadUtf8`."""
    try:
        return payload.decode()
    except UnicodeDecodeError as error:
        raise BadUtf8.from_decoding(error) from None
