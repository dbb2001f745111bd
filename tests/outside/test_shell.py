"""The shell: what is said from scripts arrives, what cannot is told, and exit codes say which it was."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.harness.server import Server
from tests.outside.conftest import StartServer
from tests.outside.raw import Raw
from tests.outside.shell import COMMAND, Shell, in_environment
from tests.outside.terminal import Terminal


@pytest.fixture(scope="module")
def server(start_shared_server: StartServer) -> Server:
    """Start a server for all tests of the module."""
    return start_shared_server(settings={"limits.enabled": "false"})


@pytest.fixture
def shell(server: Server, tmp_path: Path) -> Shell:
    """Give somebody who has used nothing yet a shell."""
    return Shell(tmp_path, f"127.0.0.1:{server.address().port}")


@pytest.fixture
def ann(server: Server) -> Iterator[Raw]:
    """Let Ann be in the lobby, with netcat."""
    there = Raw(server.address())
    there.send(b"/nick ann\n")
    there.ping("in")
    yield there
    there.close()


def test_a_message_goes_to_a_room(shell: Shell, ann: Raw) -> None:
    """Everybody there reads it, from whoever the system says one is."""
    answer = shell.run("send", "#lobby", "hello, world")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith("#lobby: delivered ")
    assert "[someone] hello, world" in ann.hear(b"hello, world\n").decode()


def test_people_have_an_outcome_each(shell: Shell, ann: Raw) -> None:
    """Good ones on standard output, others on standard error, and one bad one is enough for exit code 1."""
    answer = shell.run("send", "ann, nobody,#nowhere", "lunch?", "--name", "bob")
    assert answer.returncode == 1
    assert answer.stdout.startswith("ann: delivered ")
    assert answer.stderr.splitlines() == [
        "#nowhere: unknown: Nobody is in #nowhere now. --create makes it all the same.",
        "nobody: unknown: nobody is called so; rooms are written '#room'",
    ]
    assert "[PRIVATE FROM bob] lunch?" in ann.hear(b"lunch?\n").decode()
    assert shell.run("login", "--name", "pest", "--register", given="correct horse\n").returncode == 0
    ann.send(b"/block pest\n")
    ann.ping("blocked")
    refused = shell.run("send", "@ann", "please")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "ann: refused: takes no messages from you\n"


def test_what_a_program_prints_is_said_as_code(shell: Shell, ann: Raw) -> None:
    """Without its colours, and as much as it takes in several messages."""
    output = "\n".join(["\x1b[31merror:\x1b[0m it broke", *(f"line {number} {'x' * 60}" for number in range(600))])
    answer = shell.run("send", "#lobby", "--code", "--json", given=output)
    outcome = json.loads(answer.stdout)
    assert outcome["status"] == "delivered"
    assert len(outcome["messages"]) > 2
    heard = ann.hear(b"line 599").decode()
    assert "error: it broke" in heard
    assert "\x1b" not in heard
    assert "[31m" not in heard


def test_bytes_that_are_no_text_are_said_as_well_as_they_can_be(shell: Shell, ann: Raw) -> None:
    """A compiler's output in another encoding must not be what stops the pipe."""
    assert shell.run("send", "#lobby", "-", given=b"caf\xe9 end\n").returncode == 0
    assert "caf\ufffd end" in ann.hear(b" end\n").decode()


def test_a_message_can_be_answered(shell: Shell, ann: Raw) -> None:
    """By the id that sending and history show."""
    message = shell.run("send", "#lobby", "tea?").stdout.split()[-1]
    assert shell.run("send", "#lobby", "sure", "--reply-to", message).returncode == 0
    assert "sure" in ann.hear(b"sure\n").decode()
    wrong = shell.run("send", "#lobby", "sure", "--reply-to", "4-999999")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "no such message" in wrong.stderr


@pytest.mark.parametrize("command", [["send", "#lobby", "x"], ["tail"], ["login"]])
def test_no_connection(shell: Shell, command: list[str]) -> None:
    """Exit code 3, and a sentence that names the server."""
    answer = (
        shell.run(*command, "--server", "127.0.0.1:1") if command != ["login"] else shell.run("login", "127.0.0.1:1")
    )
    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr == (
        "No server at hubbub://127.0.0.1:1: Connection refused. Start one with `hubbub serve`, or name another one.\n"
    )


