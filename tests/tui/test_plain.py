"""`hubbub chat --plain` as people and programs use it: over pipes, in a terminal, and when something is wrong."""

import fcntl
import os
import pty
import shlex
import signal
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from hubbub.cli.ending import SIGNALLED
from hubbub.tui.sending import OUTGOING
from tests.conftest import StartServer
from tests.harness.processes import marked_environment
from tests.harness.server import Server
from tests.outside.raw import PATIENCE_SECONDS, Raw
from tests.outside.terminal import terminal
from tests.server.certificates import fingerprint_of, write_pair
from tests.tui.piping import CHAT, piped

pytestmark = pytest.mark.usefixtures("own_home")


def test_two_of_them_and_netcat_talk(address: str, place: Server) -> None:
    """Everybody hears everybody, each in his own way; a room is named when it changes."""
    with piped(address, "--name", "ann") as ann, piped(address, "--name", "bob") as bob:
        ann.see("You are in #lobby.")
        bob.see("You are in #lobby.")
        netcat = Raw(place.address())
        netcat.hear(b"name")
        netcat.send(b"carol\nhello from a pipe\n")
        assert (
            ann.see("hello from a pipe") == "carol: hello from a pipe" or "#lobby carol: hello from a pipe" in ann.shown
        )
        bob.see("hello from a pipe")
        ann.write("hi carol")
        assert bob.see("hi carol") == "ann: hi carol"
        netcat.hear(b"[ann] hi carol")
        bob.write("/msg ann psst")
        assert ann.see("psst") == "@bob bob: psst"
        bob.write("/join #tea")
        bob.see("You are in #tea")
        bob.write("in here")
        assert bob.see("in here") == "#tea bob: in here"
        ann.write("/me waves")
        assert bob.see("waves") == "#lobby * ann waves"
        netcat.close()
        assert ann.end() == 0
        assert bob.end() == 0


def test_bytes_that_are_no_text_are_said_as_such(address: str) -> None:
    """Who types in another encoding goes on all the same; what readline makes of it depends on the system."""
    with terminal(*CHAT, address, "--name", "latin", "--plain") as window:
        window.see("You are in #lobby")
        window.type("na\udcefve\r")
        window.type("still here\r")
        window.type("/history\r")
        window.see("latin: still here")


def test_who_writes_into_a_full_pipe_ends_when_he_is_told(address: str) -> None:
    """Though nobody reads what he has to say, and he waits for that."""
    reading, writing = os.pipe()
    filled = os.write(writing, bytes(fcntl.fcntl(writing, fcntl.F_GETPIPE_SZ)))
    process = subprocess.Popen(
        [*CHAT, address, "--name", "stuck"],
        stdin=subprocess.PIPE,
        stdout=writing,
        stderr=subprocess.PIPE,
        env=marked_environment(),
    )
    os.close(writing)
    assert process.stdin is not None
    assert process.stderr is not None
    process.stdin.write(b"/help\n")
    process.stdin.flush()
    while b"You are in" not in process.stderr.readline():
        pass
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE_SECONDS) in {-signal.SIGALRM, SIGNALLED + signal.SIGTERM}
    assert filled == len(os.read(reading, filled))
    os.close(reading)
    process.stdin.close()
    process.stderr.close()


def test_who_closes_everything_is_not_told_of_faults(address: str) -> None:
    """Without anything to read from, nothing is said; without anywhere to write to, it is said all the same."""
    for closed in ("<&-", ">&- </dev/null", "2>&- <&- >&-"):
        line = f"{shlex.join([*CHAT, address, '--name', 'shut'])} {closed}"
        done = subprocess.run(["sh", "-c", line], check=False, capture_output=True, timeout=PATIENCE_SECONDS)
        assert done.returncode == 0, done.stderr
        assert b"Traceback" not in done.stderr


