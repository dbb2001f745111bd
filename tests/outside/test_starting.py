"""Starting: where it listens, and one sentence when it cannot."""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from hubbub.stores.sql import DATABASE_FILE
from tests.harness.processes import marked_environment
from tests.outside.conftest import StartServer
from tests.outside.raw import PATIENCE_SECONDS, Raw
from tests.outside.test_failing_store import filled, small_disk
from tests.seeds.client import Address

FREE = "127.0.0.1:0"

POWERLESS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
"""Lets root be like any other user, for whom rights are checked (setpriv(1), capabilities(7))."""


def refuse(*arguments: str, through: Sequence[str] = ()) -> str:
    """Start a server that cannot start; return its one sentence, for there has to be no more."""
    answer = subprocess.run(
        [*through, sys.executable, "-m", "hubbub", "serve", *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
        env=marked_environment(),
    )
    assert answer.returncode > 0
    assert answer.stdout == ""
    (sentence,) = answer.stderr.splitlines()
    assert "Traceback" not in sentence
    return sentence


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a data folder in which a server has run."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def used_data(start_server: StartServer) -> Path:
    """Give a data folder in which a server has run before."""
    server = start_server(FREE)
    server.stop()
    return server.data


@pytest.fixture
def powerless() -> Sequence[str]:
    """Give what to run a program through so that it may not do everything."""
    if os.geteuid() != 0:
        return ()
    if shutil.which(POWERLESS[0]) is None or subprocess.run([*POWERLESS, "true"], check=False).returncode:
        pytest.skip("root cannot give up its powers here")
    return POWERLESS


def test_one_server_listens_in_many_places(start_server: StartServer) -> None:
    """Every `--listen` is opened, on IPv4 and IPv6; port 0 is a free one, printed, and the last line says ready."""
    server = start_server(
        FREE, "[::1]:0", "localhost:0=text", "127.0.0.1:0=text-frames", "0.0.0.0:0=json-frames", "[::]:0"
    )
    places = [re.fullmatch(r"listening on (.+):(\d+) \((.+)\)", line) for line in server.printed]
    opened = [place.groups() for place in places if place]
    assert [(host, protocol) for host, _, protocol in opened] == [
        ("127.0.0.1", "auto"),
        ("[::1]", "auto"),
        ("localhost", "text"),
        ("127.0.0.1", "text-frames"),
        ("0.0.0.0", "json-frames"),
        ("[::]", "auto"),
    ]
    assert len({port for _, port, _ in opened} - {"0"}) == len(opened)
    assert server.printed[-1] == f"ready on 127.0.0.1:{opened[0][1]}"
    for host, port, _ in opened:
        reached = {"0.0.0.0": "127.0.0.1", "[::]": "::1"}.get(host, host.strip("[]"))
        with socket.create_connection((reached, int(port))):
            pass


def test_people_on_ipv4_and_ipv6_are_together(start_server: StartServer) -> None:
    """Whoever comes over IPv6 is in the same lobby, and stands in the log with his address in brackets."""
    server = start_server("127.0.0.1:0", "[::1]:0=text")
    with socket.create_connection(("::1", server.ports["text"][0])) as ann:
        ann.sendall(b"ann\n")
        bob = Raw(server.address())
        bob.send(b"bob\n")
        bob.ping("in")
        bob.send(b"/list\n")
        assert b"ann, bob" in bob.ping("listed")
        bob.close()
    peers = {entry["name"]: str(entry["peer"]) for entry in server.logs if entry["event"] == "session.opened"}
    assert peers["ann"].startswith("[::1]:")
    assert peers["bob"].startswith("127.0.0.1:")


def test_any_taken_port_is_named(data: Path) -> None:
    """The second of two places is looked at as well, and nothing is left behind."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        sentence = refuse("--listen", FREE, "--listen", f"127.0.0.1:{port}=text", "--data", str(data))
    assert f"127.0.0.1:{port} is in use" in sentence
    assert not list(data.iterdir())


def test_two_servers_on_one_port(start_server: StartServer) -> None:
    """The second hubbub on a port is refused, and the first does not notice."""
    server = start_server(FREE)
    assert "is in use" in refuse("--listen", f"127.0.0.1:{server.address().port}", "--data", str(server.data))
    ann = Raw(server.address())
    ann.send(b"ann\n")
    ann.ping("in")
    ann.close()


@pytest.mark.parametrize(
    ("listen", "words"),
    [
        ("192.0.2.1:0", "192.0.2.1 is not an address of this machine"),
        ("no-such-host.invalid:0", "no-such-host.invalid"),
    ],
)
def test_a_place_that_cannot_be_listened_on(listen: str, words: str, data: Path) -> None:
    """An address of somebody else, or a name that nobody has, is named."""
    assert words in refuse("--listen", listen, "--data", str(data))


def test_a_port_of_the_system_s(powerless: Sequence[str], data: Path) -> None:
    """Who is not root may not have port 1, and is told which ones he may have."""
    if int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text()) <= 1:
        pytest.skip("every user may listen on port 1 here")
    assert "choose a higher one" in refuse("--listen", "127.0.0.1:1", "--data", str(data), through=powerless)


def test_a_folder_that_may_not_be_written(powerless: Sequence[str], data: Path) -> None:
    """It is named, whether the database is to be in it or in a folder that is yet to be made."""
    data.chmod(0o555)
    for folder in (data, data / "new"):
        assert str(folder) in refuse("--listen", FREE, "--data", str(folder), through=powerless)


def test_a_database_that_may_not_be_written(powerless: Sequence[str], used_data: Path) -> None:
    """It is named as well."""
    file = used_data / DATABASE_FILE
    file.chmod(0o444)
    assert str(file) in refuse("--listen", FREE, "--data", str(used_data), through=powerless)


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    """What is no folder is named."""
    (tmp_path / "file").touch()
    assert str(tmp_path / "file") in refuse("--listen", FREE, "--data", str(tmp_path / "file"))


def test_a_full_disk(tmp_path: Path) -> None:
    """Without room for the database there is no start, and the reason is said; with room, there is."""
    with small_disk(tmp_path), filled(tmp_path):
        sentence = refuse("--listen", FREE, "--data", str(tmp_path / "data"))
        assert "full" in sentence


@pytest.mark.parametrize("content", [b"SQLite format 3\0" + b"\xff" * 4_096, b"hello\n" * 100])
def test_what_is_no_database(content: bytes, data: Path) -> None:
    """A file that holds something else is named and left as it is."""
    file = data / DATABASE_FILE
    file.write_bytes(content)
    assert str(file) in refuse("--listen", FREE, "--data", str(data))
    assert file.read_bytes() == content


def test_somebody_else_s_database(data: Path) -> None:
    """A database of another program is left as it is."""
    file = data / DATABASE_FILE
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE rooms (mine)")
    connection.close()
    assert "another program" in refuse("--listen", FREE, "--data", str(data))
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT sql FROM sqlite_schema").fetchall() == [("CREATE TABLE rooms (mine)",)]
    connection.close()


def test_a_database_where_nobody_answers(data: Path) -> None:
    """A URL that leads nowhere is told in a sentence, without its password."""
    url = "postgresql://user:s3cret@127.0.0.1:1/nothing"
    sentence = refuse("--listen", FREE, "--data", str(data), "--database", url)
    assert "127.0.0.1:1" in sentence
    assert "s3cret" not in sentence


def test_a_restart_on_the_same_port(start_server: StartServer) -> None:
    """A server that was just killed in the middle of conversations can be started on its port at once."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = start_server(f"127.0.0.1:{port}")
    for _ in range(2):
        ann = Raw(Address("127.0.0.1", port))
        ann.send(b"ann\n")
        ann.ping("in")
        server.kill()
        server.start()
        ann.close()