def test_what_is_said_is_shown_as_it_is_said(shell: Shell, ann: Raw) -> None:
    """With what was said before, each once; as lines for people, and as JSON for programs."""
    ann.send(b"before\n")
    ann.ping("said")
    with shell.start("tail", "#lobby", "--since", "1h", "--json") as program, shell.start("tail", "#lobby") as people:
        # Both are in before anything else is said.
        ann.hear(b"has joined")
        ann.hear(b"has joined")
        ann.send(b"after\n")
        events: list[dict[str, Any]] = []
        while not events or events[-1]["event"].get("text") != "after":
            events.append(json.loads(program.read_line()))
        texts = [event["event"]["text"] for event in events if event["event"]["type"] == "said"]
        assert texts.count("before") == texts.count("after") == 1
        assert (events[-1]["room"], events[-1]["event"]["name"]) == ("#lobby", "ann")
        while not people.read_line().endswith("ann: after"):
            pass
        for tail in (program, people):
            tail.interrupt()
            assert tail.wait() == (130, "")


def test_to_look_is_not_to_come(shell: Shell, ann: Raw) -> None:
    """Who asks who and what is there, or says something elsewhere, is neither heard coming into the lobby nor going."""
    ann.ping("settled")
    assert "ann" in shell.run("who").stdout.splitlines()
    assert "#lobby" in shell.run("rooms").stdout
    assert shell.run("who", "ann").returncode == 0
    assert shell.run("send", "ann", "psst").returncode == 0
    heard = ann.hear(b"psst\n") + ann.ping("afterwards")
    assert "the chat" not in heard.decode()


def test_whoever_has_read_enough_ends_it(shell: Shell, ann: Raw) -> None:
    """`hubbub history … | head -1` is no mistake of anybody's."""
    for number in range(300):
        ann.send(f"{number} {'x' * 1_000}\n".encode())
    ann.ping("said")
    with shell.start("history", "#lobby", "-n", "400") as program:
        program.read_line()
        program.stop_reading()
        assert program.wait() == (0, "")


def test_history_search_rooms_and_people(shell: Shell, ann: Raw) -> None:
    """What is asked from the shell is answered in lines, the oldest message first."""
    ann.send(b"/join #birds\nthe pelican\nand the heron\n")
    ann.ping("said")
    lines = shell.run("history", "#birds").stdout.splitlines()
    assert [line.split(maxsplit=2)[2] for line in lines] == ["ann: the pelican", "ann: and the heron"]
    last = lines[-1].split()[1]
    assert shell.run("history", "#birds", "--before", last).stdout.splitlines() == lines[:1]
    assert shell.run("history", "#birds", "-n", "1").stdout.splitlines() == lines[1:]
    assert shell.run("history", "#nowhere").returncode == 1
    assert shell.run("servers").stderr == "No server is remembered. `hubbub login SERVER` remembers one.\n"
    assert "#birds  1" in shell.run("rooms").stdout
    assert shell.run("who", "#birds").stdout.splitlines() == ["ann", "someone"]
    assert shell.run("who", "ann").stdout.startswith("ann  here")
    assert shell.run("who", "nobody").returncode == 1
    shell.run("send", "#lobby", "a cormorant")
    found = json.loads(shell.run("search", "cormorant", "--json").stdout)
    assert (found["event"]["text"], found["spans"]) == ("a cormorant", [[2, 11]])
    missing = shell.run("search", "albatross")
    assert (missing.returncode, missing.stdout, missing.stderr) == (1, "", "Nothing in your rooms is like this.\n")


def test_a_log_in_is_remembered_and_taken_back(shell: Shell, ann: Raw, tmp_path: Path) -> None:
    """Later commands are those of whoever has the account; the password is kept nowhere, and the token by the owner."""
    assert shell.run("login", "--name", "acc", "--register", given="correct horse\n").stdout.startswith(
        "You are acc on "
    )
    file = tmp_path / "config" / "hubbub" / "servers.toml"
    kept = file.read_text()
    assert "hub_" in kept
    assert "horse" not in kept
    assert file.stat().st_mode & 0o777 == 0o600
    assert shell.run("send", "#lobby", "as acc").returncode == 0
    assert "[acc] as acc" in ann.hear(b"as acc\n").decode()
    shell.run("send", "#lobby", "as a guest", "--name", "guest")
    assert "[guest] as a guest" in ann.hear(b"as a guest\n").decode()
    shown = shell.run("servers")
    assert shown.stdout.startswith("* hubbub://127.0.0.1:")
    assert shown.stdout.endswith("as acc\n")
    assert "hub_" not in shown.stdout + shell.run("servers", "--json").stdout
    assert shell.run("logout").returncode == 0
    assert "hub_" not in file.read_text()
    assert shell.run("logout").returncode == 1
    file.write_text(kept)
    worthless = shell.run("send", "#lobby", "x")
    assert worthless.returncode == 1
    assert shell.run("login", "--name", "acc", given="wrong\n").returncode == 1