def test_a_script_is_said_and_obeyed_in_order(address: str) -> None:
    """It ends when all of it is stored, and its exit code says whether anything was refused."""
    with piped(address, "--name", "script") as script:
        script.write("/join #script")
        for number in range(30):
            script.write(f"line {number}")
        assert script.end() == 0
    with piped(f"hubbub://{address}/#script", "--name", "reader") as reader:
        reader.see("You are in")
        reader.write("/history #script 30")
        reader.write("/nosuchthing")
        assert reader.end() == 1
        listed = [
            line.rpartition("script: ")[2] for line in reader.shown if line.startswith("#") and "script: line" in line
        ]
        assert listed == [f"line {number}" for number in range(30)]
        assert any(line.startswith("There is no command /nosuchthing.") for line in reader.shown)


def test_a_long_script_is_held_back_and_not_refused(address: str) -> None:
    """However many lines a program writes at once, all of them are said."""
    with piped(f"hubbub://{address}/#long", "--name", "script") as script:
        for number in range(OUTGOING + 200):
            script.write(str(number))
        assert script.end() == 0
        said = [line.rpartition("script: ")[2] for line in script.shown if "script: " in line]
        assert said == [str(number) for number in range(OUTGOING + 200)]


def test_what_is_typed_while_the_server_is_away_arrives_once_and_in_order(start_server: StartServer) -> None:
    """Killed and started again: nothing is lost, and nothing is there twice."""
    server = start_server(settings={"limits.enabled": "false"})
    port = server.address().port
    with piped(f"127.0.0.1:{port}", "--name", "ann") as ann:
        ann.see("You are in #lobby.")
        ann.write("before")
        ann.see("before")
        server.kill()
        ann.see("Trying again")
        for word in ("one", "two", "three"):
            ann.write(word)
            ann.see("It waits")
        server.start()
        ann.see("Connected to")
        ann.write("/history")
        assert ann.end() == 0
        said = [line.rpartition("ann: ")[2] for line in ann.shown if line.startswith("#") and " ann: " in line]
        assert said[-4:] == ["before", "one", "two", "three"]


def test_what_waits_outlives_a_kill_of_the_client(start_server: StartServer) -> None:
    """It is said by the next one, in order and once."""
    server = start_server(settings={"limits.enabled": "false"})
    port = server.address().port
    with piped(f"127.0.0.1:{port}", "--name", "ann") as ann:
        ann.see("You are in #lobby.")
        server.kill()
        ann.see("Trying again")
        ann.write("first")
        ann.write("second")
        # Its answer comes behind both, when they are on disk.
        ann.write("//third")
        ann.see("It waits")
        ann.see("It waits")
        ann.see("It waits")
        ann.write("/servers")
        ann.see(f"127.0.0.1:{port}: ")
        ann.kill()
    server.start()
    with piped(f"127.0.0.1:{port}", "--name", "ann") as ann, piped(f"127.0.0.1:{port}", "--name", "bob") as bob:
        bob.see("You are in #lobby.")
        ann.see("ann: /third")
        ann.write("/history")
        assert ann.end() == 0
        said = [line.rpartition("ann: ")[2] for line in ann.shown if line.startswith("#") and line[1].isdigit()]
        assert said == ["first", "second", "/third"]


def test_a_megabyte_is_refused_kindly(address: str) -> None:
    """And everything goes on."""
    with piped(address, "--name", "ann") as ann:
        ann.write("x" * 1_000_000)
        ann.see("Send it in parts, or as a file: /upload")
        ann.write("still here")
        ann.see("still here")
        assert ann.end() == 1


def test_a_server_that_is_none_is_found_out() -> None:
    """One sentence, and an exit code that says that there is no connection."""
    with socket.create_server(("127.0.0.1", 0)) as other:

        def answer() -> None:
            connection, _ = other.accept()
            with connection:
                connection.sendall(b"220 mail.example ESMTP\r\n")
                connection.recv(1_000)

        threading.Thread(target=answer, daemon=True).start()
        with piped(f"127.0.0.1:{other.getsockname()[1]}", "--name", "ann") as ann:
            ann.see("does not speak the native protocol")
            assert ann.end() == 3


