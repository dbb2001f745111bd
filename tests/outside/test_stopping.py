"""Stopping: nobody new, everybody told, what was accepted finished, and gone within a bounded time."""

import signal
from datetime import datetime, timedelta

import pytest

from hubbub.stores.sql import DATABASE_FILE
from tests.harness.actor import CLIENTS, Actor
from tests.harness.script import Kind
from tests.harness.stage import PROTOCOLS
from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.history import said_in_lobby
from tests.outside.raw import Raw, without_stamps
from tests.outside.saying import words
from tests.outside.test_failing_store import locked
from tests.seeds.screen import End

STOPS = (signal.SIGTERM, signal.SIGINT)


@pytest.mark.parametrize("number", STOPS, ids=lambda number: number.name)
def test_everyone_is_told_in_his_own_way(number: signal.Signals, server: ConfinedServer) -> None:
    """Each kind of client hears a sentence it can show and is disconnected in order; the exit code is 0."""
    kinds: list[Kind] = list(CLIENTS)
    actors = [Actor(f"{kind}-person", kind) for kind in kinds]
    try:
        for actor in actors:
            actor.arrive(server.address(PROTOCOLS[actor.kind]))
        assert server.stop(number) == 0
        for actor in actors:
            ending = actor.client.screen.wait_for_ending(20)
            assert ending.how is End.DISCONNECTED, f"{actor.kind} {ending.how.value}: {ending.why}"
            assert "stopping" in actor.unheard()[-1], actor.kind
    finally:
        for actor in actors:
            if actor.entered:
                actor.leave(vanishing=False)


def test_what_was_sent_before_is_stored_and_answered(server: ConfinedServer, connect: Connect) -> None:
    """A thousand messages that the server has read when it is told to stop are kept, and shown to the others."""
    ann = connect(server.address("text"), b"ann\n")
    bob = connect(server.address("text"), b"bob\n")
    ann.ping("in")
    bob.ping("in")
    texts = [words(number) for number in range(1_000)]
    ann.send("".join(text + "\n" for text in texts).encode())
    # The first one is heard when all are read: they lie in the same few segments.
    bob.hear(texts[0].encode())
    assert server.stop() == 0
    ann.hear_rest()
    heard = [line for line in without_stamps(bob.hear_rest()) if line.startswith("[ann]")]
    kept = [text for _, text in said_in_lobby(server.data)]
    assert heard == [f"[ann] {text}" for text in kept[1:]]
    assert kept == texts[: len(kept)]


def test_who_was_slowed_down_is_answered_first(start_server: StartServer, connect: Connect) -> None:
    """What was read from somebody who is served slowly is kept, shown and answered before anybody's farewell."""
    server = start_server("127.0.0.1:0=text", settings={"limits.burst": "5", "limits.commands_per_second": "1"})
    bob = connect(server.address("text"), b"bob\n")
    bob.hear(b"You are in #lobby")
    flood = connect(server.address("text"), b"flood\n")
    flood.hear(b"You are in #lobby")
    texts = [words(number) for number in range(100)]
    flood.send("".join(f"{text}\n" for text in [*texts, "/ping end"]).encode())
    flood.hear(b"very fast")
    assert server.stop() == 0
    assert [text for _, text in said_in_lobby(server.data)] == texts
    told = without_stamps(flood.hear_rest())
    assert "[SERVER] pong end" in told
    assert "The server is stopping" in told[-1]
    heard = without_stamps(bob.hear_rest())
    assert [line for line in heard if line.startswith("[flood]")] == [f"[flood] {text}" for text in texts]
    assert "The server is stopping" in heard[-1]
    reasons = {entry["name"]: entry["reason"] for entry in server.logs if entry["event"] == "connection.closed"}
    assert reasons == {"bob": "stopping", "flood": "stopping"}


def test_a_locked_database_delays_it_only_so_long(start_server: StartServer, connect: Connect) -> None:
    """Who reads is told goodbye, though what he has asked cannot be answered in time; the exit code is 0."""
    server = start_server("127.0.0.1:0=text", settings={**UNHURRIED, "limits.stop_seconds": "0.2"})
    ann = connect(server.address("text"), b"ann\n")
    ann.ping("in")
    with locked(server.data / DATABASE_FILE):
        ann.send(f"{words('lost')}\n".encode())
        bob = connect(server.address("text"), b"/ping there\n")
        bob.hear(b"pong there\n")
        server.send_signal(signal.SIGTERM)
        assert "The server is stopping" in without_stamps(ann.hear_rest())[-1]
    assert server.wait() == 0


