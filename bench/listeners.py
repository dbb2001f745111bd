"""What a client of the crowd can do with what it reads, beyond counting it."""

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from bench.crowd import Member

Listener: TypeAlias = Callable[[bytes], None]
"""Called with every chunk a client reads, cut wherever the network cut it."""

TEXT_BYTES: Final = 60
"""Length of a message's text. The length all figures of docs/architecture.md, section 8, were measured with."""

TIME_DIGITS: Final = 20
"""Digits that begin a timed text: nanoseconds of the monotonic clock, enough for 3 000 years of uptime."""

PADDING: Final = b" the quick brown fox jumps over the lazy dog"[: TEXT_BYTES - TIME_DIGITS]


def timed_text() -> bytes:
    """Make something to say that tells when it was made."""
    return b"%0*d%s" % (TIME_DIGITS, time.monotonic_ns(), PADDING)


class Latencies:
    """How long lines with timed texts took to arrive, in nanoseconds, one number a line."""

    __slots__ = ("_line_end", "nanoseconds")

    def __init__(self, line_end: bytes = b"\n") -> None:
        self._line_end = line_end
        self.nanoseconds: list[int] = []

    def listen(self) -> Listener:
        """Make a listener for one client; each client needs its own, for the line that is cut between two chunks."""
        rest, line_end = b"", self._line_end

        def read(chunk: bytes) -> None:
            nonlocal rest
            now = time.monotonic_ns()
            *lines, rest = (rest + chunk).split(line_end)
            self.nanoseconds.extend(now - int(line[-TEXT_BYTES : TIME_DIGITS - TEXT_BYTES]) for line in lines)

        return read


class Watch:
    """Who still waits for the answer to a ping with that token."""

    def __init__(self, token: bytes, members: "Iterable[Member]") -> None:
        self.token = token
        self.awaited = 0
        self.seen = 0
        for member in members:
            self.add(member)

    def add(self, member: "Member") -> None:
        """Listen at one more member, until the token has come there."""
        self.awaited += 1
        tail = b""

        def look(chunk: bytes) -> None:
            nonlocal tail
            window = tail + chunk
            if self.token in window:
                self.awaited -= 1
                self.seen += 1
                member.listener = None
            tail = window[-len(self.token) :]

        member.listener = look

    def is_complete(self) -> bool:
        """Tell whether the token has come everywhere."""
        return not self.awaited

    def describe(self) -> str:
        """Say what is awaited, for an error."""
        return f"the answer to a ping at {self.awaited} clients; {self.seen} have it"