def test_a_file_that_cannot_be_read_ends_nothing(address: str, tmp_path: Path) -> None:
    """What is remembered may be broken while one talks: what needs it says so, and everything else goes on."""
    with piped(address, "--name", "ann") as ann:
        ann.see("You are in #lobby.")
        file = tmp_path / "config" / "hubbub" / "servers.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("this is no TOML")
        ann.write("/servers")
        ann.see("servers.toml")
        ann.write("still here")
        ann.see("ann: still here")
        assert ann.end() == 1
    with piped(address, "--name", "ann") as again:
        again.see("servers.toml")
        assert again.end() == 2


def test_where_there_is_no_server_a_pipe_ends() -> None:
    """Whoever writes it can try again himself; a bad address is a bad command line."""
    with piped("127.0.0.1:1", "--name", "ann") as ann:
        ann.see("No server at")
        assert ann.end() == 3
    with piped("ftp://example", "--name", "ann") as ann:
        ann.see("no address of a server")
        assert ann.end() == 2


def test_a_certificate_is_remembered_and_a_change_stops_everything(tmp_path: Path, start_server: StartServer) -> None:
    """Nothing is sent to whoever shows another one."""
    first, second = tmp_path / "one", tmp_path / "two"
    pairs = []
    for folder in (first, second):
        folder.mkdir()
        pairs.append(write_pair(folder))
    server = start_server(settings={"tls.certificate": str(pairs[0][0]), "tls.key": str(pairs[0][1])})
    port = server.address().port
    with piped(f"hubbubs://127.0.0.1:{port}", "--name", "ann") as ann:
        ann.see(fingerprint_of(pairs[0][0]))
        ann.see("It is remembered")
        ann.write("hello")
        ann.see("hello")
        assert ann.end() == 0
    assert server.stop() == 0
    server.settings |= {"tls.certificate": str(pairs[1][0]), "tls.key": str(pairs[1][1])}
    server.start()
    with piped(f"hubbubs://127.0.0.1:{port}", "--name", "ann") as ann:
        ann.see("THE CERTIFICATE OF THIS SERVER HAS CHANGED")
        ann.see(fingerprint_of(pairs[1][0]))
        ann.see("hubbub servers --forget")
        assert ann.end() == 3
    with terminal(*CHAT, "--plain", f"hubbubs://127.0.0.1:{port}", "--name", "ann") as typed:
        typed.see("write: trust it")
        typed.type("trust it\r")
        typed.see("You are in #lobby.")


def test_a_terminal_asks_for_a_name_and_is_in(address: str) -> None:
    """With editing by keys; one's own words are not shown again, others' are."""
    with terminal(*CHAT, "--plain", address) as ann, piped(address, "--name", "bob") as bob:
        ann.see("What do you want to be called?")
        ann.type("annette\r")
        ann.see("You are annette on")
        ann.see("You are in #lobby.")
        bob.see("You are in #lobby.")
        ann.type("hello bbo\x7f\x7fob\r")
        assert bob.see("hello").endswith("annette: hello bob")
        bob.write("hello you")
        ann.see("bob: hello you")
        ann.type("/quit\r")
        assert "annette: hello bob" not in ann.see_rest()
        assert bob.end() == 0


def test_a_name_that_is_taken_asks_for_another(address: str) -> None:
    """With what would be free; Enter takes it."""
    with piped(address, "--name", "same") as first:
        first.see("You are in #lobby.")
        with terminal(*CHAT, "--plain", address, "--name", "same") as second:
            second.see("Another name:")
            second.type("\r")
            second.see("You are same")
            second.see("You are in #lobby.")
        assert first.end() == 0


def test_an_account_is_there_again(address: str) -> None:
    """Its password is asked for without being shown, once."""
    with terminal(*CHAT, "--plain", address, "--name", "annina") as ann:
        ann.see("You are in #lobby.")
        ann.type("/register\r")
        ann.see("Choose a password of 8 characters or more:")
        ann.type("correct horse\r")
        assert "correct horse" not in ann.see("You stay logged in on this computer")
        ann.type("/quit\r")
        ann.see_rest()
    with terminal(*CHAT, "--plain", address) as ann:
        ann.see("You are annina on")
        ann.type("/logout\r")
        ann.see("You are logged out")
        ann.type("/quit\r")
        ann.see_rest()
    with terminal(*CHAT, "--plain", address, "--name", "annina") as ann:
        ann.see("Password of annina:")
        ann.type("wrong horse\r")
        ann.see("Password of annina:")
        ann.type("correct horse\r")
        ann.see("You are annina on")


