"""What the test clients have in common: one socket, one thread that reads it, one screen."""

import os
import select
import socket
import struct
import threading
from abc import ABC, abstractmethod
from contextlib import suppress
from typing import ClassVar, Final, NamedTuple

from tests.seeds.screen import End, Screen

CONNECT_SECONDS: Final = 10.0
"""How long a connection may take to be established. S4's client has this time-out; the others get it too."""

REST_SECONDS: Final = 10.0
"""How long a client waits for the rest of something that has begun, before it counts as broken. Only a bound."""


class Address(NamedTuple):
    """Where a server listens."""

    host: str
    port: int


class BrokenBytesError(Exception):
    """The bytes that arrived are such that the original program would have stopped working; the text says why."""


class GoneError(Exception):
    """The client's connection has ended: nothing can be sent any more."""


class Client(ABC):
    """A person's program: connects, sends what its user says, shows what it receives.

    A subclass says how text becomes bytes (`encode`) and how one portion is read (`read`). `read` runs in the reader
    thread when something can be read; it raises `BrokenBytesError` where the original program would have died.
    """

    kind: ClassVar[str]
    """The name of the kind, as dialogues write it."""

    greeting_seconds: float | None = None
    """How long the program waits for the first bytes before it gives up; None: it never does."""

    niceness: ClassVar[int] = 0
    """Of the thread that reads, where it has to be prompt. setpriority(2)."""

    def __init__(self, address: Address, name: str) -> None:
        self.address = address
        self.name = name
        self.screen = Screen()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._wake_reader, self._wakeup = socket.socketpair()
        self._reader = threading.Thread(target=self._run, name=f"{self.kind} {name}", daemon=True)

    @abstractmethod
    def encode(self, text: str) -> bytes:
        """Turn what the user typed into the bytes that the program sends for it."""

    @abstractmethod
    def read(self, connection: socket.socket) -> bool:
        """Read and show one portion; return False at the end of the stream."""

    def opening(self) -> bytes:
        """Make the bytes that the program sends by itself on connecting: none, for most."""
        return b""

    def connect(self) -> None:
        """Connect, begin to read, and send the opening."""
        self._socket.settimeout(CONNECT_SECONDS)
        self._socket.connect(self.address)
        self._socket.settimeout(REST_SECONDS)
        self._reader.start()
        if opening := self.opening():
            self.send_bytes(opening)

    def say(self, text: str) -> None:
        """Do what the program does when its user types this and presses Enter; raise `GoneError` if it has ended."""
        self.screen.note(f"> {text}")
        self.send_bytes(self.encode(text))

    def say_half(self, text: str) -> None:
        """Send only the first half of the bytes that this text would make."""
        encoded = self.encode(text)
        self.screen.note(f"> {text} (only half of it)")
        self.send_bytes(encoded[: len(encoded) // 2])

    def send_bytes(self, data: bytes) -> None:
        """Send bytes as they are; raise `GoneError` if the connection has ended."""
        if self.screen.ending is not None:
            raise GoneError(f"{self.name} {self.screen.ending.how.value}: {self.screen.ending.why}")
        try:
            self._socket.sendall(data)
        except OSError as error:
            raise GoneError(f"{self.name} cannot send: {error}") from error

    def leave(self) -> None:
        """Close the connection as the program does when its user leaves."""
        self._close(reset=False)

    def vanish(self) -> None:
        """Let the connection be reset, as when the program crashes or the cable is cut."""
        self._close(reset=True)

    def _close(self, *, reset: bool) -> None:
        self.screen.end(End.LEFT, "vanished" if reset else "closed by its user")
        self._wakeup.close()
        # Only the reader thread may be inside a call on the socket; wait for it, or close() would not reach the peer.
        if self._reader.ident is not None and self._reader is not threading.current_thread():
            self._reader.join()
        if reset and self._socket.fileno() >= 0:
            # Lingering for zero seconds makes close() send RST instead of FIN.
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()
        self._wake_reader.close()

    def _run(self) -> None:
        if self.niceness:
            # Not everybody may; then it depends on what else the machine has to do.
            with suppress(PermissionError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), self.niceness)
        try:
            self._wait_for_greeting()
            while self._something_to_read():
                if not self.read(self._socket):
                    self.screen.end(End.DISCONNECTED, "end of the stream")
                    break
        except (BrokenBytesError, UnicodeDecodeError) as error:
            self.screen.end(End.DIED, str(error))
        except TimeoutError:
            self.screen.end(End.DIED, f"the rest of something did not come within {REST_SECONDS:g} s")
        except OSError as error:
            self.screen.end(End.DISCONNECTED, str(error))
        if self.screen.ending is not None and self.screen.ending.how is not End.LEFT:
            # The program is over: its operating system closes the socket.
            self._socket.close()

    def _wait_for_greeting(self) -> None:
        readable, _, _ = select.select([self._socket, self._wake_reader], [], [], self.greeting_seconds)
        if not readable:
            raise BrokenBytesError(f"no greeting within {self.greeting_seconds:g} s")

    def _something_to_read(self) -> bool:
        readable, _, _ = select.select([self._socket, self._wake_reader], [], [])
        return self._wake_reader not in readable
