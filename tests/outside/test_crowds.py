"""Crowds: more connections than anybody needs, and fewer descriptors than one would like."""

import resource
import signal
from collections.abc import Callable, Iterator

import pytest

from hubbub.core.limits import Limits
from tests.outside.confined import ConfinedServer
from tests.outside.conftest import EVERY_PROTOCOL, UNHURRIED, Connect, StartServer
from tests.outside.memory import MEGABYTE, forget_peak, peak_bytes, resident_bytes
from tests.outside.neighbours import Neighbours
from tests.outside.raw import Raw, without_stamps
from tests.outside.saying import words
from tests.outside.waiting import eventually

SILENT = 10_000
"""Connections that say nothing, in the words of the bad-input list."""

KEPT = Limits().silent_connections

SPARE = 500
"""Descriptors that this process needs beside them."""


@pytest.fixture
def many_descriptors() -> Iterator[None]:
    """Raise this process's limit of open files to what the system allows; the servers it starts inherit it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < SILENT + SPARE:
        pytest.skip(f"this user may open {hard} files, and the test needs {SILENT + SPARE}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (SILENT + SPARE, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("many_descriptors")
@pytest.mark.parametrize("protocol", ["auto", "text"])
def test_ten_thousand_silent_connections_are_bounded(
    protocol: str, start_server: StartServer, connect: Connect
) -> None:
    """Only `limits.silent_connections` of them are kept, the newest; each costs at most 12 kB, and nobody notices."""
    server = start_server(settings=UNHURRIED)
    neighbours = Neighbours(server.address("text"))
    address, before = server.address(protocol), resident_bytes(server.pid)
    with neighbours.talking():
        # From many addresses: one has only some 28 000 ports.
        silent = [connect(address, source=f"127.0.{number % 100}.1") for number in range(SILENT)]
        for refused in silent[:-KEPT]:
            refused.hear_rest()
        for kept in silent[-KEPT:]:
            kept.hear(b"username:\n")
    assert resident_bytes(server.pid) - before < KEPT * 12_000 + 16 * MEGABYTE
    silent[-1].send(b"carol\n")
    silent[-1].ping("in")
    neighbours.leave()


def test_who_fills_the_waiting_room_loses_his_own_places(start_server: StartServer, connect: Connect) -> None:
    """When too many come at once and say nothing, the oldest of them go; even those that have only just come."""
    server = start_server(settings={**UNHURRIED, "limits.silent_connections": "3"})
    for protocol in EVERY_PROTOCOL:
        server.send_signal(signal.SIGSTOP)
        silent = [connect(server.address(protocol)) for _ in range(50)]
        server.send_signal(signal.SIGCONT)
        for refused in silent[:-3]:
            refused.hear_rest()
    connect(server.address("text"), b"ann\n").ping("in")
    assert server.running


@pytest.mark.parametrize("ending", [Raw.close, Raw.reset], ids=["close", "reset"])
@pytest.mark.parametrize("protocol", EVERY_PROTOCOL)
def test_port_scans_leave_nothing_behind(
    protocol: str, ending: Callable[[Raw], None], shared_server: ConfinedServer, neighbours: Neighbours
) -> None:
    """A thousand connections that are closed or reset at once, before or after a byte, cost nobody anything."""
    forget_peak(shared_server.pid)
    before = peak_bytes(shared_server.pid)
    with neighbours.talking():
        for number in range(1_000):
            scan = Raw(shared_server.address(protocol))
            if number % 2:
                scan.try_send(b"\n")
            ending(scan)
    assert peak_bytes(shared_server.pid) - before < 32 * MEGABYTE


def test_a_full_table_of_descriptors_keeps_nobody_out(start_server: StartServer, connect: Connect) -> None:
    """When the system gives no more descriptors, those who say nothing make room for a newcomer."""
    server = start_server(settings=UNHURRIED, ulimit="-n 64")
    ann = connect(server.address("text"), b"ann\n")
    ann.ping("in")
    silent = [connect(server.address("auto")) for _ in range(100)]
    bob = connect(server.address("text"), b"bob\n")
    bob.ping("in")
    ann.send(f"{words('hello')}\n".encode())
    bob.hear(words("hello").encode())
    assert any(entry["event"] == "port.cannot_accept" for entry in server.logs)
    for one in silent:
        one.close()


def test_a_full_house_lets_the_next_one_in_when_somebody_leaves(start_server: StartServer, connect: Connect) -> None:
    """When everybody who has a descriptor has a name, they talk on, and who comes next waits for a place."""
    server = start_server(settings=UNHURRIED, ulimit="-n 64")

    def is_full() -> bool:
        return any(entry["event"] == "port.cannot_accept" for entry in server.logs)

    there: list[Raw] = []
    while not is_full():
        there.append(connect(server.address("text"), f"p{len(there)}\n".encode()))
        eventually(lambda: is_full() or f'"name":"p{len(there) - 1}"' in server.log_text)
    there[0].send(f"{words('is anybody there')}\n".encode())
    there[1].hear(words("is anybody there").encode())
    there[0].close()
    there[-1].ping("at last")


def test_a_soft_limit_of_files_is_raised(start_server: StartServer, connect: Connect) -> None:
    """A server takes what descriptors it may have: a shell's 1 024 are for programs that open files."""
    server = start_server(settings=UNHURRIED, ulimit="-Sn 64")
    there = [connect(server.address("text"), f"p{number}\n".encode()) for number in range(100)]
    for one in there:
        one.ping("in")


def test_people_come_and_go_by_the_hundred(
    shared_server: ConfinedServer, neighbours: Neighbours, connect: Connect
) -> None:
    """Three hundred in one room are reset at once, again and again; each time they are gone, and their names free."""
    for _ in range(3):
        with neighbours.talking():
            crowd = [connect(shared_server.address("text"), f"p{number}\n".encode()) for number in range(300)]
            for number, one in enumerate(crowd):
                one.hear(f"assigned the username 'p{number}'".encode())
            for one in crowd:
                one.reset()
        eventually(lambda: is_empty(shared_server))
    last = connect(shared_server.address("text"), b"last\n/list\n")
    assert "[SERVER] In #lobby (3): ann, bob, last" in without_stamps(last.ping("listed"))


def is_empty(server: ConfinedServer) -> bool:
    """Return whether only the neighbours are there."""
    named = [entry for entry in server.logs if entry["event"] == "connection.closed" and "name" in entry]
    return server.log_text.count("session.opened") == len(named) + 2
