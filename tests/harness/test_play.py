"""The player does what a script says, and fails where the script is not kept. Its server here is a toy of a page."""

import signal
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.errors import DialogueError
from tests.harness.parse import parse
from tests.harness.play import Player
from tests.seeds.client import Address

STAMP = b"[12:00:00] "
HEADER = "rule: Anything goes.\nann: netcat\nbob: netcat\ncarol: s4\ntess: telnet\n---\neveryone but tess arrives\n"


class ToyRoom(socketserver.ThreadingTCPServer):
    """A room for people on netcat, with a few words that make it misbehave."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), ToyGuest)
        self.lock = threading.Lock()
        self.guests: dict[str, ToyGuest] = {}

    def address(self, _protocol: str = "text", /) -> Address:
        """Give the one address."""
        return Address("127.0.0.1", self.server_address[1])

    def start(self) -> None:
        """Do nothing: it runs."""

    def stop(self, _number: signal.Signals = signal.SIGTERM, /) -> int:
        """Fail to stop."""
        return 7

    def kill(self) -> None:
        """Do nothing: it survives."""


class ToyGuest(socketserver.BaseRequestHandler):
    """One guest of the room."""

    server: ToyRoom

    def tell(self, text: str) -> None:
        """Send a line."""
        self.request.sendall(STAMP + text.encode() + b"\n")

    def handle(self) -> None:
        """Ask for the name, then pass on what is said; a chunk counts as a line."""
        self.tell("Please enter your username:")
        name = ""
        while not name:
            # A telnet client's negotiation ends with SE, F0; it gets no answer here.
            name = self.request.recv(1024).rpartition(b"\xf0")[2].decode().strip()
        self.tell(f"You have been assigned the username '{name}'.")
        with self.server.lock:
            self.server.guests[name] = self
        while data := self._receive():
            for line in data.decode().splitlines():
                with self.server.lock:
                    self._obey(name, line)

    def _receive(self) -> bytes:
        try:
            return bytes(self.request.recv(1024))
        except OSError:
            return b""

    def _obey(self, name: str, line: str) -> None:
        match line.split():
            case ["/ping", token]:
                self.tell(f"[SERVER] {token}")
            case ["/repeat"]:
                self.tell("again")
                self.tell("again")
            case ["/spoil"]:
                self.request.sendall(b"\xff\n")
            case ["/unstamped"]:
                self.request.sendall(b"no time\n")
            case ["/quit"]:
                self.request.shutdown(2)
            case _:
                for other, guest in self.server.guests.items():
                    if other != name:
                        guest.tell(f"[{name}] {line}")


@pytest.fixture
def room() -> Iterator[ToyRoom]:
    """Run the toy."""
    with ToyRoom() as toy:
        thread = threading.Thread(target=toy.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield toy
        toy.shutdown()
        thread.join()


def play(room: ToyRoom, steps: str) -> None:
    """Play steps after everyone but tess has arrived."""
    Player(parse(HEADER + steps, Path("some.dialogue")), room).play()


def test_a_dialogue_that_is_kept_passes(room: ToyRoom) -> None:
    """People talk, hear each other in order, and leave; nothing is left over."""
    play(
        room,
        """
        ann says "hello"
        everyone but ann hears ann say "hello"
        carol says "hi"
        ann and bob hear carol say "hi"
        everyone hears nothing
        bob says "/repeat"
        bob hears
            "again"
            "again"
        ann says "one"
        ann says "two"
        bob hears at last ann say "two"
        carol skips the rest
        carol ignores /noise/
        ann says "some noise"
        bob hears ann say "some noise"
        carol hears nothing
        ann says "/quit"
        ann is disconnected
        bob vanishes
        """.replace("\n        ", "\n"),
    )


def test_what_is_said_many_times_is_counted(room: ToyRoom) -> None:
    """A line may say which of the times it is; said once, it says what it says."""
    play(
        room,
        """
        ann says "{time} of 2" 2 times
        bob and carol hear ann say "1 of 2"
        bob and carol hear ann say "2 of 2"
        ann says "{time}"
        bob and carol hear ann say "{time}"
        """.replace("\n        ", "\n"),
    )


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ('ann says "hello"\nbob hears ann say "hi"', r"some.dialogue:9: .*\n.*\n.*but was shown '\[ann\] hello'"),
        (
            'ann says "hello"\nbob hears ann say "hello"',
            r"some.dialogue:9: \(at the end\)\n.*carol was to be shown nothing",
        ),
        ('ann says "hello"\nbob hears nothing', r"some.dialogue:9: bob hears nothing"),
        ('ann says "/quit"', "some.dialogue:8: .*\n.*disconnected|cannot send"),
        ('carol says "/spoil"\ncarol hears "x"', "died: 'utf-8' codec"),
        ('carol says "a"\ncarol says "b"', "carol types without line ends"),
        ('carol says "a"\ncarol hears nothing', "carol types without line ends"),
        ('ann says "/unstamped"\nann hears "no time"', r"but was shown '\(no time\) no time'"),
        ("tess connects\nann hears nothing\ntess hears nothing", "tess has no name yet"),
        ("tess connects\ntess is answered", "tess has no name yet"),
        ("tess arrives\ntess is answered", "tess got no answer to"),
        ("ann arrives", "ann is connected already"),
        ('ann leaves\nann says "hi"', "ann left: closed by its user"),
        ('tess says "hi"', "tess has not connected yet"),
        ("the server stops", "the server stopped with 7"),
        ('ann says "/quit"\nann hears "bye"', "the client was disconnected"),
        ("carol types no more", "ends with its input"),
        ('ann uploads "a.txt" saying "a"', "ann knows no place for files"),
    ],
)
def test_a_dialogue_that_is_not_kept_fails(room: ToyRoom, steps: str, message: str) -> None:
    """The failure names file, line, step and reason, and shows what everybody had seen."""
    with pytest.raises(DialogueError, match=message) as failure:
        play(room, steps)
    assert "--- ann\n" in str(failure.value)
    assert "You have been assigned the username 'bob'." in str(failure.value)
