"""SSH on the port: what it takes may not be installed, and is not loaded before somebody comes."""

from pathlib import Path

import asyncssh
import pytest

import hubbub.server.ssh as spoken
from hubbub.server.errors import StartError
from hubbub.server.listen import ListenAddress
from hubbub.server.ssh import KEY_EXCHANGES, Ssh, require_ssh

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
