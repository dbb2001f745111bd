"""OpenSSH's own client comes in, talks and leaves; nothing has to be installed for that."""

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.harness.processes import marked_environment
from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.panes import panes
from tests.outside.raw import PATIENCE_SECONDS
from tests.outside.saying import words
from tests.outside.ssh import ssh
from tests.outside.terminal import Terminal, require, terminal
from tests.outside.waiting import eventually
from tests.seeds.client import Address

OpenWindow = Callable[..., AbstractContextManager[Terminal]]
"""Opens a terminal in which somebody has typed `ssh`."""


@pytest.fixture(scope="module")
def address(start_shared_server: StartServer) -> Address:
    """Start a server with its one port."""
    return start_shared_server("127.0.0.1:0", settings=UNHURRIED).address()


@pytest.fixture
def window(address: Address, tmp_path: Path) -> OpenWindow:
    """Open terminals in which somebody has typed `ssh`."""

    @contextmanager
    def opened(user: str, *options: str, at: Address = address, key: Path | None = None) -> Iterator[Terminal]:
        with terminal(*ssh(at, tmp_path, user, key=key, options=options)) as shown:
            yield shown

    return opened


def run(command: list[str], typed: str = "") -> subprocess.CompletedProcess[str]:
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


def test_two_people_by_ssh_and_one_by_netcat_talk(window: OpenWindow, address: Address, connect: Connect) -> None:
    """Everybody hears everybody, and by SSH oneself as well, once it is kept."""
    carl = connect(address, b"carl\n")
    carl.ping("in")
    with window("anna") as anna, window("bert") as bert:
        anna.see("You are 'anna'.")
        bert.see("You are 'bert'.")
        for shown in (anna, bert):
            shown.see("#lobby> ")
        anna.type(words("hello all") + "\r")
        for shown in (anna, bert):
            shown.see("[anna] \x1b[0m" + words("hello all"))
        carl.hear(f"[anna] {words('hello all')}".encode())
        carl.send(f"{words('hello both')}\n".encode())
        for shown in (anna, bert):
            shown.see("[carl] \x1b[0m" + words("hello both"))
        bert.type("/quit\r")
        bert.see("Goodbye.")
        bert.see_rest()
        anna.type("/who\r")
        anna.see("#lobby> /who")


def test_a_line_can_be_edited_and_called_back(window: OpenWindow, address: Address, connect: Connect) -> None:
    """Cursor keys, deleting, a wide character, a name completed, and the line before."""
    zoe = connect(address, "zoë-lang\n".encode())
    zoe.ping("in")
    with window("edda") as edda:
        edda.see("#lobby> ")
        edda.type(f"{words('one tree')}\x1b[D\x1b[D\x1b[D\x1b[D\x7f, 木 \x01\x1b[3~\x05!\r")
        zoe.hear(f"[edda] {words('one, 木 tree')[1:]}!".encode())
        edda.type("zo\t" + words("hi") + "\r")
        zoe.hear(f"[edda] zoë-lang: {words('hi')}".encode())
        edda.type("\x1b[A\x1b[A\r")
        zoe.hear(f"[edda] {words('one, 木 tree')[1:]}!".encode())


@pytest.mark.parametrize("gesture", ["\x03", "\x04", "abc\x03\x03"], ids=["Ctrl+C", "Ctrl+D", "Ctrl+C twice"])
def test_a_gesture_of_leaving_is_understood(gesture: str, window: OpenWindow) -> None:
    """In an empty line it ends the chat kindly; in another one it empties the line."""
    with window("gregor") as gregor:
        gregor.see("#lobby> ")
        gregor.type(gesture)
        gregor.see("Goodbye.")
        gregor.see_rest()


def test_lines_may_be_piped(address: Address, tmp_path: Path, connect: Connect) -> None:
    """Without a terminal, lines go in and come out as with netcat, in order, and all of them before the end."""
    zack = connect(address, b"zack\n")
    zack.ping("in")
    said = [words(number) for number in range(30)]
    shown = run(ssh(address, tmp_path, "piet", "-T"), "\n".join([*said, "/ping end"]))
    assert shown.returncode == 0
    assert "\x1b" not in shown.stdout
    assert shown.stdout.endswith("[SERVER] pong end\n")
    for text in said:
        zack.hear(f"[piet] {text}\n".encode())


def test_a_name_that_is_taken_is_replaced(window: OpenWindow, address: Address, connect: Connect) -> None:
    """A guest who comes second is told so, and is in under a name like his own."""
    kim = connect(address, b"kim\n")
    kim.ping("in")
    with window("kim") as other:
        other.see("Username 'kim' is already taken.")
        other.see("You are 'kim2'.")


