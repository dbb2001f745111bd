"""`hubbub backup` and `hubbub restore`: what their users are told."""

import os
import pty
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from hubbub.core.features.messages import Said
from hubbub.core.kinds import PersonId
from tests.cli.filling import fill, hubbub


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give data in which something was said."""
    folder = tmp_path / "data"
    folder.mkdir()
    fill(folder, "#tea", Said(PersonId("p1"), "ann", "hi"))
    return folder


def test_into_a_folder(data: Path, tmp_path: Path) -> None:
    """The file gets a name with the time in it, which is told with what is in it and that it is secret."""
    backups = tmp_path / "backups"
    backups.mkdir()
    done = hubbub(data, "backup", backups)
    (backup,) = backups.iterdir()
    assert done.stdout == (
        f"{backup}: 1 room, 1 record, 0 passwords, no files. It holds secrets: keep it as you keep your keys.\n"
    )
    checked = hubbub(data, "restore", "--check", backup)
    assert checked.stdout.startswith(f"{backup} is whole: 1 room, 1 record, 0 passwords, no files, of 20")


def test_a_certificate_elsewhere_is_told(data: Path, tmp_path: Path) -> None:
    """What is not in the data folder has to be kept by its owner, who is reminded of it."""
    settings = [part for name in ("certificate", "key") for part in ("--set", f"tls.{name}=/etc/ssl/{name}.pem")]
    done = hubbub(data, "backup", *settings, tmp_path / "backup.tar")
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        f"Not in the backup: /etc/ssl/{name}.pem. Keep a copy of it yourself." for name in ("certificate", "key")
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("backup", "nowhere/backup.tar"), "nowhere/backup.tar cannot be written: No such file or directory."),
        (("backup", "/dev/full"), "/dev/full cannot be written: No space left on device."),
        (("restore", "--check", "nowhere.tar"), "nowhere.tar cannot be read or written: No such file or directory."),
        (("restore", "--check", "/"), "Is a directory"),
        (("restore", "--check", __file__), "This is no backup of hubbub. hubbub backup makes one. Make another one."),
        (("restore", __file__), "is not empty: there is hubbub.db"),
    ],
)
def test_what_cannot_be_done_is_told(data: Path, arguments: tuple[str, ...], words: str) -> None:
    """In one sentence, with exit code 1."""
    done = hubbub(data, *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    (sentence,) = done.stderr.splitlines()
    assert words in sentence


def test_a_terminal_is_no_place_for_a_backup(data: Path) -> None:
    """Neither as a file to write nor as one to read; nothing is thrown at whoever forgot where it should go."""
    ours, theirs = pty.openpty()
    for name in ("backup", "restore"):
        command = [sys.executable, "-m", "hubbub", name, "--data", str(data), "-"]
        done = subprocess.run(command, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, check=False)
        assert done.returncode == 2
        assert b"name a file" in done.stderr
    os.close(theirs)
    os.close(ours)


def test_progress_is_for_people(data: Path, tmp_path: Path) -> None:
    """A bar on a terminal, and nothing in a pipe."""
    ours, theirs = pty.openpty()
    command: list[str | Path] = [sys.executable, "-m", "hubbub", "backup", "--data", data, tmp_path / "backup.tar"]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=theirs, check=True)
    os.close(theirs)
    assert b"100%" in os.read(ours, 65_536)
    os.close(ours)
    assert hubbub(data, "backup", tmp_path / "backup.tar").stderr == ""


def test_what_was_not_in_order_is_told(data: Path, tmp_path: Path) -> None:
    """By who takes a backup and by who looks at it, whose exit code says so; it can be restored all the same."""
    with closing(sqlite3.connect(data / "hubbub.db")) as raw, raw:
        raw.execute("UPDATE rooms SET seq = 2")
    fault = "The last record of room 1 is 1, and should be 2."
    taken = hubbub(data, "backup", tmp_path / "backup.tar")
    assert (taken.returncode, taken.stderr.count(fault)) == (0, 1)
    checked = hubbub(data, "restore", "--check", tmp_path / "backup.tar")
    assert (checked.returncode, checked.stderr) == (1, f"It was so before: {fault}\n")
    assert hubbub(tmp_path / "restored", "restore", tmp_path / "backup.tar").returncode == 0
