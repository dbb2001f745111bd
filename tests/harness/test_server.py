"""The harness starts, stops and explains a server process; here the process is a stand-in of a few lines."""

import signal
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.harness.processes import find_marked
from tests.harness.server import Server, ServerError

STAND_IN = """
    import json, signal, sys, threading
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    print("listening on 127.0.0.1:1001 (text)")
    print("listening on [::1]:1002 (text)")
    print("listening on 127.0.0.1:1003 (auto)")
    print("ready on 127.0.0.1:1001", flush=True)
    print(json.dumps({"event": "server.started", "level": "info"}), file=sys.stderr)
    print("Traceback (most recent call last):", file=sys.stderr, flush=True)
    stop.wait()
    print("bye")
"""


class StandIn(Server):
    """A server whose process runs a few lines of Python."""

    source = STAND_IN

    @property
    def command(self) -> list[str]:
        """Run the source."""
        return [sys.executable, "-c", textwrap.dedent(self.source)]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[str], Server]]:
    """Make a stand-in with a source; kill it after the test."""
    made: list[StandIn] = []

    def make_stand_in(source: str) -> Server:
        stand_in = StandIn(tmp_path / "data")
        stand_in.source = source
        made.append(stand_in)
        return stand_in

    yield make_stand_in
    for stand_in in made:
        if stand_in.running:
            stand_in.kill()


def test_a_server_is_ready_when_it_says_so(make: Callable[[str], Server]) -> None:
    """The printed lines give the ports by protocol; the process is marked as ours."""
    server = make(STAND_IN)
    server.start()
    assert server.ports == {"text": [1001, 1002], "auto": [1003]}
    assert server.address("text") == ("127.0.0.1", 1001)
    assert server.pid in [pid for pid, _ in find_marked()]
    with pytest.raises(ServerError, match="no listener for irc"):
        server.address("irc")


def test_a_stopped_server_gives_its_exit_code(make: Callable[[str], Server]) -> None:
    """SIGTERM ends it in order, SIGKILL does not; what it printed is complete and nothing is left."""
    before = find_marked()
    server = make(STAND_IN)
    server.start()
    assert server.stop() == 0
    assert server.printed[-1] == "bye"
    server.start()
    assert server.stop(signal.SIGKILL) == -signal.SIGKILL
    assert find_marked() == before


def test_only_what_no_healthy_server_writes_is_a_complaint(make: Callable[[str], Server]) -> None:
    """A traceback on stderr is found among ordinary entries."""
    server = make(STAND_IN)
    server.start()
    server.stop()
    assert [entry.get("event") for entry in server.logs] == ["server.started", None]
    assert server.complaints() == [{"text": "Traceback (most recent call last):"}]


def test_a_server_that_does_not_start_says_why(make: Callable[[str], Server]) -> None:
    """Its exit code and everything it wrote are in the error."""
    server = make("import sys; print('hello'); sys.exit('the disk is full')")
    with pytest.raises(ServerError, match=r"(?s)ended with 1 before it was ready.*hello.*the disk is full"):
        server.start()
