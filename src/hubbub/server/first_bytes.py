"""First bytes: what somebody sends first is looked at, and left for whoever it is for."""

import asyncio
import socket
from abc import ABC, abstractmethod

from hubbub.service.ports import Clock, Timer


class FirstBytes(ABC):
    """A socket whose owner has yet to speak.

    Whoever derives from it says what his first bytes mean, and what it means when there are too few. As soon as that
    is known it calls `stop_watching`: from then on the socket is as it was accepted.
    """

    __slots__ = ("_is_known", "_is_watched", "_loop", "_most_bytes", "_peeked", "_timer", "_waiting_since", "sock")

    def __init__(self, loop: asyncio.AbstractEventLoop, sock: socket.socket, most_bytes: int) -> None:
        self._loop = loop
        self.sock = sock
        self._most_bytes = most_bytes
        self._timer: Timer | None = None
        self._peeked = 0
        self._is_known = False
        self._is_watched = False
        self._waiting_since: float | None = None

    def watch(self, clock: Clock, seconds: float) -> None:
        """Wait for the first bytes, for so many seconds; 0 means as long as it takes."""
        self._look()
        if not self._is_known:
            self._waiting_since = clock.monotonic()
            if seconds:
                self._timer = clock.call_later(seconds, self._waited)
            self._loop.add_reader(self.sock, self._look)
            self._is_watched = True

    def waited_seconds(self, now: float) -> float:
        """Return how long its owner has been waited for."""
        return 0.0 if self._waiting_since is None else now - self._waiting_since

    def stop_watching(self) -> None:
        """Look no longer; harmless when repeated."""
        self._is_known = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._is_watched:
            self._loop.remove_reader(self.sock)
            self._is_watched = False
        if self._peeked:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
            self._peeked = 0

    @abstractmethod
    def drop(self) -> None:
        """Send the owner away without a word."""

    @abstractmethod
    def see(self, data: bytes) -> bool:
        """Take in the first bytes, as many as there are by now; return whether they were enough to know."""

    @abstractmethod
    def see_end(self) -> None:
        """Make do with what was seen: nothing follows, or nothing in time."""

    def _look(self) -> None:
        """Look at what came without taking it."""
        try:
            data = self.sock.recv(self._most_bytes, socket.MSG_PEEK)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            self.drop()
            return
        if not data:
            # Gone without a word, as port scanners go.
            self.drop()
        elif self.see(data):
            return
        elif len(data) > self._peeked:
            # Not to be woken again by the same bytes: only by one more, or by the end of the stream.
            self._peeked = len(data)
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, len(data) + 1)
        else:
            self.see_end()

    def _waited(self) -> None:
        """Wait no longer, unless it was the server that had no time for the first bytes."""
        self._look()
        if not self._is_known:
            self.see_end()
