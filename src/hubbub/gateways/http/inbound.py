"""Inbound: where in a request the input is, how much of it there is, and whether that is too much. Pure."""

from typing import Final

from hubbub.gateways.http.problems import bad_request
from hubbub.gateways.http.soundness import FIELDS, HEAD_BYTES, TARGET_BYTES, head_too_large, target_too_long

HEAD_SLICE_BYTES: Final = 2_048
"""How much is understood at a time where a request may begin: some hundred of the shortest ones."""

BODY_SLICE_BYTES: Final = 16_384
"""The same while a body comes in chunks, whose end nobody knows."""

MOST_SLICE_BYTES: Final = 65_536
"""The same within a body of a known length: such a piece stays in a core's cache, however often it is copied until it
is on the disk. With 256 KiB, each copy was of fresh pages, and most of an upload's time the system's, to give them."""

CHUNK_OVERHEAD: Final = 16
SPARE_OVERHEAD_BYTES: Final = 65_536
"""How many times longer a body in chunks may be than what is in it, and how much longer: chunks of one byte each need
six. RFC 9112 section 7.1.1 wants names and values that chunks may carry to be limited."""

_FIELD_OVERHEAD_BYTES: Final = 4
"""Colon, space and line end."""


class Inbound:
    """Counts what comes in one connection. What raises `Problem` says that nothing more can be made of it."""

    __slots__ = ("_counted_bytes", "_fields", "_left_bytes", "_raw_bytes", "body_bytes", "is_in_body", "is_in_head")

    def __init__(self) -> None:
        self.is_in_head = False
        self.is_in_body = False
        self.body_bytes = 0
        """How much came of all bodies."""
        self._fields = 0
        self._counted_bytes = 0
        self._raw_bytes = 0
        self._left_bytes: int | None = None
        """How much is still to come of a body; None where its chunks will tell."""

    @property
    def is_between(self) -> bool:
        """Whether no request has begun that is not whole."""
        return not (self.is_in_head or self.is_in_body)

    @property
    def slice_bytes(self) -> int:
        """Return how much may be understood at once."""
        if not self.is_in_body:
            return HEAD_SLICE_BYTES
        if self._left_bytes is None:
            return BODY_SLICE_BYTES
        return min(max(self._left_bytes, HEAD_SLICE_BYTES), MOST_SLICE_BYTES)

    def take(self, raw_bytes: int) -> None:
        """Count so much that is going to be understood; what is not counted otherwise is bounded here."""
        self._raw_bytes += raw_bytes
        if self.is_in_head and self._raw_bytes > HEAD_BYTES + HEAD_SLICE_BYTES:
            raise head_too_large()
        most_bytes = SPARE_OVERHEAD_BYTES + CHUNK_OVERHEAD * self._counted_bytes
        if self.is_in_body and self._left_bytes is None and self._raw_bytes > most_bytes:
            raise bad_request("The chunks of the body are larger than what is in them.")

    def begin(self) -> None:
        """Note that a head begins."""
        self.is_in_head = True
        self._fields = self._counted_bytes = self._raw_bytes = 0

    def count_target(self, target: bytes) -> None:
        """Count what is asked for, as much as is known of it."""
        if len(target) > TARGET_BYTES:
            raise target_too_long()
        self._counted_bytes += len(target)

    def count_field(self, name: bytes, value: bytes) -> None:
        """Count a field, of a head or behind a body."""
        self._fields += 1
        if self.is_in_head:
            self._counted_bytes += len(name) + len(value) + _FIELD_OVERHEAD_BYTES
        if self._fields > FIELDS or (self.is_in_head and self._counted_bytes > HEAD_BYTES):
            raise head_too_large()

    def begin_body(self, length_bytes: int | None) -> None:
        """Note that the head is whole, and how long the body is going to be; None where its chunks will tell."""
        self.is_in_head, self.is_in_body = False, True
        self._counted_bytes = self._raw_bytes = 0
        self._left_bytes = length_bytes

    def count_body(self, body_bytes: int) -> None:
        """Count what came of a body."""
        self.body_bytes += body_bytes
        self._counted_bytes += body_bytes
        if self._left_bytes is not None:
            self._left_bytes -= body_bytes

    def end(self) -> None:
        """Note that a request is whole."""
        self.is_in_head = self.is_in_body = False
