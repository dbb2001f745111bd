"""`hubbub serve`, as far as the command line answers for it: what is said when a server cannot start."""

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

FREE = "127.0.0.1:0"


def refuse(*arguments: str) -> str:
    """Start a server that cannot start; return its one sentence, for there has to be no more."""
    command = [sys.executable, "-m", "hubbub", "serve", *arguments]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.startswith("hubbub cannot start: ")
    assert len(answer.stderr.splitlines()) == 1
    return answer.stderr


@pytest.fixture
def taken() -> Iterator[int]:
    """Listen on a port, so that nobody else can."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_taken_port_is_named(taken: int, tmp_path: Path) -> None:
    """The most frequent reason of all is told with the address, in one sentence and without a traceback."""
    assert f"127.0.0.1:{taken}" in refuse("--listen", f"127.0.0.1:{taken}", "--data", str(tmp_path / "data"))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """Data that cannot be kept is a reason not to start, and the folder is told."""
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "data"
    assert str(folder) in refuse("--listen", FREE, "--data", str(folder))


def test_make_run_chooses_nothing() -> None:
    """An option in the Makefile would outrank the environment and a configuration file."""
    command = ["make", "--always-make", "--dry-run", "run"]
    answer = subprocess.run(
        command,
        cwd=Path(__file__).parents[2],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.splitlines()[-1].split() == [".venv/bin/hubbub", "serve"]


def test_a_database_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    """An older hubbub does not touch what it does not understand."""
    with subprocess.Popen(
        [sys.executable, "-m", "hubbub", "serve", "--listen", FREE, "--data", str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert any(line.startswith("ready on ") for line in server.stdout)
        server.terminate()
    (database,) = tmp_path.glob("*.db")
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from_the_future'")
    connection.close()
    before = database.read_bytes()
    assert "newer" in refuse("--listen", FREE, "--data", str(tmp_path))
    assert database.read_bytes() == before


def test_public_means_nothing_alone(tmp_path: Path) -> None:
    """Whoever says it without `--lan` expects something else than he would get."""
    command = [sys.executable, "-m", "hubbub", "serve", "--listen", FREE, "--public", "--data", str(tmp_path / "data")]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "--lan" in answer.stderr
