"""What the doctor says of SSH."""

from pathlib import Path

import pytest

import hubbub.server.doctor.host_keys as looking
from hubbub.server.doctor.host_keys import look_at_ssh
from hubbub.server.host_key import HOST_KEY_FILE, load_host_key


def levels(folder: Path) -> list[str]:
    """Return how bad what was found is."""
    return [finding.level for finding in look_at_ssh(folder)]


def test_a_host_key_is_looked_at(tmp_path: Path) -> None:
    """One that is yet to be made is fine, and so is one that nobody else can read; a damaged one is a problem."""
    assert levels(tmp_path) == ["ok"]
    assert not (tmp_path / HOST_KEY_FILE).exists()
    load_host_key(tmp_path)
    assert levels(tmp_path) == ["ok"]
    (tmp_path / HOST_KEY_FILE).chmod(0o644)
    assert levels(tmp_path) == ["ok", "warning"]
    (tmp_path / HOST_KEY_FILE).write_bytes(b"x")
    assert levels(tmp_path) == ["problem"]


def test_without_the_extra_there_is_nothing_to_look_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what would change that."""
    monkeypatch.setattr(looking, "is_ssh_installed", lambda: False)
    (finding,) = look_at_ssh(tmp_path)
    assert "hubbub[ssh]" in finding.what
