"""The doctor beside real servers: what he sees is how it is, and nothing is changed by his looking."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.harness.ports import lasting_port
from tests.harness.processes import marked_environment
from tests.outside.conftest import Connect, StartServer
from tests.outside.raw import PATIENCE_SECONDS


def ask(data: Path, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """Ask the doctor; return his exit code and his findings."""
    done = subprocess.run(
        [sys.executable, "-m", "hubbub", "doctor", "--json", "--data", data, *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
        env=marked_environment(),
    )
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)


def of(findings: list[dict[str, Any]], area: str) -> list[tuple[str, str]]:
    """Return level and sentence of what was found in an area."""
    return [(finding["level"], finding["what"]) for finding in findings if finding["area"] == area]


def listen(port: int) -> tuple[str, str]:
    """Return the option for a port of this machine."""
    return "--listen", f"127.0.0.1:{port}"


def test_a_running_server(start_server: StartServer, connect: Connect) -> None:
    """It answers, uses the data, and all is well; who talks meanwhile notices nothing."""
    server = start_server("127.0.0.1:0")
    server.data.chmod(0o700)
    address = server.address("auto")
    ann = connect(address, b"ann\n")
    ann.ping("in")
    code, findings = ask(server.data, *listen(address.port), "--thorough")
    assert (code, {finding["level"] for finding in findings} <= {"ok", "warning"}) == (0, True)
    assert of(findings, "port")[0] == (
        "ok",
        f"127.0.0.1:{address.port} answers, and process {server.pid} uses the data.",
    )
    assert [level for level, _ in of(findings, "database")] == ["ok", "ok", "ok"]
    assert [level for level, _ in of(findings, "tls")] == ["ok"]
    ann.ping("still here")


def test_a_server_elsewhere(start_server: StartServer, tmp_path: Path) -> None:
    """A port that is another hubbub's, somebody else's or nobody's is told apart; so is a server on another port."""
    port, taken = lasting_port(), lasting_port()
    server = start_server(*listen(port)[1:])
    code, findings = ask(tmp_path / "nowhere", *listen(port))
    assert code == 1
    assert "another hubbub answers" in of(findings, "port")[0][1]
    assert not (tmp_path / "nowhere").exists()
    with socket.create_server(("127.0.0.1", taken)) as other:
        other.settimeout(PATIENCE_SECONDS)
        with subprocess.Popen(
            [sys.executable, "-m", "hubbub", "doctor", "--data", tmp_path / "nowhere", *listen(taken)],
            stdout=subprocess.PIPE,
            text=True,
            env=marked_environment(),
        ) as asking:
            connection, _ = other.accept()
            connection.sendall(b"HTTP/1.0 200 OK\r\n\r\nsomething else")
            connection.close()
            told, _ = asking.communicate(timeout=PATIENCE_SECONDS)
        assert asking.returncode == 1
        assert f"127.0.0.1:{taken} is in use" in told
        assert f"ss -ltnp 'sport = :{taken}'" in told
        assert "1 problem" in told.splitlines()[-1]
    _, findings = ask(server.data, *listen(taken))
    assert of(findings, "port")[0][0] == "warning"
    assert server.stop() == 0
    _, findings = ask(server.data, *listen(port))
    assert of(findings, "port")[0] == ("ok", f"127.0.0.1:{port} is free.")


def files_in(data: Path) -> dict[str, bytes]:
    """Return what is in a folder's files, but for the one in which SQLite's readers sign on and off."""
    found = {path.name: path for path in data.iterdir() if path.is_file() and path.name != "hubbub.db-shm"}
    return {name: path.read_bytes() for name, path in found.items()}


def test_after_a_kill(start_server: StartServer, connect: Connect) -> None:
    """What a server that was killed has left is read as well as any, and left as it is."""
    server = start_server("127.0.0.1:0")
    connect(server.address("auto"), b"ann\n").ping("in")
    server.kill()
    before = files_in(server.data)
    assert "hubbub.db-wal" in before
    code, findings = ask(server.data, "--listen", "127.0.0.1:0")
    assert code == 0
    assert [level for level, _ in of(findings, "database")] == ["ok", "ok", "ok"]
    assert files_in(server.data) == before
    server.start()


def test_bad_settings(tmp_path: Path) -> None:
    """They are told as every command tells them, and then there is nothing to look at."""
    done = subprocess.run(
        [sys.executable, "-m", "hubbub", "doctor", "--data", tmp_path, "--set", "limits.burst=-1"],
        capture_output=True,
        text=True,
        check=False,
        env=marked_environment(),
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "limits.burst" in done.stderr
