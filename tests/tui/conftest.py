"""Real servers for real clients."""

from collections.abc import Iterator
from pathlib import Path

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


@pytest.fixture
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep and remember everything in a folder of the test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    monkeypatch.delenv("HUBBUB_SERVER", raising=False)
