"""Proxies: who comes through one that is listed is treated as if he had come himself, and nobody else can be one."""

import socket
from typing import Final

import pytest

from hubbub.wire.proxy import V2_BYTES
from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.raw import Raw
from tests.outside.test_detection import GREETING, HELLO, SLOW
from tests.outside.waiting import eventually
from tests.wire.proxy_headers import LOCAL, OVER_TLS, v1, v2, v2_block

PROXY: Final = "127.0.0.2"
"""Where the proxies of these tests are; everybody else is somewhere else on this machine."""

HEADERS: Final = {
    "1, IPv4": (v1("192.0.2.7", 1001), "192.0.2.7:1001"),
    "1, IPv6": (v1("2001:db8::7", 1002), "[2001:db8::7]:1002"),
    "2, IPv4": (v2("192.0.2.8", 1003), "192.0.2.8:1003"),
    "2, IPv6": (v2("2001:db8::8", 1004), "[2001:db8::8]:1004"),
    "2, with parts": (v2("192.0.2.9", 1005, OVER_TLS + bytes(2_000)), "192.0.2.9:1005"),
}


@pytest.fixture(scope="module")
def proxied(start_shared_server: StartServer) -> ConfinedServer:
    """Start a server that believes the proxies, and waits for first bytes as long as it takes."""
    settings = {**UNHURRIED, **SLOW, "proxies": f"{PROXY},192.0.2.0/24"}
    return start_shared_server("127.0.0.1:0", "127.0.0.1:0=text", settings=settings)


def place_of(server: ConfinedServer, name: str) -> str:
    """Return from where somebody came, as the log tells it."""
    eventually(lambda: any(entry.get("name") == name for entry in server.logs))
    return next(str(entry["peer"]) for entry in server.logs if entry.get("name") == name)


@pytest.mark.parametrize(
    ("protocol", "encrypted"), [("auto", False), ("auto", True), ("text", False)], ids=["clear", "tls", "pinned"]
)
@pytest.mark.parametrize(("header", "place"), HEADERS.values(), ids=HEADERS)
def test_the_client_is_seen_and_not_the_proxy(
    header: bytes, place: str, encrypted: bool, protocol: str, proxied: ConfinedServer, connect: Connect
) -> None:
    """Both versions, before clear text and before TLS, on the one port and on a pinned one."""
    client = connect(proxied.address(protocol), header, source=PROXY)
    if encrypted:
        client.encrypt()
    name = f"n{place.rpartition(':')[2]}{protocol}{encrypted}".lower()
    client.send(f"{name}\n".encode())
    client.ping("in")
    assert place_of(proxied, name) == place


@pytest.mark.parametrize(("data", "question", "answer"), HELLO.values(), ids=HELLO)
def test_what_follows_the_header_is_found_out(
    data: bytes, question: bytes, answer: bytes, proxied: ConfinedServer, connect: Connect
) -> None:
    """Not a byte of what follows is taken for the header, though all of it comes in one go or one byte at a time."""
    header = v2("192.0.2.7", 1)
    whole = connect(proxied.address(), header + data + question, source=PROXY)
    whole.hear(answer)
    whole.close()
    slow = connect(proxied.address(), source=PROXY)
    for byte in header + data:
        slow.send(bytes((byte,)))
    slow.send(question)
    slow.hear(answer)


def test_ssh_is_answered_as_ever(proxied: ConfinedServer, connect: Connect) -> None:
    """The answer goes back through the proxy."""
    client = connect(proxied.address(), v1("192.0.2.7", 1) + b"SSH-2.0-OpenSSH_9.2\r\n", source=PROXY)
    client.hear(b"SSH-2.0-hubbub\r\n")


@pytest.mark.parametrize("header", [v2_block(LOCAL, 0), b"PROXY UNKNOWN\r\n"], ids=["LOCAL", "UNKNOWN"])
def test_a_proxy_may_come_for_itself(header: bytes, proxied: ConfinedServer, connect: Connect) -> None:
    """Then its own address counts."""
    client = connect(proxied.address(), header, source=PROXY)
    name = f"itself{len(header)}"
    client.send(f"{name}\n".encode())
    client.ping("in")
    assert place_of(proxied, name) == client.place


@pytest.mark.parametrize(
    "data",
    [b"ann\n", b"GET / HTTP/1.1\r\n\r\n", b"PROXY TCP4 nonsense\r\n", v1("192.0.2.7", 1)[:-2] + b"\n" * 100],
    ids=["a name", "HTTP", "nonsense", "another line end"],
)
def test_a_proxy_without_a_header_is_refused(data: bytes, proxied: ConfinedServer, connect: Connect) -> None:
    """Whatever else comes from a proxy is closed without an answer, and the log tells why."""
    client = connect(proxied.address(), data, source=PROXY)
    assert client.hear_rest() == b""
    (entry,) = [entry for entry in proxied.logs if entry.get("peer") == client.place]
    assert (entry["event"], entry["reason"], entry["protocol"]) == ("connection.refused", "bad_input", "proxy")


@pytest.mark.parametrize("beginning", [b"", b"PROXY TCP4 ", v2("192.0.2.7", 1)[:-1]], ids=["none", "1", "2"])
def test_a_header_that_does_not_come_is_not_waited_for(
    beginning: bytes, proxied: ConfinedServer, connect: Connect
) -> None:
    """When the connection ends before, or when nothing comes for three seconds."""
    silent = connect(proxied.address(), beginning, source=PROXY)
    ended = connect(proxied.address(), beginning, source=PROXY)
    ended.finish()
    assert ended.hear_rest() == b""
    assert silent.hear_rest() == b""


def test_nobody_else_can_speak_for_others(proxied: ConfinedServer, connect: Connect) -> None:
    """What looks like a header is a line of text like any other when it does not come from a proxy."""
    liar = connect(proxied.address(), v1("192.0.2.7", 1))
    assert GREETING in liar.ping("here")
    assert not any(entry.get("peer") == "192.0.2.7:1" and entry.get("name") == "PROXY" for entry in proxied.logs)


def test_each_client_has_his_own_limits(start_server: StartServer, connect: Connect) -> None:
    """What holds for an address holds for the client's, however many come through the same proxy."""
    server = start_server(
        "127.0.0.1:0", settings={**UNHURRIED, "proxies": PROXY, "limits.connections_per_address": "2"}
    )
    for number in range(10):
        client = connect(server.address(), v1(f"198.51.100.{number}", 1) + b"hi\n", source=PROXY)
        client.hear(b"username")
    header = v1("192.0.2.7", 1)
    for name in (b"one", b"two"):
        # One after the other: the server reads what is there at once in any order.
        client = connect(server.address(), header + name + b"\n", source=PROXY)
        client.ping("in")
    assert connect(server.address(), header + b"three\n", source=PROXY).hear_rest() == b""


def test_a_header_too_long_is_refused_at_once(proxied: ConfinedServer, connect: Connect) -> None:
    """Its length stands at its beginning: nobody waits for the rest, or keeps it."""
    client = connect(proxied.address(), v2("192.0.2.7", 1, bytes(V2_BYTES)), source=PROXY)
    assert client.hear_rest() == b""


def test_a_stop_closes_those_without_a_header(start_server: StartServer) -> None:
    """Nobody waits for them."""
    server = start_server("127.0.0.1:0", settings={"proxies": PROXY, "limits.stop_seconds": "0"})
    with socket.create_connection(server.address(), source_address=(PROXY, 0)) as silent:
        ann = Raw(server.address())
        ann.send(b"ann\n")
        ann.ping("in")
        assert server.stop() == 0
        assert silent.recv(1) == b""
        ann.close()