def test_a_dumb_terminal_gets_lines_by_itself(address: str) -> None:
    """Nothing moves a cursor, and what it cannot show is written in ASCII."""
    environment = ("/usr/bin/env", "TERM=dumb", "PYTHONIOENCODING=ascii")
    with terminal(*environment, *CHAT, address, "--name", "ann") as ann, piped(address, "--name", "bob") as bob:
        ann.see("You are in #lobby.")
        bob.see("You are in #lobby.")
        bob.write("grün 👍")
        shown = ann.see("bob: gr\\xfcn \\U0001f44d")
        assert "\x1b" not in shown
        ann.type("/quit\r")
        assert "\x1b" not in ann.see_rest()
        assert bob.end() == 0


def test_a_terminal_that_can_is_drawn_on(address: str) -> None:
    """Unless lines are asked for: it has the whole window, and the room in it."""
    with terminal(*CHAT, address, "--name", "drawn") as ann, piped(address, "--name", "bob") as bob:
        ann.see("\x1b[?1049h")
        ann.see("#lobby")
        bob.see("You are in #lobby.")
        bob.write("hello over there")
        ann.see("hello over there")
        assert bob.end() == 0


def test_a_call_from_elsewhere_rings(address: str, tmp_path: Path) -> None:
    """Not what is said where one looks; the settings say how, and before each line the time."""
    settings = tmp_path / "config" / "hubbub" / "chat.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('times = "minutes"\n[notifications]\nterminal = "osc777"\n')
    with terminal(*CHAT, "--plain", address, "--name", "called") as ann, piped(address, "--name", "bob") as bob:
        ann.see("You are in #lobby.")
        bob.see("You are in #lobby.")
        bob.write("@called, are you here?")
        assert "\a" not in ann.see("are you here?")
        ann.type("/join #tea\r")
        ann.see("You are in #tea")
        bob.write("nothing for you")
        assert "\a" not in ann.see("nothing for you")
        bob.write("@called: tea;time")
        ann.see("\a\x1b]777;notify;bob in #lobby;@called: tea;time\x1b\\")
        assert bob.end() == 0


def test_settings_that_make_no_sense_are_refused(address: str, tmp_path: Path) -> None:
    """Before anything else, with the place where they stand."""
    settings = tmp_path / "config" / "hubbub" / "chat.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("[notifications]\nbel = false\n")
    with piped(address, "--name", "ann") as ann:
        ann.see("chat.toml: notifications.bel is no setting.")
        assert ann.end() == 2


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_the_terminal_is_left_as_it_was(address: str, number: signal.Signals, code: int) -> None:
    """Whoever ends it in the middle of a line has a shell in which he sees what he types."""
    with terminal(*CHAT, "--plain", address, "--name", f"ended{code}") as ann:
        ann.see("You are in #lobby.")
        ann.type("half a li")
        ann.see("half a li")
        assert ann.end_by(number) == code
        assert ann.echoes


def test_it_goes_where_one_was_last(address: str) -> None:
    """Without a word, unless one has left that server."""
    with terminal(*CHAT, "--plain", address, "--name", "lasting") as ann:
        ann.see("You are lasting on")
        ann.type("/quit\r")
        ann.see_rest()
    with terminal(*CHAT, "--plain") as ann:
        ann.see("You are lasting on")
        ann.see("You are in #lobby.")
        ann.type("/disconnect\r")
        ann.see("You have left")
        ann.type("hello?\r")
        ann.see("You are on no server: /connect HOST goes to one.")
        ann.type(f"/connect {address}\r")
        ann.see("You are in #lobby.")


