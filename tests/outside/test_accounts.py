"""Accounts of a real server: they outlive its death, one name is one person's, and no secret is ever written down."""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.neighbours import Neighbours
from tests.outside.raw import Raw, without_stamps
from tests.outside.saying import words

PASSWORD: Final = words("battery staple")
"""Has the word in it that must stand in no log."""

CLAIM: Final = re.compile(r"/claim ([0-9A-Z-]{19})$")
CODE: Final = re.compile(rb"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b")
TOKEN: Final = re.compile(rb"\bhub_[0-9A-Z]+")

RACERS: Final = 20
LOG_INS: Final = 50


@pytest.fixture
def server(start_server: StartServer) -> ConfinedServer:
    """Start a server that hurries nobody."""
    return start_server("127.0.0.1:0=text", settings=UNHURRIED)


def claim_of(server: ConfinedServer) -> str | None:
    """Return the code that the server printed at its last start, or None."""
    last_start = server.printed[max(place for place, line in enumerate(server.printed) if line.startswith("Join ")) :]
    # In a line to type, and in a link to open.
    codes = {found[1] for line in last_start if (found := CLAIM.search(line))}
    assert len(codes) <= 1
    return codes.pop() if codes else None


def register(raw: Raw, name: str, code: str = "") -> None:
    """Open an account at the door, and wait until one is in."""
    raw.send(f"/register {name} {PASSWORD} {code}".rstrip().encode() + b"\n")
    raw.ping("registered")


def log_in(raw: Raw, name: str, password: str = PASSWORD) -> bytes:
    """Log in at the door, and return what was shown."""
    raw.send(f"/login {name} {password}\n".encode())
    return raw.ping("in")


def require_unwritten(data: Path, log: str, *secrets: str) -> None:
    """Fail where a secret stands in the log or, as it is, in anything the server has stored."""
    stored = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    for secret in secrets:
        for written in (secret, secret.replace("-", "")):
            assert written not in log
            assert written.encode() not in stored


def test_accounts_outlive_their_server(server: ConfinedServer, connect: Connect) -> None:
    """Killed in the middle of everything: names, rooms, blocks, tokens and what waits are there again."""
    ann, bob = connect(server.address("text")), connect(server.address("text"))
    register(ann, "ann")
    register(bob, "bob")
    ann.send(b"/join #tea\n/block bob silently\n/token new my bot\n")
    (token,) = TOKEN.findall(ann.ping("done"))
    bob.send(f"/password\n{PASSWORD}\n{PASSWORD} anew\n/msg ann {words('unheard')}\n".encode())
    bob.ping("done")
    server.kill()
    server.start()
    heard = without_stamps(log_in(connect(server.address("text")), "ann", token.decode()))
    assert "[SERVER] You are in #tea, nobody else is here yet." in heard
    assert not [line for line in heard if "unheard" in line], "she blocks him"
    bob = connect(server.address("text"))
    assert b"do not belong together" in bob.hear(b":\n") + log_until(bob, "bob", PASSWORD)
    bob.send(f"{PASSWORD} anew\n/list\n".encode())
    assert b"In #lobby (2): ann, bob" in bob.ping("listed")
    require_unwritten(server.data, server.log_text, token.decode(), PASSWORD)


def log_until(raw: Raw, name: str, password: str) -> bytes:
    """Try to log in, and return what was shown until the next question."""
    raw.send(f"/login {name} {password}\n".encode())
    return raw.hear(b"take another name.\n")


def test_the_claim_works_once(server: ConfinedServer, connect: Connect) -> None:
    """Each start prints another code until somebody has used one; then none is printed any more."""
    first = claim_of(server)
    server.restart()
    second = claim_of(server)
    assert first
    assert second
    assert first != second
    ann, bob = connect(server.address("text")), connect(server.address("text"))
    register(ann, "ann")
    ann.send(f"/claim {first}\n".encode())
    ann.hear(b"That code is not known here")
    ann.send(f"/claim {second}\n".encode())
    ann.hear(b"You are the owner of this server from now on.\n")
    register(bob, "bob")
    bob.send(f"/claim {second}\n".encode())
    bob.hear(b"That code is not known here")
    server.kill()
    server.start()
    assert claim_of(server) is None
    require_unwritten(server.data, server.log_text, first, second, PASSWORD)


def test_an_invitation_and_the_claim_at_a_closed_door(start_server: StartServer, connect: Connect) -> None:
    """Where only the invited come in, the owner comes in by the printed code, and everybody else by his."""
    server = start_server("127.0.0.1:0=text", settings={**UNHURRIED, "people.access": "invited"})
    claim = claim_of(server)
    assert claim
    ann, bob = connect(server.address("text")), connect(server.address("text"))
    register(ann, "ann", claim)
    ann.send(b"/invitation new 1 1d\n")
    invitation, linked = CODE.findall(ann.ping("made"))
    assert invitation == linked
    bob.send(f"/register bob {PASSWORD}\n".encode())
    bob.hear(b"Accounts are opened by invitation here")
    register(bob, "bob", invitation.decode().lower())
    eve = connect(server.address("text"))
    eve.send(f"/register eve {PASSWORD} {invitation.decode()}\n".encode())
    eve.hear(b"That code is not known here, is used up")
    require_unwritten(server.data, server.log_text, claim, invitation.decode(), PASSWORD)


def test_one_name_is_one_person_s(server: ConfinedServer, connect: Connect) -> None:
    """Of twenty who open an account of one name in the same moment exactly one gets it, and the others go on."""
    racers = [connect(server.address("text")) for _ in range(RACERS)]
    for raw in racers:
        raw.hear(b"username:\n")
    for raw in racers:
        raw.send(f"/register zoe {PASSWORD}\n".encode())
    answers = [raw.hear(b"\n") for raw in racers]
    won = [place for place, answer in enumerate(answers) if b"assigned the username 'zoe'" in answer]
    assert len(won) == 1
    for place, raw in enumerate(racers):
        if place not in won:
            assert re.search(rb"is already taken|belongs to an account", answers[place])
            raw.send(b"\n\n" + f"guest{place}\n".encode())
            raw.ping("in")
    heard = log_in(connect(server.address("text")), "zoe")
    assert b"assigned the username 'zoe'" in heard


def test_many_log_in_while_others_talk(start_server: StartServer, connect: Connect) -> None:
    """Fifty at once are all let in, as one person; their neighbours notice nothing of it.

    Otherwise one address may only try a few at once: that might be a guess each.
    """
    server = start_server("127.0.0.1:0=text", settings={**UNHURRIED, "limits.failed_logins_per_minute": "0"})
    neighbours = Neighbours(server.address("text"))
    register(connect(server.address("text")), "carol")
    people = [connect(server.address("text")) for _ in range(LOG_INS)]
    with neighbours.talking():
        for raw in people:
            raw.send(f"/login carol {PASSWORD}\n/ping in\n".encode())
        for raw in people:
            assert b"assigned the username 'carol'" in raw.hear(b"pong in\n")
    people[0].send(f"/msg carol {words('to myself')}\n".encode())
    for raw in people[1:]:
        assert words("to myself").encode() in raw.hear(b"to myself\n")
    neighbours.leave()
