"""The one port finds out who it is, however slowly the first bytes come, and whatever else keeps the server busy."""

import itertools
import json
import signal
import time
from typing import Final

import pytest

from tests.gateways.http.lines import parse_answers
from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.neighbours import Neighbours
from tests.outside.raw import Raw
from tests.seeds import s1, s2
from tests.seeds.client import Address

GREETING: Final = b"Please enter your username:\n"

SLOW: Final = {"limits.detect_seconds": "86400"}
"""Nobody is ever taken for a person because of silence."""

GET: Final = b"GET / HTTP/1.1\r\nHost: chat.example.org:4242\r\nConnection: close\r\n\r\n"
PREFACE: Final = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
UPLOAD: Final = b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n"


@pytest.fixture(scope="module")
def patient(start_shared_server: StartServer) -> Address:
    """Start a server that waits for first bytes as long as it takes."""
    return start_shared_server("127.0.0.1:0", settings=SLOW).address()


@pytest.fixture(scope="module")
def hasty(start_shared_server: StartServer) -> Address:
    """Start a server that greets whoever does not say at once who he is."""
    return start_shared_server("127.0.0.1:0", settings={**UNHURRIED, "limits.detect_seconds": "0.05"}).address()


def test_a_client_of_ssh_is_answered(patient: Address, connect: Connect) -> None:
    """The first bytes are enough, whole or one at a time; it is told what is spoken, and how keys can be exchanged."""
    slow = connect(patient)
    for byte in b"SSH-2.0-OpenSSH_9.2\r\n":
        slow.send(bytes((byte,)))
    for client in (slow, connect(patient, b"SSH-2.0-OpenSSH_9.2\r\n")):
        client.hear(b"SSH-2.0-hubbub\r\n")
        client.hear(b"curve25519-sha256")


@pytest.mark.parametrize(("data", "status"), [(GET, 200), (PREFACE, 505)], ids=["HTTP/1.1", "HTTP/2"])
def test_a_browser_is_answered(data: bytes, status: int, patient: Address, connect: Connect) -> None:
    """The same holds for it; its answers tell the time as well."""
    assert [answer.status for answer in parse_answers(connect(patient, data).hear_rest())] == [status]
    slow = connect(patient)
    for byte in data:
        if not slow.try_send(bytes((byte,))):
            break
    assert [answer.status for answer in parse_answers(slow.hear_rest())] == [status]


def test_a_large_request_is_answered_as_well(patient: Address, connect: Connect) -> None:
    """An answer arrives even when much more comes in than anybody will read."""
    for _ in range(20):
        upload = connect(patient)
        upload.try_send(UPLOAD + bytes(5_000_000))
        assert [answer.status for answer in parse_answers(upload.hear_rest())] == [405]


HELLO: Final = {
    "header-frames": (s1.frame("bea"), s1.frame("/ping here"), b"pong here"),
    "json-frames": (
        s2.packet(json.dumps({"type": "hello", "nick": "cat"}).encode()),
        s2.packet(json.dumps({"type": "chat", "message": "/ping here"}).encode()),
        b"pong here",
    ),
    "text": (b"\xff\xfd\x03dan\r\n", b"/ping here\r\n", b"pong here"),
    "text like a word of IRC": (b"USERS of hubbub\r\neve\r\n", b"/ping here\r\n", b"pong here"),
}
"""What clients of protocols begin with that are spoken, what they say next, and what they hear."""


@pytest.mark.parametrize(("data", "question", "answer"), HELLO.values(), ids=HELLO)
def test_first_bytes_may_come_one_by_one(
    data: bytes, question: bytes, answer: bytes, patient: Address, connect: Connect
) -> None:
    """Nobody is taken for somebody else because his first bytes come slowly, and none of them is lost."""
    slow = connect(patient)
    for byte in data:
        slow.send(bytes((byte,)))
    slow.send(question)
    slow.hear(answer)


@pytest.mark.parametrize("beginning", [b"", b"1", b"5     ", b"\x00", b"N", b"GE", b"SSH", b"user ann", b"@"])
def test_silence_means_a_person(beginning: bytes, hasty: Address, connect: Connect) -> None:
    """Who says nothing, or too little to be known by, is greeted after `limits.detect_seconds`; nothing is lost."""
    person = connect(hasty, beginning)
    person.hear(GREETING)
    person.send(b"\n/nick person\n")
    person.ping("here")
    person.send(b"/quit\n")
    person.hear_rest()


def test_a_request_that_comes_too_late_is_said_to_nobody(hasty: Address, connect: Connect) -> None:
    """A browser may connect before it needs to, and be greeted: what it sends then is neither a name nor talk."""
    watch = connect(hasty, b"watch\n")
    watch.ping("in")
    browser = connect(hasty)
    browser.hear(GREETING)
    browser.send(b"PATCH /api/v1/uploads/7 HTTP/1.1\r\nHost: here\r\nContent-Length: 11\r\n\r\nann\nsecret\n")
    assert b"connect again" in browser.hear_rest()
    assert b"ann" not in watch.ping("after")


@pytest.mark.parametrize("beginning", [b"1", b"\x00", b"NIC", b"GET", b"SSH", b"user", b"@x"])
def test_the_end_after_too_little_means_a_person(beginning: bytes, patient: Address, connect: Connect) -> None:
    """Whoever has said all there is to say is not waited for: `printf x | nc -N` is answered at once."""
    person = connect(patient, beginning)
    person.finish()
    person.hear(GREETING)
    person.hear_rest()


def test_nobody_is_mistaken_because_the_server_was_busy(start_server: StartServer, connect: Connect) -> None:
    """First bytes that came in time count, even if the server comes to look at them only after the time is over."""
    detect_seconds = 0.5
    server = start_server(
        "127.0.0.1:0", "127.0.0.1:0=text", settings={**UNHURRIED, "limits.detect_seconds": str(detect_seconds)}
    )
    watch = connect(server.address("text"), b"watch\n")
    client = connect(server.address())
    for number in itertools.count():
        begun = time.monotonic()
        # Two turns of its loop later it has been let in.
        watch.ping(f"first-{number}")
        watch.ping(f"second-{number}")
        server.send_signal(signal.SIGSTOP)
        if time.monotonic() - begun < detect_seconds / 2:
            break
        # Somebody else had the processor: the client may have been greeted by now.
        server.send_signal(signal.SIGCONT)
        client.close()
        client = connect(server.address())
    client.send(HELLO["json-frames"][0])
    # Not to wait for something: that this time goes by while it cannot look is what the test is about.
    time.sleep(2 * detect_seconds)
    server.send_signal(signal.SIGCONT)
    client.send(HELLO["json-frames"][1])
    heard = client.hear(b"pong here")
    assert GREETING not in heard


def test_slow_beginners_are_greeted_and_delay_nobody(
    shared_server: ConfinedServer, neighbours: Neighbours, connect: Connect
) -> None:
    """Five hundred connections that begin like something, and never end it, hold up neither talk nor newcomers."""
    with neighbours.talking():
        slow: list[Raw] = [connect(shared_server.address(), b"U") for _ in range(500)]
        for byte in b"SER":
            for one in slow:
                one.try_send(bytes((byte,)))
        connect(shared_server.address(), s1.frame("dora") + s1.frame("/ping me")).hear(b"pong me")
        for one in slow:
            one.hear(GREETING)