def test_an_invitation_opens_an_account(start_server: StartServer) -> None:
    """From its link: a name, a password, and one is in."""
    server = start_server()
    where = f"127.0.0.1:{server.address().port}"
    claim = next(line for line in server.printed if "/claim " in line).rpartition(" ")[2]
    with terminal(*CHAT, "--plain", where, "--name", "owner") as owner:
        owner.see("You are in #lobby.")
        owner.type(f"/register correct horse\r/claim {claim}\r/invitation new\r")
        owner.see("/invite/")
        code = owner.see("\r\n").strip()
    with terminal(*CHAT, "--plain", f"http://{where}/invite/{code}") as guest:
        guest.see("What do you want to be called?")
        guest.type("invited\r")
        guest.see("Choose a password")
        guest.type("correct horse\r")
        guest.see("You are invited on")
        guest.type("/whois invited\r")
        guest.see("has an account")


def test_who_comes_in_by_a_password_stays_logged_in(address: str) -> None:
    """It is asked for once, and not in later runs."""
    with terminal(*CHAT, "--plain", address, "--name", "stayer") as ann:
        ann.see("You are stayer on")
        ann.type("/register correct horse\r")
        ann.see("You stay logged in on this computer")
        ann.type("/logout\r")
        ann.see("guest")
        ann.type("/quit\r")
        ann.see_rest()
    with terminal(*CHAT, "--plain", address, "--name", "stayer") as ann:
        ann.see("Password of stayer:")
        ann.type("correct horse\r")
        ann.see("You stay logged in on this computer; /logout ends that.")
        ann.type("/quit\r")
        ann.see_rest()
    with terminal(*CHAT, "--plain", address) as ann:
        ann.see("You are stayer on")
        ann.type("/whois stayer\r")
        ann.see("has an account")


def test_without_a_server_one_is_told_what_can_be_done(address: str) -> None:
    """And goes to another one by the name that one has given."""
    with terminal(*CHAT, "--plain", "127.0.0.1:1", "--name", "lost") as ann:
        ann.see("No server at")
        ann.see("/connect HOST goes to another server. hubbub serve, in another window, starts one here.")
        ann.type(f"/connect {address}\r")
        ann.see("You are lost on")
    with piped("127.0.0.1:1", "--name", "lost") as pipe:
        assert pipe.see("No server at") == "No server at hubbub://127.0.0.1:1: Connection refused."
        assert pipe.end() == 3


def test_a_window_that_was_drawn_on_is_given_back(address: str) -> None:
    """Also where somebody ends the process."""
    with terminal(*CHAT, address, "--name", "drawer") as ann:
        ann.see("#lobby")
        assert ann.end_by(signal.SIGTERM) == 143
        assert "\x1b[?1049l" in ann.see_rest()
        assert ann.echoes


@pytest.mark.parametrize("manner", [(), ("--plain",)])
def test_a_terminal_that_is_gone_is_noticed(address: str, manner: tuple[str, ...]) -> None:
    """Also by whom no signal is sent, since the terminal is not his own."""
    ours, theirs = pty.openpty()
    command = [*CHAT, address, "--name", "drawer", *manner]
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, env=marked_environment()
    ) as client:
        os.close(theirs)
        seen = b""
        while b"#lobby" not in seen:
            seen += os.read(ours, 65_536)
        os.close(ours)
        assert client.wait(PATIENCE_SECONDS) in {0, 128 + signal.SIGHUP}


def test_several_servers_are_told_apart(address: str, start_server: StartServer) -> None:
    """By their names before those of the rooms; leaving one turns to the other."""
    other = f"127.0.0.1:{start_server().address().port}"
    with piped(address, "--name", "ann") as ann, piped(other, "--name", "bob") as bob:
        bob.see("You are in #lobby.")
        ann.see("You are in #lobby.")
        ann.write(f"/connect {other}")
        ann.see(f"You are in {other} #lobby.")
        bob.write("hello")
        assert ann.see("bob: hello") == f"{other} #lobby bob: hello"
        ann.write("hello yourself")
        bob.see("ann: hello yourself")
        ann.write("/disconnect")
        ann.see(f"You have left {other}.")
        ann.write("back home")
        assert ann.see("back home").endswith("ann: back home")
        assert ann.end() == 0
        assert bob.end() == 0
