"""Framing: a conversation's lines as WebSocket frames, made once and good for everybody.

A server's frames are not masked, so all may be sent the same. Compressed ones too: nothing that was sent before helps
to understand one (`server_no_context_takeover`, RFC 7692 section 7.1.1.1), so whoever has agreed to that, and to a
window of 32 KiB, takes the very bytes that the others take. It also keeps what one person says out of what is
compressed together with another's secrets.
"""

from collections.abc import Collection
from typing import Final
from weakref import WeakValueDictionary

from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Close, CloseCode, Frame, Opcode

from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.room import Room
from hubbub.service.audience import Dialect

WINDOW_BITS: Final = 15
"""How far back compressed data may point, as a power of two: the largest window, which nearly everybody agrees to."""

DEFLATE_BYTES: Final = 128
"""Shortest message that is compressed. Measured on chat in English: 105 bytes become 78, 45 become 42; below this it
all fits into one small packet anyway."""

DEFLATE_LEVEL: Final = 1
"""How hard to try. Measured on the longest texts (16 KiB): level 6 makes a seventh fewer bytes and takes eight times as
long, 0.6 ms; on a line of chat both take 6 µs and make the same."""

DEFLATE_MEMORY: Final = 5
"""zlib's `memLevel`. With 8, its default, it takes three times as long to begin: nearly all of a short text's time."""

REASON_BYTES: Final = 123
"""Longest reason of a close frame: a control frame holds 125 bytes, two of them are the code. RFC 6455 section 5.5."""

_DEFLATE: Final = PerMessageDeflate(
    remote_no_context_takeover=True,
    local_no_context_takeover=True,
    remote_max_window_bits=WINDOW_BITS,
    local_max_window_bits=WINDOW_BITS,
    compress_settings={"level": DEFLATE_LEVEL, "memLevel": DEFLATE_MEMORY},
)
"""Only for sending, where it remembers nothing."""


class Framing:
    """How one kind of WebSocket is sent lines: a message each, as text or as bytes, compressed or not."""

    def __init__(self, opcode: Opcode, *, deflates: bool) -> None:
        self._opcode = opcode
        self._extensions = (_DEFLATE,) if deflates else ()
        # Kept no longer than somebody listens: a conversation may have dialects of its own.
        self._dialects: WeakValueDictionary[Dialect, FramedDialect] = WeakValueDictionary()

    def encode(self, data: bytes) -> bytes:
        """Return the frames of whole lines, a message each without its end; nothing for empty ones."""
        if not data:
            return b""
        return b"".join([self._encode_message(line.removesuffix(b"\r")) for line in data.split(b"\n") if line])

    def dialect(self, inner: Dialect) -> "FramedDialect":
        """Return the dialect in frames: for the same one always the same, so that its listeners stay together."""
        framed = self._dialects.get(inner)
        if framed is None:
            framed = self._dialects[inner] = FramedDialect(inner, self)
        return framed

    def _encode_message(self, message: bytes) -> bytes:
        plain = Frame(self._opcode, message).serialize(mask=False)
        if not self._extensions or len(message) < DEFLATE_BYTES:
            return plain
        deflated = Frame(self._opcode, message).serialize(mask=False, extensions=self._extensions)
        return deflated if len(deflated) < len(plain) else plain


class FramedDialect:
    """A dialect whose every line is a message."""

    __slots__ = ("__weakref__", "_framing", "_inner")

    def __init__(self, inner: Dialect, framing: Framing) -> None:
        self._inner = inner
        self._framing = framing

    @property
    def echoes(self) -> Collection[type[AnyEvent]]:
        """The same as without frames."""
        return self._inner.echoes

    @property
    def folds(self) -> bool:
        """The same as without frames."""
        return self._inner.folds

    @property
    def keeps_state(self) -> bool:
        """The same as without frames."""
        return self._inner.keeps_state

    @property
    def hears_itself(self) -> bool:
        """The same as without frames."""
        return self._inner.hears_itself

    def encode(self, room: Room, record: Record) -> bytes:
        """Return whole frames, or nothing."""
        return self._framing.encode(self._inner.encode(room, record))


FRAMINGS: Final = {
    (opcode, deflates): Framing(opcode, deflates=deflates)
    for opcode in (Opcode.TEXT, Opcode.BINARY)
    for deflates in (False, True)
}
"""Each there is, once: who is sent the same has the same."""


def encode_ping() -> bytes:
    """Return a question whether anybody is still there."""
    return Frame(Opcode.PING, b"").serialize(mask=False)


def encode_close(code: CloseCode, reason: str) -> bytes:
    """Return the frame that ends everything, with as much of the reason as fits into one."""
    fitting = reason.encode()[:REASON_BYTES].decode(errors="ignore")
    return Frame(Opcode.CLOSE, Close(code, fitting).serialize()).serialize(mask=False)