def test_nothing_is_run(address: Address, tmp_path: Path) -> None:
    """A command is answered with a sentence and a status, and nothing comes of it; so is a subsystem."""
    shown = run([*ssh(address, tmp_path, "rosa", "-T"), "touch", "x"])
    assert (shown.returncode, shown.stdout) == (127, "")
    assert "it runs no commands" in shown.stderr
    assert run([*ssh(address, tmp_path, "rosa", "-s"), "sftp"]).returncode != 0


def test_a_window_may_change(window: OpenWindow) -> None:
    """The row is drawn anew, as wide as the window is now."""
    with window("wim") as wim:
        wim.see("#lobby> ")
        wim.type("x" * 100)
        wim.see("x" * 100)
        wim.resize(rows=10, columns=30)
        wim.see("\x1b[6n")
        wim.type("\x1b[10;30R")
        wim.see("\r\x1b[J#lobby> xxxxxxxxxx")


def test_a_window_may_become_narrow(address: Address, tmp_path: Path, connect: Connect) -> None:
    """What tmux has broken into several rows is one again, and what was heard above it stays."""
    require("ssh")
    talker = connect(address, b"wanda\n")
    talker.ping("in")
    with panes(tmp_path) as opened:
        wolf = opened.run("wolf", ssh(address, tmp_path, "wolf"), columns=80, rows=10)
        wolf.see("#lobby>")
        talker.send(b"the last word\n")
        wolf.see("the last word")
        wolf.type("y" * 65)
        wolf.see("y" * 65)
        for columns in (40, 25, 31):
            wolf.resize(columns, 10)
            eventually(lambda: is_one_row(wolf.look()))
            assert "the last word" in wolf.look().replace("\n", "")


def is_one_row(shown: str) -> bool:
    """Return whether what is being written stands in the last row that is in use, and in no other."""
    rows = [row for row in shown.splitlines() if row.strip()]
    return rows[-1].startswith("#lobby> y") and not any("yy" in row for row in rows[:-1])


def test_escapes_are_shown_and_never_obeyed(window: OpenWindow, address: Address, connect: Connect) -> None:
    """Neither in what somebody says nor in what he calls himself."""
    with window("olga") as olga:
        olga.see("#lobby> ")
        eve = connect(address, b"eve\n")
        eve.send(f"{words('a')}\x1b[2J\x1b]0;b\x07\u202ec\n".encode())
        olga.see(words("a") + "[2J]0;bc\r\n")


def test_a_server_that_stops_says_so(start_server: StartServer, window: OpenWindow) -> None:
    """The last words arrive, and the client ends by itself."""
    server = start_server("127.0.0.1:0", settings=UNHURRIED)
    with window("stan", at=server.address()) as stan:
        stan.see("#lobby> ")
        server.send_signal(signal.SIGTERM)
        stan.see("The server is stopping.")
        stan.see_rest()
    assert server.wait() == 0


def test_keys_may_be_exchanged_again(address: Address, tmp_path: Path, connect: Connect) -> None:
    """As often as a client likes to; nothing is lost meanwhile."""
    zita = connect(address, b"zita\n")
    zita.ping("in")
    said = [words(f"{number} " + "x" * 1_000) for number in range(100)]
    shown = run(ssh(address, tmp_path, "rita", "-T", options=("RekeyLimit=16K",)), "\n".join([*said, "/ping end"]))
    assert shown.stdout.endswith("[SERVER] pong end\n")
    for text in said:
        zita.hear(f"[rita] {text}\n".encode())


def test_who_is_put_out_reads_why(start_server: StartServer, window: OpenWindow, connect: Connect) -> None:
    """As on every protocol, and his client ends; who is banned does not come in again."""
    server = start_server("127.0.0.1:0", settings=UNHURRIED)
    code = next(line.split()[-1] for line in server.printed if "/claim" in line).rpartition("/")[2]
    owner = connect(server.address(), f"/register owner correct-horse-battery\n/claim {code}\n".encode())
    owner.hear(b"You are the owner of this server")
    with window("sam", at=server.address()) as sam:
        sam.see("#lobby> ")
        owner.send(b"/eject sam too loud\n")
        sam.see("too loud")
        sam.see_rest()
    owner.send(b"/serverban sam\n")
    owner.ping("done")
    with window("sam", at=server.address()) as sam:
        sam.see("banned")
        sam.see("Please type a username")


def test_a_pinned_listener_speaks_first(start_server: StartServer, connect: Connect) -> None:
    """A client may wait for the server to say what it speaks. RFC 4253 section 4.2."""
    server = start_server("127.0.0.1:0=ssh", settings=UNHURRIED)
    connect(server.address("ssh")).hear(b"SSH-2.0-hubbub\r\n")
    (way,) = [line for line in server.printed if line.startswith("  ssh ")]
    assert way.split()[1:] == ["ssh", "-p", str(server.address("ssh").port), "127.0.0.1"]


