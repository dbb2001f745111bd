"""Those who take too much: endless lines, too many words, and ears that never listen."""

import struct
from typing import Final

import pytest

from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.history import said_in_lobby
from tests.outside.memory import MEGABYTE, forget_peak, peak_bytes
from tests.outside.neighbours import Neighbours
from tests.outside.raw import Raw, without_stamps
from tests.outside.saying import words
from tests.outside.waiting import eventually
from tests.seeds import s1, s2, s3

ENDLESS_BYTES: Final = 100 * MEGABYTE

BOUND_BYTES: Final = 32 * MEGABYTE
"""What one hostile connection may cost at most: some outboxes and read buffers, and room for the allocator."""

ENDLESS: Final = {
    "auto": (b"", b"x"),
    "text": (b"", b"x"),
    "text after a name": (b"carol\n", b"x"),
    "text in half characters": (b"cora\n", b"x" * 1_023 + b"\xc3"),
    "telnet that negotiates without an end": (b"", b"\xff\xfa\x18" + b"x" * 1_000),
    "header-frames without a text": (s1.frame("bert"), b"16384     " + b"\xff" * 16_384),
    "json-frames": (s2.packet(b'{"type": "hello", "nick": "dan"}'), struct.pack(">H", 65_535) + b"[" * 65_535),
    "json-frames before the name": (b"", struct.pack(">H", 65_535) + b"x" * 65_535),
    "text-frames": (s3.frame("emma: /ping in"), struct.pack(">H", 16_384) + b"\xff" * 16_384),
    "text-frames too long": (s3.frame("fred: /ping in"), struct.pack(">H", 65_535) + b"\xff" * 65_535),
}
"""Where the endless input goes, by the beginning of the name: what comes first, and what is repeated."""


