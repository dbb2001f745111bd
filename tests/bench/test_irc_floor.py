"""The floor's IRC: what it says is what hubbub says, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.contenders import the_floor
from bench.crowd import Crowd, Member
from bench.irc_floor import cut
from bench.tongues import HOST, IRC

SIZE = 20
"""Of a line, here; no name is longer."""


@pytest.fixture
def crowd(tmp_path: Path) -> Iterator[Crowd]:
    """Give a crowd that can connect to a floor that speaks IRC."""
    launch = the_floor().launch(tmp_path, "test")
    with launch.started(announces=False, spoken="irc") as server, Crowd(server.address, IRC) as crowd:
        yield crowd


def listen(member: Member) -> list[bytes]:
    """Return where what a member reads from now on is noted."""
    chunks: list[bytes] = []
    member.listener = chunks.append
    return chunks


def await_end(crowd: Crowd, chunks: list[bytes], end: bytes) -> list[str]:
    """Return the lines that were noted, when the last one ends like that."""
    crowd.pump_until(lambda: b"".join(chunks).endswith(end + b"\r\n"), lambda: repr(end))
    return b"".join(chunks).decode().splitlines()


def test_a_channel(crowd: Crowd) -> None:
    """Who comes is told to those who are there, and who is there to him; what he says goes to all but himself."""
    ann, bob = crowd.admit(2, at_once=1, words=IRC.enter)
    crowd.barrier([ann, bob])
    host = HOST.decode()
    heard, own = listen(ann), listen(bob)
    crowd.send(bob, b"PART #lobby\r\nJOIN #lobby\r\nPRIVMSG #lobby :hello, you\r\nNAMES #lobby\r\nPING end\r\n")
    assert await_end(crowd, heard, b"hello, you") == [
        f":{bob.name}!~u@{host} PART #lobby",
        f":{bob.name}!~u@{host} JOIN #lobby",
        f":{bob.name}!~u@{host} PRIVMSG #lobby :hello, you",
    ]
    names = [f":hubbub.local 353 {bob.name} = #lobby :{ann.name} {bob.name}"]
    names += [f":hubbub.local 366 {bob.name} #lobby :End of the list"]
    assert await_end(crowd, own, b"end") == [
        f":{bob.name}!~u@{host} PART #lobby",
        f":{bob.name}!~u@{host} JOIN #lobby",
        *names,
        *names,
        ":hubbub.local PONG hubbub.local :end",
    ]


@given(st.lists(st.binary(min_size=1, max_size=SIZE).map(lambda name: name.replace(b" ", b"_")), min_size=1))
def test_names_are_cut_between_names(names: list[bytes]) -> None:
    """No line is too long, and all of them together are what was there."""
    lines = list(cut(b" ".join(names), SIZE))
    assert all(len(line) <= SIZE for line in lines)
    assert b" ".join(lines) == b" ".join(names)
