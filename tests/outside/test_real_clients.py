"""Programs that everybody has: what their users see of a server, byte for byte as those programs read it."""

import subprocess
from typing import Final

import pytest

from tests.harness.processes import marked_environment
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.raw import PATIENCE_SECONDS, without_stamps
from tests.outside.saying import words
from tests.outside.terminal import require, terminal
from tests.seeds.client import Address


@pytest.fixture(scope="module")
def address(start_shared_server: StartServer) -> Address:
    """Start a server with its one port."""
    return start_shared_server("127.0.0.1:0", settings=UNHURRIED).address()


def run(*command: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program to its end with some input, or skip the test where it is not installed."""
    require(command[0])
    return subprocess.run(
        command,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
        env=marked_environment(),
    )


def test_a_script_speaks_through_netcat(address: Address, connect: Connect) -> None:
    """`printf … | nc -N` gives a name, speaks and asks; everything is said and answered before the connection ends."""
    bob = connect(address, b"bob\n")
    bob.ping("in")
    texts = [words(number) for number in range(50)]
    shown = run("nc", "-N", *map(str, address), typed="\n".join(["ann", *texts, "/list", "/ping end", ""]))
    heard = without_stamps(bob.ping("after"))
    assert [line for line in heard if line.startswith("[ann]")] == [f"[ann] {text}" for text in texts]
    assert without_stamps(shown.stdout.encode())[-2:] == ["[SERVER] In #lobby (2): ann, bob", "[SERVER] pong end"]
    assert shown.returncode == 0


def test_two_people_talk_through_netcat(address: Address) -> None:
    """Two windows, as in the README."""
    with terminal("nc", *map(str, address)) as ann, terminal("nc", *map(str, address)) as bob:
        for window, name in ((ann, "anna"), (bob, "bert")):
            window.see("Please enter your username:")
            window.type(f"{name}\n")
            window.see("You are in #lobby")
        ann.type(words("hello bert\n"))
        bob.see(f"[anna] {words('hello bert')}")
        bob.type(words("hello anna\n"))
        ann.see(f"[bert] {words('hello anna')}")
        ann.type("/quit\n")
        ann.see("Goodbye.")


def test_telnet_negotiates_and_shows_nothing_of_it(address: Address) -> None:
    """Options are answered and never shown, text arrives whole, and the farewell is the last thing before the end."""
    with terminal("telnet", "-8", *map(str, address)) as window:
        shown = window.see("Please enter your username:")
        window.type("tina\r")
        shown += window.see("You are in #lobby")
        for option in ("echo", "naws", "status"):
            # Telnet's own command line, which its escape character opens; with the answer it is closed again.
            window.type("\x1d")
            shown += window.see("telnet> ")
            window.type(f"send do {option}\r/ping {option}\r")
            shown += window.see(f"pong {option}")
        window.type("/me grüßt\r/ping here\r")
        shown += window.see("pong here")
        window.type("/quit\r")
        shown += window.see("Goodbye.\r\n")
        assert window.see_rest() == "Connection closed by foreign host.\r\n"
    assert "grüßt" in shown
    assert not set(shown) - {"\r", "\n", "\x1d"} & {chr(code) for code in (*range(32), 127, 0xFFFD)}


CURL: Final = ("curl", "--silent", "--show-error", "--insecure", "--noproxy", "*", "--include")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_curl_shows_a_page(scheme: str, address: Address) -> None:
    """A browser, or who asks like one, gets a page that says how to join, whole and in good order."""
    shown = run(*CURL, f"{scheme}://localhost:{address.port}/join")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("HTTP/1.1 200 OK\n")
    assert f"nc localhost {address.port}\n" in shown.stdout.replace("<", "\n")
    assert shown.stdout.endswith("</html>\n")


def test_an_upload_hears_the_answer(address: Address) -> None:
    """It arrives although most of what is uploaded is never read."""
    shown = run(*CURL, "--data-binary", "@-", f"http://127.0.0.1:{address.port}/", typed="x" * 900_000)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "HTTP/1.1 405 " in shown.stdout


def test_two_people_talk_through_openssl(address: Address, connect: Connect) -> None:
    """`openssl s_client -quiet` is netcat over TLS; whoever uses it talks to those who do not."""
    bob = connect(address, b"bodo\n")
    bob.ping("in")
    with terminal("openssl", "s_client", "-quiet", "-connect", f"127.0.0.1:{address.port}") as ann:
        ann.see("Please enter your username:")
        ann.type("anke\n")
        ann.see("You are in #lobby")
        bob.send(f"{words('hello anke')}\n".encode())
        ann.see(f"[bodo] {words('hello anke')}")
        ann.type(words("hello bodo\n"))
        bob.hear(f"[anke] {words('hello bodo')}".encode())
        ann.type("/quit\n")
        ann.see("Goodbye.")
