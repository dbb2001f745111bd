"""The data folder: one server at a time."""

from pathlib import Path

import pytest

from hubbub.server.errors import StartError
from hubbub.server.folder import LOCK_FILE, lock_folder
from tests.harness.server import Server


def test_a_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    """What people say is nobody else's business on the machine."""
    folder = tmp_path / "deep" / "data"
    lock_folder(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / LOCK_FILE).stat().st_mode & 0o777 == 0o600


def test_a_second_server_is_told_who_is_there(server: Server) -> None:
    """Two servers on one folder would take each other's guests for ghosts."""
    with pytest.raises(StartError, match=r"in use by another hubbub \(process [0-9]+\)"):
        lock_folder(server.data)


def test_the_lock_ends_with_the_process(server: Server) -> None:
    """After `kill -9` the folder is free at once."""
    server.kill()
    lock_folder(server.data)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """The sentence says what is wrong, not which system call failed."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StartError, match=r"is a file, not a folder\. .*--data FOLDER$"):
        lock_folder(tmp_path / "file")
