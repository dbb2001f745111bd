"""What every test may ask for: real servers that are always stopped, and a session that leaves nothing behind."""

from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest
from xdist.remote import Producer

from tests.harness.processes import find_marked
from tests.harness.server import Server
from tests.harness.sharing import Sharing, begin_with_slow, share

FAILED: pytest.StashKey[bool] = pytest.StashKey()
"""Whether the test itself has failed, for the fixtures that clean up after it."""


class StartServer(Protocol):
    """Start a server on an empty data folder: `start_server("127.0.0.1:0=text", settings={"limits.burst": "50"})`."""

    def __call__(self, *listen: str, settings: Mapping[str, str] | None = None) -> Server:
        """Give the started server; it listens on a free port for every protocol unless told otherwise."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note on each test whether it failed."""
    report = yield
    if call.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing | None:
    """Share the tests among several workers."""
    return share(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long."""
    begin_with_slow(items)


@pytest.fixture
def start_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StartServer]:
    """Start real servers; stop them all after the test, and show what they said if it failed."""
    servers: list[Server] = []

    def start(*listen: str, settings: Mapping[str, str] | None = None) -> Server:
        server = Server(tmp_path / f"server-{len(servers) + 1}", listen, settings)
        servers.append(server)
        server.start()
        return server

    yield start
    crashed = [server for server in servers if server.crashed]
    codes = [server.stop() for server in servers if server.running]
    if request.node.stash.get(FAILED, False):
        for server in servers:
            print(server.explain("what the server said"))  # noqa: T201 - pytest shows it with the failure
    assert not crashed, crashed[0].explain("the server ended by itself")
    assert all(code == 0 for code in codes), f"servers stopped with {codes}"


@pytest.fixture
def server(start_server: StartServer) -> Server:
    """Start a real server on a free port, with every setting as it is by default."""
    return start_server()


@pytest.fixture(scope="session", autouse=True)
def no_process_left() -> Iterator[None]:
    """Fail the session if a process that a test started is still there at its end."""
    yield
    left = find_marked()
    assert not left, f"processes left behind: {left}"
