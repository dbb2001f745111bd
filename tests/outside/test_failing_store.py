"""A store that fails now and then: senders are told, reading goes on, and it recovers by itself."""

import random
import resource
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import pytest

from hubbub.stores.sql import DATABASE_FILE
from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.crowd import Crowd
from tests.outside.history import said_in_lobby
from tests.outside.raw import Raw, without_stamps
from tests.outside.saying import words
from tests.outside.waiting import eventually

TRY_AGAIN: Final = "The server cannot store anything at the moment"

TINY_BYTES: Final = 512
"""A size that every write to the database goes beyond; the logs, too: they are lost meanwhile."""

DISK_BYTES: Final = 2_097_152
"""Size of a disk that is soon full."""

PEOPLE: Final = 20
MESSAGES: Final = 100


@pytest.fixture
def server(start_server: StartServer) -> ConfinedServer:
    """Start a server that takes everything as fast as it can."""
    return start_server("127.0.0.1:0=text", settings=UNHURRIED)


@contextmanager
def no_room_for_files(server: ConfinedServer) -> Iterator[None]:
    """Let nearly every write of the server fail, with an error of the system (setrlimit(2), RLIMIT_FSIZE)."""
    before = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (TINY_BYTES, before[1]))
    try:
        yield
    finally:
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, before)


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Hold the database as a backup program would that takes its time."""
    other = sqlite3.connect(database, isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")
    finally:
        other.close()


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Put a disk of `DISK_BYTES` into a folder, or skip the test where this user may not."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    try:
        yield
    finally:
        # Lazily: a server that still runs because the test failed is stopped later.
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Fill a disk up to its last byte."""
    junk = folder / "junk"
    with junk.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(TINY_BYTES))
    try:
        yield
    finally:
        junk.unlink()


def test_what_fails_is_refused_and_nothing_else(server: ConfinedServer) -> None:
    """While the store fails again and again, each message is either refused, or kept and shown: never both."""
    chance = random.Random(4242)
    with Crowd(server.address("text"), PEOPLE, "failing", MESSAGES, 1) as crowd:
        answered = 0
        while not crowd.is_done:
            with no_room_for_files(server):
                answered += chance.randrange(1, 100)
                crowd.talk_until_answered(min(answered, PEOPLE * MESSAGES))
            answered += chance.randrange(1, 100)
            crowd.talk_until_answered(min(answered, PEOPLE * MESSAGES))
        stored = said_in_lobby(server.data)
        crowd.talk_until_shown(len(stored) * (PEOPLE - 1))
        crowd.require_truth(stored)
        kept, refused = (
            sum(map(len, lists)) for lists in zip(*((s.kept, s.refused) for s in crowd.speakers), strict=True)
        )
        assert kept == len(stored)
        assert refused > 0
        assert kept + refused == PEOPLE * MESSAGES


def test_a_locked_database_is_waited_for_and_told(server: ConfinedServer, connect: Connect) -> None:
    """While another program holds it, senders are refused and told once why; everything else goes on meanwhile."""
    ann = connect(server.address("text"), b"ann\n")
    bob = connect(server.address("text"), b"bob\n")
    for number in range(100):
        ann.send(f"{words(number)}\n".encode())
    ann.ping("said")
    bob.ping("heard")
    with locked(server.data / DATABASE_FILE):
        ann.send(f"{words('lost')}\n/ping lost\n".encode())
        bob.send(b"/list\n/help\n/history 100\n/topic\n/rooms\n/blocks\n")
        heard = without_stamps(bob.ping("read"))
        assert "[SERVER] In #lobby (2): ann, bob" in heard
        assert [line for line in heard if line.startswith("#")] == [
            f"#{number} [ann] {words(number - 1)}" for number in range(1, 101)
        ]
        assert TRY_AGAIN.encode() in ann.hear(b"pong lost\n")
    ann.send(f"{words('found')}\n".encode())
    ann.ping("recovered")
    assert without_stamps(bob.ping("now")) == [f"[ann] {words('found')}", "[SERVER] pong now"]
    events = [entry["event"] for entry in server.logs]
    assert (events.count("store.unavailable"), events.count("store.recovered")) == (1, 1)


def test_a_full_disk_is_told_and_recovers(start_server: StartServer, connect: Connect, tmp_path: Path) -> None:
    """When the disk is full, senders are told and readers go on; with room on it, everything works again."""
    folder = tmp_path / "server-1"
    with small_disk(folder):
        server = start_server("127.0.0.1:0=text", settings=UNHURRIED)
        ann = connect(server.address("text"), b"ann\n")
        ann.send("".join(f"{words(number)}\n" for number in range(100)).encode())
        ann.ping("said")
        bob = connect(server.address("text"), b"bob\n")
        bob.ping("in")
        with filled(folder):
            refuse_until_full(ann)
            bob.ping("heard")
            ann.send(f"{words('lost')}\n".encode())
            assert TRY_AGAIN.encode() in ann.ping("refused")
            bob.send(b"/list\n/history 500\n")
            heard = without_stamps(bob.ping("read"))
            assert "[SERVER] In #lobby (2): ann, bob" in heard
            assert f"#100 [ann] {words(99)}" in heard
            assert not [line for line in heard if words("lost") in line]
        ann.send(f"{words('found')}\n".encode())
        assert TRY_AGAIN.encode() not in ann.ping("recovered")
        assert without_stamps(bob.ping("now")) == [f"[ann] {words('found')}", "[SERVER] pong now"]
        server.restart()
        kept = [text for _, text in said_in_lobby(server.data)]
        assert kept[:100] == [words(number) for number in range(100)]
        assert kept[-1] == words("found")
        assert words("lost") not in kept
        assert server.stop() == 0


def refuse_until_full(speaker: Raw) -> None:
    """Say long things until one is refused: the files have some room in themselves."""
    for number in range(1_000):
        speaker.send(f"{words('long ' * 2_000)}\n".encode())
        if TRY_AGAIN.encode() in speaker.ping(f"long-{number}"):
            return
    raise AssertionError("the disk is not full")


def test_who_comes_while_the_disk_is_full_gets_in_later(server: ConfinedServer, connect: Connect) -> None:
    """A newcomer who cannot be let into the lobby is told, may look around, and is let in when it works again."""
    connect(server.address("text"), b"ann\n").ping("in")
    with no_room_for_files(server):
        newcomer = connect(server.address("text"), b"newcomer\n/rooms\n")
        heard = newcomer.ping("there")
        assert b"cannot let you in just yet; please wait" in heard
        assert b"#lobby" in heard
    newcomer.hear(b"You are in #lobby, with ann.")
    newcomer.send(b"/list\n")
    assert b"In #lobby (2): ann, newcomer" in newcomer.ping("in")


def test_departures_that_could_not_be_stored_leave_no_ghosts(server: ConfinedServer, connect: Connect) -> None:
    """Who leaves while the store fails is gone for the others when it works again."""
    people = [connect(server.address("text"), f"p{number}\n".encode()) for number in range(PEOPLE)]
    for one in people:
        one.ping("in")
    watch = people.pop()

    def ask(question: str) -> bytes:
        watch.send(f"{question}\n".encode())
        return watch.ping("asked")

    with no_room_for_files(server):
        for one in people:
            one.close()
        names = ",".join(f"p{number}" for number in range(len(people)))
        eventually(lambda: ask(f"/msg {names} {words('still there?')}").count(b"not found") == len(people))
        assert TRY_AGAIN.encode() in ask(words("lost"))
    eventually(lambda: b"In #lobby (1):" in ask("/list"))