@pytest.mark.parametrize("kind", ENDLESS)
def test_endless_input_costs_bounded_memory(
    kind: str, shared_server: ConfinedServer, neighbours: Neighbours, connect: Connect
) -> None:
    """A hundred megabytes that make no sense on one connection cost the server some, and the others nothing."""
    name, repeated = ENDLESS[kind]
    raw = connect(shared_server.address(protocol_of(kind)), name)
    block = repeated * (MEGABYTE // len(repeated))
    forget_peak(shared_server.pid)
    before = peak_bytes(shared_server.pid)
    with neighbours.talking():
        for _ in range(ENDLESS_BYTES // len(block)):
            if not raw.try_send(block):
                break
        raw.reset()
    assert peak_bytes(shared_server.pid) - before < BOUND_BYTES


def protocol_of(kind: str) -> str:
    """Return at which listener the input of a kind goes in."""
    return "text" if kind.startswith("telnet") else kind.partition(" ")[0]


def test_a_long_line_is_answered_once(shared_server: ConfinedServer, neighbours: Neighbours, connect: Connect) -> None:
    """A line of 100 MB is refused once, and what comes after its end is heard."""
    raw = connect(shared_server.address("text"), b"patient\n")
    raw.ping("in")
    with neighbours.talking():
        for _ in range(ENDLESS_BYTES // MEGABYTE):
            raw.send(b"x" * MEGABYTE)
        raw.send(b"\n")
        heard = without_stamps(raw.ping("after"))
    assert len([line for line in heard if "too long" in line]) == 1


@pytest.mark.parametrize("protocol", ["text", "header-frames", "json-frames", "text-frames"])
def test_who_never_reads_is_closed_as_too_slow(protocol: str, start_server: StartServer, connect: Connect) -> None:
    """The others' delivery goes on, memory is bounded, and the log says why: he was too slow."""
    server = start_server(settings={**UNHURRIED, "limits.outbox_bytes": "262144", "limits.held_back_bytes": "262144"})
    first_words = {
        "text": b"deaf\n",
        "header-frames": s1.frame("deaf"),
        "json-frames": s2.packet(b'{"type": "hello", "nick": "deaf"}'),
        "text-frames": s3.frame("deaf: hi"),
    }
    deaf = connect(server.address(protocol), first_words[protocol], receive_buffer_bytes=4_096)
    eventually(lambda: '"name":"deaf"' in server.log_text)
    ann = connect(server.address("text"), b"ann\n")
    bob = connect(server.address("text"), b"bob\n")
    ann.ping("in")
    bob.ping("in")
    forget_peak(server.pid)
    before = peak_bytes(server.pid)
    said, heard = 0, list[str]()
    while not is_too_slow(server):
        assert said < 2_000, "16 MB later it is still not too slow"
        ann.send("".join(f"{words(said + one)} {'x' * 8_000}\n" for one in range(20)).encode())
        ann.ping(f"said-{said}")
        said += 20
        # Read as he goes: how much a system keeps for whom reads nothing is its own affair.
        heard += without_stamps(bob.ping(f"heard-{said}"))
    assert [line.split()[2] for line in heard if line.startswith("[ann]")] == [str(number) for number in range(said)]
    assert peak_bytes(server.pid) - before < BOUND_BYTES
    deaf.hear_rest()
    eventually(lambda: ("deaf", "too_slow") in [(entry.get("name"), entry.get("reason")) for entry in server.logs])


def test_who_comes_and_goes_and_never_reads_holds_up_nobody(start_server: StartServer, connect: Connect) -> None:
    """Being closed as too slow in the middle of joining, with lines behind it, ends one connection and no more."""
    server = start_server("127.0.0.1:0=text", settings={**UNHURRIED, "limits.outbox_bytes": "100000"})
    deaf = connect(server.address("text"), b"deaf\n", receive_buffer_bytes=4_096)
    ann = connect(server.address("text"), b"ann\n")
    ann.ping("in")
    said = 0
    while not is_too_slow(server):
        assert said < 2_000, "16 MB later it is still not too slow"
        deaf.send_now(f"/join #garden\n{words('here')}\n/leave #garden\n{words('there')}\n".encode() * 100)
        ann.send("".join(f"{words(said + one)} {'x' * 8_000}\n" for one in range(20)).encode())
        ann.ping(f"said-{said}")
        said += 20
    ann.ping("after")


def is_too_slow(server: ConfinedServer) -> bool:
    """Return whether somebody was found to read too slowly."""
    return any(entry["event"] == "connection.too_slow" for entry in server.logs)


def test_many_who_never_read_are_bounded_each(start_server: StartServer, connect: Connect) -> None:
    """A hundred who ask for long answers and read none cost no more than their outboxes."""
    server = start_server("127.0.0.1:0=text", settings={**UNHURRIED, "limits.outbox_bytes": "262144"})
    ann = connect(server.address("text"), b"ann\n")
    for number in range(100):
        ann.send(f"{words(number)} {'x' * 16_000}\n".encode())
    ann.ping("said")
    deaf = [connect(server.address("text"), f"d{n}\n".encode(), receive_buffer_bytes=4_096) for n in range(100)]
    for one in deaf:
        one.ping("in")
    forget_peak(server.pid)
    before = peak_bytes(server.pid)
    for one in deaf:
        one.send(b"/history 100\n" * 100)
    # The last of them are asked when the first ones have been answered as far as they ever will be.
    for number in range(20):
        ann.ping(f"turn-{number}")
    assert peak_bytes(server.pid) - before < 100 * 262_144 + BOUND_BYTES


def test_a_flood_is_slowed_down_and_loses_nothing(start_server: StartServer, connect: Connect) -> None:
    """Who floods is told once; others are heard before he has finished; all he said is kept in its order."""
    server = start_server(
        "127.0.0.1:0=text",
        settings={"limits.burst": "10", "limits.commands_per_second": "100", "rooms.announce": "false"},
    )
    flood = connect(server.address("text"), b"flood\n")
    ann = connect(server.address("text"), b"ann\n")
    bob = connect(server.address("text"), b"bob\n")
    flood.hear(b"You are in #lobby")
    bob.hear(b"You are in #lobby")
    ann.hear(b"You are in #lobby")
    texts = [words(number) for number in range(200)]
    flood.send("".join(f"{text}\n" for text in texts).encode())
    flood.hear(b"very fast")
    ann.send(f"{words('me too')}\n".encode())
    heard = bob.hear(words("me too").encode())
    assert words(199).encode() not in heard, "ann had to wait until the flood was over"
    told = flood.ping("end")
    assert b"very fast" not in told
    everything = without_stamps(heard + bob.ping("end"))
    assert [line for line in everything if line.startswith("[flood]")] == [f"[flood] {text}" for text in texts]
    assert [text for name, text in said_in_lobby(server.data) if name == "flood"] == texts


def test_a_flood_costs_bounded_memory(start_server: StartServer, connect: Connect) -> None:
    """A client that is served slowly is read slowly: what it has sent waits in its own system."""
    server = start_server("127.0.0.1:0=text", settings={"rooms.announce": "false"})
    floods: list[Raw] = []
    forget_peak(server.pid)
    before = peak_bytes(server.pid)
    for number in range(100):
        flood = connect(server.address("text"), f"f{number}\n".encode())
        while flood.send_now(f"{words('x' * 100)}\n".encode() * 1_000):
            pass
        floods.append(flood)
    ann = connect(server.address("text"), b"ann\n")
    ann.ping("in")
    assert peak_bytes(server.pid) - before < 100 * 262_144 + BOUND_BYTES
    for flood in floods:
        flood.reset()
    eventually(lambda: server.log_text.count("connection.closed") == len(floods))
