"""IRC clients that people have: what their users see of a server, with every setting as it is by default."""

from pathlib import Path

import pytest

from tests.outside.conftest import Connect, StartServer
from tests.outside.saying import words
from tests.outside.terminal import terminal
from tests.seeds.client import Address


@pytest.fixture(scope="module")
def address(start_shared_server: StartServer) -> Address:
    """Start a server with its one port, as it is by default."""
    return start_shared_server("127.0.0.1:0").address()


def test_irssi_is_at_home(address: Address, connect: Connect, tmp_path: Path) -> None:
    """It joins, talks with somebody on netcat, is told that he takes no more of it, and leaves."""
    bob, carol = (connect(address, name) for name in (b"bob\n", b"carol\n"))
    for one in (bob, carol):
        one.ping("in")
    with terminal("irssi", f"--home={tmp_path}", "--nick=ivy") as window:
        window.see(" The following settings were initialized")
        # Nothing about the server: by itself it waits two seconds between two lines, once it has sent five.
        window.type("/set cmd_queue_speed 1msec\r")
        window.type(f"/connect 127.0.0.1 {address.port}\r")
        window.see("Welcome to hubbub, ivy")
        window.type("/join #lobby\r")
        window.see("has joined")
        bob.hear(b"User 'ivy' has joined the chat.\n")
        window.type(f"{words('grüß dich')}\r")
        bob.hear(f"[ivy] {words('grüß dich')}\n".encode())
        bob.send(f"{words('hello ivy')}\n/me waves\n".encode())
        window.see(words("hello ivy"))
        window.see(" waves")
        window.type("/me waves back\r")
        bob.hear(b"* ivy waves back\n")

        window.type("/query bob\r")
        window.see("Starting query")
        window.type(f"{words('in private')}\r")
        bob.hear(f"[PRIVATE FROM ivy] {words('in private')}\n".encode())
        bob.send(b"/block ivy\n")
        bob.ping("blocked")
        window.type(f"{words('are you there?')}\r")
        window.see("does not take messages from you")
        assert b"are you there?" not in bob.ping("refused")

        window.type("/quit good night\r")
        carol.hear(b"User 'ivy' has left the chat. Reason: good night\n")
        window.see_rest()


def test_weechat_is_at_home(address: Address, connect: Connect, tmp_path: Path) -> None:
    """It joins with its capabilities, talks in a channel and in private, is told that it is blocked, and leaves."""
    bert, cora = (connect(address, name) for name in (b"bert\n", b"cora\n"))
    for one in (bert, cora):
        one.ping("in")
    # Nothing about the server: by itself it waits two seconds between two lines.
    unhurried = "-anti_flood_prio_high=0 -anti_flood_prio_low=0"
    commands = (
        f"/server add hub 127.0.0.1/{address.port} -nicks=wanda -autojoin=#lobby {unhurried}",
        "/connect hub",
    )
    with terminal("weechat", "--dir", str(tmp_path), *(f"--run-command={command}" for command in commands)) as window:
        cora.hear(b"User 'wanda' has joined the chat.\n")
        # Every line waits for what comes of the one before: two at once would be taken for a paste.
        window.see("Channel ")
        window.type(f"{words('grüß dich')}\r")
        bert.hear(f"[wanda] {words('grüß dich')}\n".encode())
        bert.send(f"{words('hello wanda')}\n".encode())
        window.see(words("hello wanda"))
        window.type("/me waves\r")
        bert.hear(b"* wanda waves\n")
        window.type(f"/query bert {words('in private')}\r")
        bert.hear(f"[PRIVATE FROM wanda] {words('in private')}\n".encode())
        bert.send(b"/block wanda\n")
        bert.ping("blocked")
        window.type(f"{words('are you there?')}\r")
        window.see(words("are you there?"))
        # It shows what it has no place for among the words of the server.
        window.type("/buffer hub\r")
        window.see("does not take messages from you")
        assert b"are you there?" not in bert.ping("refused")
        window.type("/quit good night\r")
        cora.hear(b"User 'wanda' has left the chat. Reason: good night\n")
        window.see_rest()
