"""The load: many clients in one process, each a raw socket, together one epoll.

It must never be the bottleneck, so a client that only listens costs, for whatever has arrived, one read into a buffer
shared by all and a count of line ends in C. Clients that have to look at what they read are given a *listener*.
"""

import itertools
import select
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Self, TypeAlias

from bench.listeners import Listener, Watch
from bench.tongues import TEXT, Tongue

READ_BYTES: Final = 256 * 1024
"""Most that one read takes; as much as uvloop reads at once, so that the load never has the smaller buffer."""

POLL_SECONDS: Final = 0.1
"""Longest wait for any byte before the stall and time limits are looked at again."""

STALL_SECONDS: Final = 15.0
"""Silence after which a run is given up: far above a commit on a busy disk, far below anybody's patience."""

LIMIT_SECONDS: Final = 180.0
"""Longest wait for one step of a run, however lively it is."""

LINE_END: Final = ord("\n")

NAMES: Final = (f"m{number % 100_000:05}" for number in itertools.count())
"""Names for all clients of this process, all of one length. None comes again soon, for a server may be told late that
its owner has gone."""

Address: TypeAlias = tuple[str, int]


class LoadError(Exception):
    """A run that cannot be finished; the sentence says what was awaited and what came instead."""


class Member:
    """One client of the crowd."""

    __slots__ = ("listener", "name", "receive_into", "socket", "unsent")

    def __init__(self, name: str) -> None:
        self.name = name
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.socket.setblocking(False)  # noqa: FBT003 - the socket's signature
        # Nagle's algorithm would hold a line back until the one before it is acknowledged, up to 40 ms.
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.receive_into = self.socket.recv_into
        self.unsent = b""
        self.listener: Listener | None = None


class Crowd:
    """All clients of one run. Use it in a `with`: leaving it closes every socket."""

    def __init__(self, address: Address, tongue: Tongue = TEXT, mark: int = LINE_END) -> None:
        """Connect to an address; what ends a line may be another byte."""
        self.address = address
        self.tongue = tongue
        self._mark = mark
        self.members: list[Member] = []
        self.bytes_received = 0
        self.lines_received = 0
        self._by_descriptor: dict[int, Member] = {}
        self._epoll = select.epoll()
        self._buffer = bytearray(READ_BYTES)
        self._tokens = (f"reached-{number}".encode() for number in itertools.count(1))

    def __enter__(self) -> Self:
        """Use the crowd for one run."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """Disconnect everybody."""
        for member in self.members:
            member.socket.close()
        self._epoll.close()

    def add(self, name: str, words: bytes) -> Member:
        """Connect a client and have it say `words` as soon as it can. Does not wait."""
        member = Member(name)
        self.members.append(member)
        self._by_descriptor[member.socket.fileno()] = member
        self._epoll.register(member.socket, select.EPOLLIN)
        member.socket.connect_ex(self.address)  # in progress, as a rule; a refusal is seen by the first poll
        self.send(member, words)
        return member

    def send(self, member: Member, words: bytes) -> None:
        """Say `words` (whole lines). What the socket does not take now goes out while pumping."""
        was_sending = bool(member.unsent)
        member.unsent += words
        if not was_sending and self._flush(member):
            self._epoll.modify(member.socket, select.EPOLLIN | select.EPOLLOUT)

    def pump(self, timeout_seconds: float = POLL_SECONDS) -> None:
        """Read once from everybody who has something to read, write to whoever has room for more."""
        buffer, by_descriptor, mark = self._buffer, self._by_descriptor, self._mark
        for descriptor, events in self._epoll.poll(timeout_seconds):
            member = by_descriptor[descriptor]
            if events & select.EPOLLOUT and not self._flush(member):
                self._epoll.modify(descriptor, select.EPOLLIN)
            if not events & ~select.EPOLLOUT:
                continue
            try:
                size = member.receive_into(buffer)
            except OSError as error:
                raise LoadError(f"{member.name} lost its connection: {error}") from error
            if not size:
                raise LoadError(f"{member.name} was disconnected by the server")
            self.bytes_received += size
            self.lines_received += buffer.count(mark, 0, size)
            if member.listener:
                member.listener(bytes(memoryview(buffer)[:size]))

    def pump_until(self, done: Callable[[], bool], awaited: Callable[[], str]) -> None:
        """Pump until `done`.

        Raises `LoadError` with what was `awaited` when nothing arrives for `STALL_SECONDS` or after `LIMIT_SECONDS`.
        """
        started = moved = time.monotonic()
        seen = self.bytes_received
        while not done():
            self.pump()
            now = time.monotonic()
            if self.bytes_received != seen:
                seen, moved = self.bytes_received, now
            elif now - moved > STALL_SECONDS:
                raise LoadError(f"nothing arrived for {STALL_SECONDS:.0f} s while waiting for {awaited()}")
            if now - started > LIMIT_SECONDS:
                raise LoadError(f"not done after {LIMIT_SECONDS:.0f} s of waiting for {awaited()}")

    def barrier(self, members: Sequence[Member]) -> None:
        """Return when each of them has all that was sent to it, and the server all that they said, before now."""
        token = next(self._tokens)
        watch = Watch(token, members)
        for member in members:
            self.send(member, self.tongue.ping % token)
        self.pump_until(watch.is_complete, watch.describe)

    def admit(
        self, count: int, *, at_once: int, before: bytes = b"", words: bytes = b"", names: Iterator[str] = NAMES
    ) -> list[Member]:
        """Connect so many clients and return when all are in.

        Each says `before`, one of the names, then `words`, then asks for a sign: it is in when that is answered, so it
        has been accepted, named, and has read its welcome. At most `at_once` are on their way at the same time.
        """
        tongue, token = self.tongue, next(self._tokens)
        watch = Watch(token, [])
        admitted: list[Member] = []

        def keep_going() -> bool:
            while len(admitted) < count and watch.awaited < at_once:
                name = next(names)
                member = self.add(name, before + tongue.hello % name.encode() + words + tongue.ping % token)
                watch.add(member)
                admitted.append(member)
            return watch.is_complete()

        self.pump_until(keep_going, watch.describe)
        return admitted

    def _flush(self, member: Member) -> bool:
        """Write what is unsent; true when something still is, because the socket is full or not yet connected."""
        try:
            member.unsent = member.unsent[member.socket.send(member.unsent) :]
            # Who speaks and hears in turn acknowledges later, and several pieces at once, depending on how fast they
            # come: a server would be cheaper to hear the faster it is. tcp(7)
            member.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        except BlockingIOError:
            pass
        except OSError as error:
            raise LoadError(f"{member.name} cannot send: {error}") from error
        return bool(member.unsent)
