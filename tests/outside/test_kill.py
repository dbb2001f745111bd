"""`kill -9` at any moment: what was acknowledged or shown to anybody is there after the restart, once and in order."""

from typing import Final

import pytest

from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.crowd import Crowd
from tests.outside.history import said_in_lobby

PEOPLE: Final = 20
MESSAGES: Final = 250
"""Each; five thousand in all."""

PER_BREATH: Final = 10
"""Messages before the next question."""


@pytest.fixture
def server(start_server: StartServer) -> ConfinedServer:
    """Start a server that takes everything as fast as it can."""
    return start_server("127.0.0.1:0=text", settings=UNHURRIED)


def test_nothing_acknowledged_or_shown_is_lost(server: ConfinedServer) -> None:
    """Twenty people pipeline 5 000 messages, again and again, and each time the server is killed at another moment."""
    for share in (0.0, 0.1, 0.5, 0.9):
        with Crowd(server.address("text"), PEOPLE, f"until {share}", MESSAGES, PER_BREATH) as crowd:
            crowd.talk_until_sent(share)
            server.kill()
            crowd.talk_until_gone()
            server.start()
            crowd.require_truth(said_in_lobby(server.data))
            assert not crowd.is_done, "it was killed in the middle"


def test_nothing_is_lost_when_nobody_is_killed(server: ConfinedServer) -> None:
    """The same without a kill, to be sure of what is compared: everything is answered, kept and shown to everybody."""
    with Crowd(server.address("text"), PEOPLE, "all", MESSAGES, PER_BREATH) as crowd:
        crowd.talk_until_shown(PEOPLE * MESSAGES * (PEOPLE - 1))
        crowd.talk_until_answered(PEOPLE * MESSAGES)
        crowd.require_truth(said_in_lobby(server.data))
        assert all(speaker.kept == speaker.said for speaker in crowd.speakers)


def test_joins_and_departures_survive_as_well(server: ConfinedServer, connect: Connect) -> None:
    """Killed while people come and go, a server starts with rooms in which nobody is, and takes them in again."""
    for _ in range(3):
        people = [connect(server.address("text"), f"p{number}\n".encode()) for number in range(PEOPLE)]
        for number, one in enumerate(people):
            one.send(f"/join #room-{number % 3}\n/nick q{number}\n/leave\n/join #room-1\n".encode())
        people[0].ping("first")
        server.kill()
        for one in people:
            one.hear_rest()
        server.start()
        said_in_lobby(server.data)
    heard = connect(server.address("text"), b"p0\n/list\n/join #room-1\n/list\n").ping("listed")
    assert b"In #lobby (1): p0" in heard
    assert b"In #room-1 (1): p0" in heard