def test_the_server_is_known_again(start_server: StartServer, window: OpenWindow) -> None:
    """The host key outlives a restart, nobody else may read it, and its fingerprint is what the server prints."""
    server = start_server("127.0.0.1:0", settings=UNHURRIED)
    file = server.data / "ssh-host-ed25519.key"
    assert file.stat().st_mode & 0o777 == 0o600
    shown = run(["ssh-keygen", "-l", "-f", str(file)])
    assert any(line.strip() == shown.stdout.split()[1] for line in server.printed)
    before = file.read_bytes()
    server.stop()
    server.start()
    assert file.read_bytes() == before
    with window("lise", at=server.address()) as lise:
        lise.see("#lobby> ")


def test_a_password_lets_in(start_server: StartServer, window: OpenWindow, connect: Connect) -> None:
    """The owner of a name is asked for its password, hears of a wrong one, and has his name and his rooms."""
    server = start_server("127.0.0.1:0", settings=UNHURRIED)
    mary = connect(server.address(), b"/register mary correct-horse-battery\n")
    mary.ping("in")
    with window("mary", at=server.address()) as shown:
        shown.see("Password of mary (or just Enter, to be a guest): ")
        shown.type("wrong\r")
        shown.see("That name and that password do not belong together.")
        shown.see("Password of mary")
        shown.type("correct-horse-battery\r")
        shown.see("You are logged in as 'mary'.")
    with window("mary", at=server.address()) as shown:
        shown.see("Password of mary")
        shown.type("\r")
        shown.see("Username 'mary' belongs to an account.")
        shown.see("/login mary")
        shown.see("You are 'mary2'.")
        shown.see("#lobby> ")
        shown.type("/login mary\r")
        shown.see("password: ")
        shown.type("correct-horse-battery\r")
        assert "correct-horse" not in shown.see("You are logged in as 'mary'.")
    assert "correct-horse" not in server.log_text


def make_key(folder: Path, comment: str = "laptop") -> Path:
    """Make a pair of keys, and return the file of the private one."""
    file = folder / f"id_{comment}"
    run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", str(file)])
    return file


def test_a_key_lets_in(start_server: StartServer, window: OpenWindow, connect: Connect, tmp_path: Path) -> None:
    """A key that an account knows lets in at once, under any name; one that is removed ends what came by it."""
    server = start_server("127.0.0.1:0", settings=UNHURRIED)
    key = make_key(tmp_path)
    mary = connect(server.address(), b"/register mary correct-horse-battery\n")
    mary.ping("in")
    public = key.with_suffix(".pub").read_bytes()
    mary.send(b"/ssh-key add " + public)
    mary.hear(b"Whoever has the private half of 'laptop' is logged in as you by ssh.")
    with window("whoever", at=server.address(), key=key) as shown:
        shown.see("You are logged in as 'mary'.")
        shown.see("#lobby> ")
        shown.type("/ssh-key list\r")
        shown.see("laptop  ssh-ed25519 SHA256:")
        mary.send(b"/ssh-key remove laptop\n")
        shown.see("You were logged out from elsewhere.")
        shown.see_rest()
    with window("whoever", at=server.address(), key=key) as shown:
        shown.see("You are 'whoever'.")


def test_the_second_key_may_be_the_one(
    start_server: StartServer, window: OpenWindow, connect: Connect, tmp_path: Path
) -> None:
    """A client shows its keys one by one; those that nobody knows are passed over."""
    server = start_server("127.0.0.1:0", settings=UNHURRIED)
    unknown, known = make_key(tmp_path, "unknown"), make_key(tmp_path, "known")
    mary = connect(server.address(), b"/register mary correct-horse-battery\n")
    mary.send(b"/ssh-key add " + known.with_suffix(".pub").read_bytes())
    mary.ping("in")
    with window("maria", f"IdentityFile={unknown}", f"IdentityFile={known}", at=server.address()) as shown:
        shown.see("You are logged in as 'mary'.")
    with window("maria", f"IdentityFile={unknown}", at=server.address()) as shown:
        shown.see("You are 'maria'.")


def test_who_comes_by_ssh_is_counted(start_server: StartServer, window: OpenWindow) -> None:
    """The figures name the protocol."""
    server = start_server("127.0.0.1:0", settings=UNHURRIED)
    with window("figs", at=server.address()) as shown:
        shown.see("#lobby> ")
        assert 'hubbub_connections{protocol="ssh"} 1.0' in _metrics(server)


def _metrics(server: ConfinedServer) -> str:
    host, port = server.address()
    return run(["curl", "--silent", "--noproxy", "*", f"http://{host}:{port}/metrics"]).stdout
