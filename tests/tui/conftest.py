"""Real servers for real clients."""

from collections.abc import Iterator

import pytest

from tests.harness.server import Server


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server where nobody is hurried, for all tests of a module."""
    server = Server(tmp_path_factory.mktemp("place") / "data", settings={"limits.enabled": "false"})
    server.start()
    yield server
    assert server.stop() == 0
    assert not server.complaints(), server.explain("it complained")


@pytest.fixture
def address(place: Server) -> str:
    """Return where it is."""
    host, port = place.address()
    return f"{host}:{port}"