def test_all_of_it_has_one_deadline(start_server: StartServer, connect: Connect) -> None:
    """People first, then the store: together they may take `limits.stop_seconds`, and not each of them."""
    server = start_server("127.0.0.1:0=text", settings={**UNHURRIED, "limits.stop_seconds": "4"})
    ann = connect(server.address("text"), b"ann\n")
    ann.ping("in")
    with locked(server.data / DATABASE_FILE):
        ann.send(f"{words('lost')}\n".encode())
        bob = connect(server.address("text"), b"/ping there\n")
        bob.hear(b"pong there\n")
        server.send_signal(signal.SIGTERM)
        assert server.wait() == 0
    moments = {entry["event"]: datetime.fromisoformat(str(entry["timestamp"])) for entry in server.logs}
    assert moments["server.stopped"] - moments["server.stopping"] < timedelta(seconds=6)


def test_a_client_that_does_not_read_delays_it_only_so_long(start_server: StartServer, connect: Connect) -> None:
    """After `limits.stop_seconds` whoever still has not read is dropped, and the exit code is 0 all the same."""
    server = start_server(settings={**UNHURRIED, "limits.stop_seconds": "0.2", "limits.outbox_bytes": "0"})
    deaf = connect(server.address("text"), b"deaf\n", receive_buffer_bytes=4_096)
    deaf.ping("in")
    ann = connect(server.address("text"), b"ann\n")
    # More than the system buffers for a connection, at most 4 MB (tcp(7), tcp_wmem).
    for _ in range(16):
        ann.send((words("x" * 16_000) + "\n").encode() * 64)
        ann.ping("said")
    assert server.stop() == 0
    assert [entry["connections"] for entry in server.logs if entry["event"] == "stop.dropped"] == [1]


def test_newcomers_are_turned_away(start_server: StartServer, connect: Connect) -> None:
    """Once it is stopping nobody gets in, not even while it waits for somebody who does not read."""
    server = start_server(settings={**UNHURRIED, "limits.stop_seconds": "60", "limits.outbox_bytes": "0"})
    address = server.address("text")
    deaf = connect(address, b"deaf\n", receive_buffer_bytes=4_096)
    deaf.ping("in")
    ann = connect(address, b"ann\n")
    for _ in range(16):
        ann.send((words("x" * 16_000) + "\n").encode() * 64)
        ann.ping("said")
    server.send_signal(signal.SIGTERM)
    ann.hear_rest()
    with pytest.raises(ConnectionRefusedError):
        Raw(address)
    assert server.running
    deaf.reset()
    assert server.wait() == 0


def test_the_second_signal_leaves_at_once(start_server: StartServer, connect: Connect) -> None:
    """Whoever presses Ctrl+C twice does not want to wait: exit code 130, and what was acknowledged is kept."""
    server = start_server(settings={**UNHURRIED, "limits.stop_seconds": "0", "limits.outbox_bytes": "0"})
    deaf = connect(server.address("text"), b"deaf\n", receive_buffer_bytes=4_096)
    deaf.ping("in")
    ann = connect(server.address("text"), b"ann\n")
    text = words("x" * 16_000)
    for _ in range(16):
        ann.send(f"{text}\n".encode() * 64)
        ann.ping("said")
    server.send_signal(signal.SIGINT)
    ann.hear_rest()
    assert server.running
    assert server.stop(signal.SIGINT) == 130
    assert [said for _, said in said_in_lobby(server.data)] == [text] * 16 * 64


@pytest.mark.parametrize("protocol", ["auto", "text"])
def test_a_rush_of_newcomers_does_not_disturb_it(protocol: str, server: ConfinedServer, connect: Connect) -> None:
    """Connections that have been accepted and have not begun when it stops are closed like all others."""
    ann = connect(server.address("text"), b"ann\n")
    ann.ping("in")
    # While it is frozen, the rush and the signal come to lie in the same turn of its loop.
    server.send_signal(signal.SIGSTOP)
    rush = [connect(server.address(protocol)) for _ in range(200)]
    server.send_signal(signal.SIGTERM)
    server.send_signal(signal.SIGCONT)
    assert server.wait() == 0
    assert "The server is stopping" in without_stamps(ann.hear_rest())[-1]
    for one in rush:
        one.hear_rest()


def test_a_restart_leaves_no_ghosts(server: ConfinedServer, connect: Connect) -> None:
    """Whoever was there when it stopped, or when it was killed, is not there after the restart."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for name in ("ann", "bob", "carol"):
            connect(server.address("text"), f"{name}\n/join #garden\n".encode()).ping("in")
        server.stop(number)
        server.start()
        dora = connect(server.address("text"), b"dora\n/list\n/join #garden\n/list\n/rooms\n")
        heard = without_stamps(dora.ping("listed"))
        dora.close()
        assert "[SERVER] In #lobby (1): dora" in heard
        assert "[SERVER] In #garden (1): dora" in heard
