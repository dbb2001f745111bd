"""SSH on the port: what it takes may not be installed, and is not loaded before somebody comes."""

import gc
import weakref
from pathlib import Path

import asyncssh
import pytest

import hubbub.server.ssh as spoken
from hubbub.fabrics.local import LocalFabric
from hubbub.gateways.ssh.visit import Visit
from hubbub.server.app import Server
from hubbub.server.config import Settings
from hubbub.server.errors import StartError
from hubbub.server.listen import ListenAddress
from hubbub.server.sockets import open_listeners
from hubbub.server.ssh import KEY_EXCHANGES, Ssh, require_ssh
from hubbub.wire.detect import Protocol
from tests.service.turns import turns
from tests.stores.places import memory_place

LISTENERS = [ListenAddress("127.0.0.1", 4242), ListenAddress("127.0.0.1", 2222, "ssh")]


def test_a_listener_for_ssh_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence says what to install; on the one port, everybody else is served without it."""
    require_ssh(LISTENERS)
    monkeypatch.setattr(spoken, "is_ssh_installed", lambda: False)
    require_ssh(LISTENERS[:1])
    with pytest.raises(StartError, match=r"pip install 'hubbub\[ssh\]'"):
        require_ssh(LISTENERS)


def test_what_is_offered_is_known() -> None:
    """A name with a mistake in it would be an algorithm less, and nobody would notice."""
    known = {name.decode() for name in asyncssh.kex.get_kex_algs()}
    assert set(KEY_EXCHANGES) <= known


async def test_nobody_is_served_before_it_is_loaded(tmp_path: Path) -> None:
    """Nor before it is known by what."""
    ssh = Ssh(tmp_path)
    assert not ssh.is_loaded
    with pytest.raises(RuntimeError):
        await ssh.load()


async def test_who_is_gone_takes_nothing_with_him(tmp_path: Path) -> None:
    """AsyncSSH's part of a connection holds itself in circles, and the collector of a server runs rarely."""
    server = Server(Settings(), memory_place().make_storage(), LocalFabric(), ssh=Ssh(tmp_path))
    await server.node.open()
    ((address, listener),) = open_listeners([ListenAddress("127.0.0.1", 0)])
    server.port.listen(listener, Protocol.AUTO)
    gc.disable()
    try:
        parts = await _visit(server, address.port)
        await server.port.wait_until_empty()
        await turns(10)
        assert [type(part()).__name__ for part in parts] == ["NoneType"] * 3
    finally:
        gc.enable()
        await server.close()


async def _visit(server: Server, port: int) -> list[weakref.ref[object]]:
    """Come in and go, and return what was there for that."""
    async with asyncssh.connect(
        "127.0.0.1", port, username="ann", password="x", known_hosts=None, config=None, agent_path=None
    ) as client:
        process = await client.create_process(term_type="xterm")
        await process.stdout.readuntil("#lobby> ")
        (visit,) = server.port.connections
        assert isinstance(visit, Visit)
        session = visit._session  # noqa: SLF001 - nobody else has to know of it
        assert session is not None
        return [weakref.ref(part) for part in (visit._link, session, session._channel)]  # noqa: SLF001 - as above
