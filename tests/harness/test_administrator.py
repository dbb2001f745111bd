"""A script's administrator is one, on a real server, before the scene begins; without one the server is nobody's."""

from pathlib import Path

import pytest

from tests.conftest import StartServer
from tests.harness.administrator import CLAIM, appoint, claim
from tests.harness.errors import DialogueError
from tests.harness.parse import parse
from tests.harness.play import Player
from tests.harness.server import ServerError
from tests.harness.stage import listeners_for, settings_for


def play(start_server: StartServer, text: str) -> None:
    """Play a script as every dialogue is played."""
    script = parse(text, Path("some.dialogue"))
    server = start_server(*listeners_for(script), settings=settings_for(script))
    appoint(script, server)
    Player(script, server).play()


def test_an_administrator_logs_in_by_arriving(start_server: StartServer) -> None:
    """By PASS or at the door of the text protocol; under another name he is a guest as others are."""
    play(
        start_server,
        """
        rule: Ann administers.
        administrator: ann
        ann: irc
        ---
        ann arrives
        ann says "MODE ann"
        ann hears "221 ann +iorw"
        ann leaves
        ann arrives as "anna"
        ann says "MODE anna"
        ann hears "221 anna +iw"
        """.replace("\n        ", "\n"),
    )


def test_an_administrator_on_netcat(start_server: StartServer) -> None:
    """What only administrators may is not refused."""
    play(
        start_server,
        """
        rule: Ann administers.
        administrator: ann
        ann: netcat
        ---
        ann arrives
        ann says "/admins hello"
        ann skips the rest
        ann says "/audit"
        ann hears at last the server say /ann/
        ann skips the rest
        """.replace("\n        ", "\n"),
    )


def test_nobody_administers_by_himself(start_server: StartServer) -> None:
    """Where a script names nobody, everybody is a guest."""
    with pytest.raises(DialogueError, match=r"expected 221 ann \+iorw\n +but was shown '221 ann \+iw'"):
        play(
            start_server,
            'rule: Ann talks.\nann: irc\n---\nann arrives\nann says "MODE ann"\nann hears "221 ann +iorw"\n',
        )


def test_a_server_is_claimed_once(start_server: StartServer) -> None:
    """Who owns it stays it over a restart, and no other code is printed."""
    server = start_server("127.0.0.1:0=text")
    claim(server, "ola", "text")
    server.printed.clear()
    server.restart()
    assert not [line for line in server.printed if CLAIM.search(line)]
    with pytest.raises(ServerError, match="no code to claim it"):
        claim(server, "ava", "text")
