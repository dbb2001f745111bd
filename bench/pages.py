"""Clients over WebSocket: raw sockets in the crowd's one epoll, that speak hubbub's native protocol.

A client's frames have to be masked; theirs are masked with zeros, which costs the load nothing and the server the same.
"""

import itertools
from collections.abc import Callable, Sequence
from typing import Final

from bench.crowd import NAMES, Crowd, Member
from bench.listeners import TEXT_BYTES, Watch

MARK: Final = b"^"
"""Stands once in every text that is said, and nowhere else, so that counting it counts messages."""

TEXT: Final = (MARK + b"the quick brown fox jumps over the lazy dog, again and again")[:TEXT_BYTES]

HANDSHAKE: Final = (
    b"GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Protocol: hubbub.v1\r\n\r\n"
)

OPENED: Final = b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
"""Proves that this handshake was understood. RFC 6455 section 1.3."""

HEAD_END: Final = b"\r\n\r\n"

_SHORT: Final = 126
_tokens: Final = (f"reached-{number}".encode() for number in itertools.count(1))


def frame(message: bytes) -> bytes:
    """Return a text frame of less than 64 KiB as a client sends it."""
    size = len(message)
    length = bytes((0x80 | size,)) if size < _SHORT else b"\xfe" + size.to_bytes(2, "big")
    return b"\x81" + length + bytes(4) + message


def say(number: int) -> bytes:
    """Return the frame that says the text."""
    return frame(b'{"type":"say","id":%d,"room":"#lobby","text":"%s"}' % (number, TEXT))


def ping(token: bytes) -> bytes:
    """Return the frame that asks for a sign."""
    return frame(b'{"type":"ping","id":"%s"}' % token)


class _Opening:
    """Waits until a member's WebSocket is open, and lets it go on."""

    def __init__(self, opened: Callable[[], None]) -> None:
        self._opened = opened
        self._heard = b""

    def __call__(self, chunk: bytes) -> None:
        self._heard += chunk
        if OPENED in self._heard and HEAD_END in self._heard:
            self._opened()


def admit_pages(crowd: Crowd, count: int, *, at_once: int) -> list[Member]:
    """Open so many WebSockets and return when all are in; at most `at_once` are on their way at the same time."""
    token = next(_tokens)
    watch = Watch(token, [])
    admitted: list[Member] = []
    opening = 0

    def open_one() -> None:
        nonlocal opening
        name = next(NAMES)
        member = crowd.add(name, HANDSHAKE)
        opening += 1

        def opened() -> None:
            nonlocal opening
            opening -= 1
            watch.add(member)
            crowd.send(member, frame(b'{"type":"hello","name":"%s"}' % name.encode()) + ping(token))

        member.listener = _Opening(opened)
        admitted.append(member)

    def keep_going() -> bool:
        while len(admitted) < count and opening + watch.awaited < at_once:
            open_one()
        return not opening and watch.is_complete()

    crowd.pump_until(keep_going, watch.describe)
    return admitted


def barrier(crowd: Crowd, members: Sequence[Member]) -> None:
    """Return when each of them has all that was sent to it before now."""
    token = next(_tokens)
    watch = Watch(token, members)
    for member in members:
        crowd.send(member, ping(token))
    crowd.pump_until(watch.is_complete, watch.describe)
