"""What the tests against a hostile world share: servers whose logs are read, neighbours, and raw connections."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

import pytest

from tests.conftest import FAILED
from tests.outside.confined import ConfinedServer
from tests.outside.neighbours import Neighbours
from tests.outside.raw import Raw
from tests.outside.saying import SECRET
from tests.seeds.client import Address

EVERY_PROTOCOL: Final = ("auto", "text", "irc", "header-frames", "json-frames", "text-frames")

UNHURRIED: Final = {"limits.commands_per_second": "0", "rooms.announce": "false"}
"""What neighbours need who talk as fast as they can, and who shall hear of nobody else."""


class StartServer(Protocol):
    """Start a server on an empty data folder, listening on a free port for each protocol unless told otherwise."""

    def __call__(
        self, *listen: str, settings: Mapping[str, str] | None = None, ulimit: str = "", options: Sequence[str] = ()
    ) -> ConfinedServer:
        """Give the started server, which has less of something if `ulimit` says so, or other options."""


class Connect(Protocol):
    """Connect to an address; closed after the test."""

    def __call__(
        self, address: Address, data: bytes = b"", *, source: str = "127.0.0.1", receive_buffer_bytes: int = 0
    ) -> Raw:
        """Give the connection, on which the data have been sent."""


@contextmanager
def serving(folder: Path, has_failed: Callable[[], bool]) -> Iterator[StartServer]:
    """Start real servers, which must survive, stop in order, and keep what was said out of their logs."""
    servers: list[ConfinedServer] = []

    def start(
        *listen: str, settings: Mapping[str, str] | None = None, ulimit: str = "", options: Sequence[str] = ()
    ) -> ConfinedServer:
        everywhere = [f"127.0.0.1:0={protocol}" for protocol in EVERY_PROTOCOL]
        server = ConfinedServer(
            folder / f"server-{len(servers) + 1}", listen or everywhere, settings, ulimit=ulimit, options=options
        )
        servers.append(server)
        server.start()
        return server

    yield start
    crashed = [server for server in servers if server.crashed]
    codes = [server.stop() for server in servers if server.running]
    if has_failed():
        for server in servers:
            print(server.explain("what the server said"))  # noqa: T201 - pytest shows it with the failure
    assert not crashed, crashed[0].explain("the server ended by itself")
    assert all(code == 0 for code in codes), f"servers stopped with {codes}"
    for server in servers:
        assert not server.complaints(), server.complaints()
        assert SECRET not in server.log_text, "what was said stands in the log"


@pytest.fixture
def start_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StartServer]:
    """Start servers for one test."""
    with serving(tmp_path, lambda: request.node.stash.get(FAILED, False)) as start:
        yield start


@pytest.fixture(scope="module")
def start_shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """Start servers for all tests of a module, which give different names to those who talk there."""
    with serving(tmp_path_factory.mktemp("shared"), lambda: False) as start:
        yield start


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Make raw connections, and close them after the test."""
    opened: list[Raw] = []

    def connect_to(
        address: Address, data: bytes = b"", *, source: str = "127.0.0.1", receive_buffer_bytes: int = 0
    ) -> Raw:
        raw = Raw(address, source=source, receive_buffer_bytes=receive_buffer_bytes)
        opened.append(raw)
        if data:
            raw.send(data)
        return raw

    yield connect_to
    for raw in opened:
        raw.reset()


@pytest.fixture
def server(start_server: StartServer) -> ConfinedServer:
    """Start a server where nobody is hurried or announced."""
    return start_server(settings=UNHURRIED)


@pytest.fixture(scope="module")
def shared_server(start_shared_server: StartServer) -> ConfinedServer:
    """Start a server where nobody is hurried or announced, for all tests of a module."""
    return start_shared_server(settings=UNHURRIED)


@pytest.fixture(scope="module")
def neighbours(shared_server: ConfinedServer) -> Iterator[Neighbours]:
    """Let Ann and Bob be there, for all tests of a module."""
    both = Neighbours(shared_server.address("text"))
    yield both
    both.leave()
