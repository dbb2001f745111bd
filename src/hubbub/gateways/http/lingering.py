"""Lingering: ending a connection so that its last answer arrives, whatever its peer is still sending.

The system answers bytes that come after a close with a reset, which can overtake the answer before it. So, where more
may come, only the sending side is closed at first, and what comes is thrown away for a while.
"""

import asyncio
from collections.abc import Callable
from typing import Any


class Lingering(asyncio.Transport):
    """A transport whose `close` is for whoever was answered to carry out, and which counts what is written."""

    def __init__(self, transport: asyncio.Transport, ended: Callable[[], None]) -> None:
        """Call `ended`, once, instead of closing."""
        super().__init__()
        self.inner = transport
        self._ended = ended
        self._is_ended = False
        self.written_bytes = 0

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send, unless nobody is there any more."""
        if not self.inner.is_closing():
            self.written_bytes += len(data)
            self.inner.write(data)

    def is_closing(self) -> bool:
        """Return whether nothing more will be answered."""
        return self._is_ended or self.inner.is_closing()

    def close(self) -> None:
        """Answer nothing more; harmless when repeated."""
        if not self._is_ended:
            self._is_ended = True
            self._ended()

    def abort(self) -> None:
        """Drop everything."""
        self.inner.abort()

    def pause_reading(self) -> None:
        """Leave what comes to the system."""
        if not self.inner.is_closing():
            self.inner.pause_reading()

    def resume_reading(self) -> None:
        """Read on."""
        if not self.inner.is_closing():
            self.inner.resume_reading()

    def get_write_buffer_size(self) -> int:
        """Return how much the system has not taken yet."""
        return self.inner.get_write_buffer_size()

    def get_extra_info(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - asyncio's signature
        """Return what the transport knows."""
        return self.inner.get_extra_info(name, default)
