"""Backups of servers that people are talking on: all as it was at one moment, whatever happens meanwhile."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Final

from hubbub.core.features.messages import Said
from hubbub.core.kinds import PersonId
from tests.cli.filling import fill, hubbub
from tests.harness.processes import marked_environment
from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.crowd import Crowd
from tests.outside.history import said_in_lobby
from tests.outside.raw import Raw
from tests.outside.test_admin import PASSWORD, admin
from tests.outside.waiting import eventually

PEOPLE: Final = 10
MESSAGES: Final = 400
"""Each."""

PER_BREATH: Final = 10


def command(*arguments: str | Path) -> list[str | Path]:
    """Return a command line."""
    return [sys.executable, "-m", "hubbub", *arguments]


def restored_server(backup: Path, folder: Path) -> ConfinedServer:
    """Restore a backup, and start a server on it."""
    done = hubbub(folder, "restore", backup)
    assert (done.returncode, done.stderr) == (0, "")
    server = ConfinedServer(folder, ["127.0.0.1:0=text"], UNHURRIED)
    server.start()
    return server


def test_a_backup_while_everybody_talks(start_server: StartServer, tmp_path: Path) -> None:
    """It holds what was acknowledged before it began, and of what came after the beginning and nothing else."""
    server = start_server("127.0.0.1:0=text", settings=UNHURRIED)
    backup = tmp_path / "backup.tar"
    with Crowd(server.address("text"), PEOPLE, "talk", MESSAGES, PER_BREATH) as crowd:
        crowd.talk_until_answered(PEOPLE * PER_BREATH)
        before = said_in_lobby(server.data)
        with subprocess.Popen(
            command("backup", "--data", server.data, backup), stdout=subprocess.PIPE, env=marked_environment()
        ) as taking:
            crowd.talk_until(lambda: taking.poll() is not None or crowd.is_done)
            assert taking.wait() == 0
        crowd.talk_until(lambda: crowd.is_done)
    after = said_in_lobby(server.data)
    assert len(after) == PEOPLE * MESSAGES
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    checked = hubbub(tmp_path / "nowhere", "restore", "--check", backup)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert not (tmp_path / "nowhere").exists()
    restored = restored_server(backup, tmp_path / "restored")
    assert restored.stop() == 0
    assert not restored.complaints()
    held = said_in_lobby(restored.data)
    assert held == after[: len(held)]
    assert len(held) >= len(before)


def test_the_same_server_again(start_server: StartServer, connect: Connect, tmp_path: Path) -> None:
    """After a restore its people log in with their passwords, read what was said, and meet the same certificate."""
    server = start_server("127.0.0.1:0", settings=UNHURRIED)
    admin(server.data, "create", "ann", typed=PASSWORD)
    bob = connect(server.address("auto"), b"bob\n")
    bob.send(b"wombat is back\n")
    bob.ping("said")
    taken = hubbub(server.data, "backup", tmp_path / "backup.tar")
    assert (taken.returncode, taken.stderr) == (0, "")
    assert "It holds secrets" in taken.stdout
    again = restored_server(tmp_path / "backup.tar", tmp_path / "again")
    ann = Raw(again.address("text"))
    ann.send(f"/login ann {PASSWORD}\n".encode())
    ann.hear(b"assigned the username 'ann'")
    ann.send(b"/history\n")
    ann.hear(b"wombat is back")
    ann.close()
    assert again.stop() == 0
    name = "self-signed.pem"
    assert (again.data / name).read_bytes() == (server.data / name).read_bytes()


def test_every_file_of_a_server_is_known(start_server: StartServer) -> None:
    """Whoever lets a server keep another file in its folder has to say whether backups need it."""
    server = start_server("127.0.0.1:0", settings=UNHURRIED)
    names = {path.name for path in server.data.iterdir()}
    kept = {"self-signed.pem", "ssh-host-ed25519.key"}
    assert names <= {"hubbub.db", "hubbub.db-wal", "hubbub.db-shm", "hubbub.lock", "files", *kept}


def test_through_a_pipe(start_server: StartServer, tmp_path: Path) -> None:
    """From one machine to another, and nothing of it is ever a file."""
    server = start_server("127.0.0.1:0=text", settings=UNHURRIED)
    admin(server.data, "create", "ann", typed=PASSWORD)
    with subprocess.Popen(
        command("backup", "--data", server.data, "-"), stdout=subprocess.PIPE, env=marked_environment()
    ) as taking:
        done = subprocess.run(
            command("restore", "--data", tmp_path / "there", "-"),
            stdin=taking.stdout,
            capture_output=True,
            text=True,
            check=False,
            env=marked_environment(),
        )
    assert (taking.returncode, done.returncode, done.stderr) == (0, 0, "")
    assert "ann" in admin(tmp_path / "there", "list")


def test_killed_in_the_middle(tmp_path: Path) -> None:
    """Whenever a backup is killed, what stands under its name is the one before, or all of the new one."""
    data, backup = tmp_path / "data", tmp_path / "backup.tar"
    data.mkdir()
    fill(data, "#tea", *(Said(PersonId("p1"), "ann", f"{number} {os.urandom(200).hex()}") for number in range(20_000)))
    for old in (None, b"the one before"):
        if old:
            backup.write_bytes(old)
        with subprocess.Popen(
            command("backup", "--data", data, backup), stdout=subprocess.DEVNULL, env=marked_environment()
        ) as taking:
            eventually(lambda: taking.poll() is not None or any(path.stat().st_size for path in _parts(tmp_path)))
            taking.send_signal(signal.SIGKILL)
        if taking.returncode == 0:
            assert hubbub(data, "restore", "--check", backup).returncode == 0
        else:
            assert (backup.read_bytes() if backup.exists() else None) == old
        for part in _parts(tmp_path):
            part.unlink()


def _parts(folder: Path) -> list[Path]:
    return list(folder.glob(".backup.tar.*.part"))


def test_a_restore_killed_in_the_middle(tmp_path: Path) -> None:
    """What is left keeps servers out; the same command again brings everything back."""
    data, backup, folder = tmp_path / "data", tmp_path / "backup.tar", tmp_path / "restored"
    data.mkdir()
    fill(data, "#tea", *(Said(PersonId("p1"), "ann", f"{number} {os.urandom(200).hex()}") for number in range(20_000)))
    assert hubbub(data, "backup", backup).returncode == 0
    content = backup.read_bytes()
    with subprocess.Popen(
        command("restore", "--data", folder, "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env=marked_environment(),
    ) as restoring:
        assert restoring.stdin is not None
        # Much more than a pipe holds: some of it has been read, and the rest never comes.
        restoring.stdin.write(content[: len(content) // 2])
        restoring.stdin.flush()
        restoring.send_signal(signal.SIGKILL)
    started = hubbub(folder, "serve", "--listen", "127.0.0.1:0")
    assert started.returncode == 1
    assert "was not finished" in started.stderr
    done = hubbub(folder, "restore", backup)
    assert (done.returncode, done.stderr) == (0, "")
    restored_server(backup, tmp_path / "another").stop()


def test_whoever_reads_it_goes_away(start_server: StartServer) -> None:
    """A pipe that is closed at the other end is told in one sentence."""
    server = start_server("127.0.0.1:0=text", settings=UNHURRIED)
    with subprocess.Popen(
        command("backup", "--data", server.data, "-"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=marked_environment(),
    ) as taking:
        assert taking.stdout is not None
        taking.stdout.close()
        _, told = taking.communicate()
    assert (taking.returncode, told) == (1, "Standard output cannot be written: Broken pipe.\n")
