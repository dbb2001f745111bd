"""Overhead: what a client sends that is not for the chat is little, and AsyncSSH takes any amount of it.

Variables of an environment are kept for ever, keys can be exchanged again and again, and packets that mean nothing
cost as much as others. Nobody needs much of that.
"""

from typing import Final

OVERHEAD_BYTES: Final = 262_144
"""What may come at once that is not for the chat: a hundred times what it takes to come in, with thirty keys."""

OVERHEAD_BYTES_A_SECOND: Final = 64
"""And what may come all the time: questions whether the server is still there (ssh_config(5), ServerAliveInterval), and
room for what is said, which a reader of a busy room gives again and again; some 60 bytes each."""

PACKET_BYTES: Final = 128
"""What is around one piece of input, at most: head, number of the channel, padding and code. RFC 4253 section 6."""


class Overhead:
    """Counts it for one connection."""

    __slots__ = ("_bytes", "_since")

    def __init__(self, now: float) -> None:
        self._bytes = 0.0
        self._since = now

    def came(self, size_bytes: int, now: float) -> bool:
        """Count what came, whatever it is, and return whether that may be; now is in seconds."""
        self._bytes = max(self._bytes - (now - self._since) * OVERHEAD_BYTES_A_SECOND, 0) + size_bytes
        self._since = now
        return self._bytes <= OVERHEAD_BYTES

    def was_heard(self, size_bytes: int) -> None:
        """Take off what of it was for the chat."""
        self._bytes = max(self._bytes - size_bytes - PACKET_BYTES, 0)