def test_the_default_server_is_the_last_one_logged_in_to(server: Server, tmp_path: Path) -> None:
    """Unless an option or the environment names another one."""
    address = f"127.0.0.1:{server.address().port}"
    plain = Shell(tmp_path, "")
    assert plain.run("login", address, "--name", "deflt", "--register", given="correct horse\n").returncode == 0
    assert plain.run("send", "#lobby", "x").returncode == 0
    assert Shell(tmp_path, "127.0.0.1:1").run("send", "#lobby", "x").returncode == 3
    assert plain.run("servers", "--forget", address).returncode == 0
    assert plain.run("servers").stdout == ""
    assert plain.run("servers", "--forget", address).returncode == 1
    assert plain.run("servers", "--default", "chat.example").returncode == 0
    assert plain.run("servers").stdout == "* hubbub://chat.example:4242\n"


def test_a_certificate_is_trusted_at_first_and_never_silently_another(
    shell: Shell, server: Server, start_server: StartServer, tmp_path: Path
) -> None:
    """Its fingerprint is shown and remembered; when it changes nothing is sent, and it is said loudly."""
    endpoint = f"hubbubs://127.0.0.1:{server.address().port}"
    first = shell.run("send", "#lobby", "x", "--server", endpoint)
    assert first.returncode == 0
    assert "fingerprint" in first.stderr
    second = shell.run("send", "#lobby", "x", "--server", endpoint)
    assert (second.returncode, second.stderr) == (0, "")
    file = tmp_path / "config" / "hubbub" / "servers.toml"
    other = start_server()
    file.write_text(file.read_text().replace(str(server.address().port), str(other.address().port)))
    changed = shell.run("send", "#lobby", "x", "--server", f"hubbubs://127.0.0.1:{other.address().port}")
    assert (changed.returncode, changed.stdout) == (3, "")
    assert "CERTIFICATE OF THIS SERVER HAS CHANGED" in changed.stderr
    assert "hubbub servers --forget" in changed.stderr


def test_nothing_that_others_say_controls_a_terminal(shell: Shell, server: Server) -> None:
    """In a terminal there are colours, and they are ours; further lines are indented."""
    shell.run("send", "#lobby", "a\x9b2Jb\nc", "--name", "evil")
    environment = dict(shell.environment) | {"TERM": "xterm"}
    window = Terminal(in_environment([*COMMAND, "history", "#lobby", "-n", "1"], environment))
    try:
        shown = window.see_rest()
    finally:
        window.close()
    assert "\x1b[1mevil\x1b[0m: a2Jb\r\n    c" in shown
    assert "\x9b" not in shown
    plain = Terminal(in_environment([*COMMAND, "history", "#lobby", "-n", "1"], environment | {"NO_COLOR": "1"}))
    try:
        assert "\x1b" not in plain.see_rest()
    finally:
        plain.close()
    del server


def test_a_password_is_asked_for_in_a_terminal(shell: Shell) -> None:
    """Twice when it is new, and never shown."""
    window = Terminal(in_environment([*COMMAND, "login", "--name", "typist", "--register"], shell.environment))
    try:
        window.see("Password: ")
        window.type("correct horse\r")
        window.see("Repeat for confirmation: ")
        window.type("correct horse\r")
        shown = window.see_rest()
    finally:
        window.close()
    assert "You are typist on" in shown
    assert "horse" not in shown


def test_files_are_sent_and_their_links_work(shell: Shell, ann: Raw, tmp_path: Path) -> None:
    """With a text, from a file or a pipe, and for whoever only wants a link."""
    log = tmp_path / "build.log"
    log.write_text("it broke\n")
    answer = shell.run("send", "#lobby", "see here", "--file", str(log), "--json")
    assert (answer.returncode, answer.stderr) == (0, "")
    heard = ann.hear(b"/f/").decode()
    assert "see here" in heard
    assert "build.log" in heard
    piped = shell.run("upload", "-", "--to", "#lobby", given="through a pipe\n")
    assert (piped.returncode, piped.stderr) == (0, "")
    shown = shell.run("history", "#lobby", "-n", "2").stdout.splitlines()
    assert shown[1].startswith("    build.log, 9 bytes: http://127.0.0.1:")
    assert shown[3] == f"    stdin.txt, 15 bytes: {piped.stdout.strip()}"
    own = shell.run("upload", str(log))
    assert httpx.get(own.stdout.strip(), trust_env=False).content == b"it broke\n"
    missing = shell.run("send", "#lobby", "x", "--file", str(tmp_path / "missing"))
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "No such file" in missing.stderr
    empty = tmp_path / "empty"
    empty.touch()
    assert shell.run("upload", str(empty), str(log)).returncode == 1


def test_progress_is_shown_in_a_terminal(shell: Shell, tmp_path: Path) -> None:
    """And only there."""
    file = tmp_path / "large.bin"
    file.write_bytes(bytes(3_000_000))
    window = Terminal(in_environment([*COMMAND, "upload", str(file)], dict(shell.environment) | {"TERM": "xterm"}))
    try:
        shown = window.see_rest()
    finally:
        window.close()
    assert "large.bin" in shown
    assert "100%" in shown
    assert "/f/" in shown
