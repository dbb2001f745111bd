"""`--lan` on this very machine: who may come in, and what its operator is shown."""

import socket
import ssl
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest

from hubbub.server.addresses import Address, is_lan, is_public, machine_addresses
from hubbub.server.tls import SELF_SIGNED_FILE
from tests.harness.processes import marked_environment
from tests.outside.conftest import StartServer
from tests.outside.raw import PATIENCE_SECONDS
from tests.outside.terminal import Terminal
from tests.outside.test_accounts import PASSWORD


@pytest.fixture(scope="module")
def neighbourly() -> Address:
    """Give an address of this machine that only neighbours reach."""
    found = [address for address in machine_addresses() if is_lan(address)]
    if not found:
        pytest.skip("this machine has no private address")
    return found[0]


def test_the_neighbours_are_let_in_and_nobody_else(neighbourly: Address, start_server: StartServer) -> None:
    """The port is open on private addresses and on the machine itself, and refused on public ones."""
    server = start_server("127.0.0.1:0", options=("--lan",))
    port = server.address().port
    for address in machine_addresses():
        place = (str(address), port)
        if is_public(address):
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(place, PATIENCE_SECONDS)
        else:
            with socket.create_connection(place, PATIENCE_SECONDS) as one:
                one.sendall(b"ann\n/quit\n")
                assert one.recv(1)
    assert any(str(neighbourly) in line for line in server.printed)
    assert not any(line.startswith("Warning") for line in server.printed)


@pytest.mark.usefixtures("neighbourly")
def test_the_invited_find_their_way(start_server: StartServer) -> None:
    """Behind the printed link, from another machine, stands what has to be typed, and that opens an account."""
    server = start_server("127.0.0.1:0", options=("--lan",), settings={"people.access": "invited"})
    (link,) = [line.strip() for line in server.printed if "/invite/" in line]
    place, _, code = link.removeprefix("http://").partition("/invite/")
    host, _, port = place.rpartition(":")
    assert ip_address(host.strip("[]")) in machine_addresses()
    assert not ip_address(host.strip("[]")).is_loopback
    with build_opener(ProxyHandler({})).open(link.replace("/invite/", "/join/"), timeout=PATIENCE_SECONDS) as page:
        text = page.read().decode()
    assert f"openssl s_client -quiet -connect {place}" in text
    assert f"PASSWORD</var> {code}<" in text
    context = ssl.create_default_context(cafile=server.data / SELF_SIGNED_FILE)
    with (
        socket.create_connection((host.strip("[]"), int(port)), PATIENCE_SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=host.strip("[]")) as guest,
        guest.makefile("rwb", 0) as lines,
    ):
        lines.write(f"/register ann {PASSWORD} {code}\n/quit\n".encode())
        assert any(b"assigned the username 'ann'" in line for line in lines)


def test_public_addresses_are_refused_unless_that_is_said(start_server: StartServer, tmp_path: Path) -> None:
    """With `--public` they are opened, with a warning; without it, listing one is a reason not to start."""
    public = [str(address) for address in machine_addresses() if is_public(address)]
    if not public:
        pytest.skip("this machine has no public address")
    answer = subprocess.run(
        [
            *(sys.executable, "-m", "hubbub", "serve", "--lan", "--listen", "0.0.0.0:0"),
            *("--data", str(tmp_path / "data")),
        ],
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
        env=marked_environment(),
    )
    assert (answer.returncode, answer.stdout) == (1, "")
    (sentence,) = answer.stderr.splitlines()
    assert "--public" in sentence
    server = start_server("127.0.0.1:0", options=("--lan", "--public"))
    (warning,) = [line for line in server.printed if line.startswith("Warning")]
    for host in public:
        assert host in warning
        socket.create_connection((host, server.address().port), PATIENCE_SECONDS).close()


def test_a_terminal_shows_a_code(neighbourly: Address, tmp_path: Path) -> None:
    """Whoever starts a server by hand can hold a telephone to the screen."""
    data = tmp_path / "data"
    window = Terminal(
        [sys.executable, "-m", "hubbub", "serve", "--lan", "--listen", "127.0.0.1:0", "--data", str(data)]
    )
    try:
        window.see("Your neighbours join at:")
        assert str(neighbourly) in window.see("█████")
        window.see("ready on ")
    finally:
        window.close()
