"""TLS on the one port: whatever is spoken in clear text is spoken over TLS too, and nobody is held up by either."""

import json
import shutil
import socket
import ssl
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from hubbub.gateways.unspoken import UNSPOKEN
from hubbub.server.tls import SELF_SIGNED_FILE
from hubbub.wire.detect import Protocol
from tests.harness.processes import marked_environment
from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.memory import forget_peak, peak_bytes
from tests.outside.neighbours import Neighbours
from tests.outside.raw import PATIENCE_SECONDS, without_stamps
from tests.outside.saying import words
from tests.outside.test_detection import GREETING, HELLO, SLOW
from tests.outside.waiting import eventually
from tests.seeds import s1
from tests.seeds.client import Address
from tests.server.certificates import DAY, fingerprint_of, write_pair

BEGINNING: Final = b"\x16\x03\x01\x02\x00"
"""What a handshake begins with: a record of 512 bytes, none of which follows."""


@pytest.fixture(scope="module")
def patient(start_shared_server: StartServer) -> ConfinedServer:
    """Start a server that waits for first bytes as long as it takes."""
    return start_shared_server("127.0.0.1:0", "127.0.0.1:0=text", settings={**UNHURRIED, **SLOW})


@pytest.fixture(scope="module")
def hasty(start_shared_server: StartServer) -> Address:
    """Start a server that greets whoever does not say at once who he is."""
    return start_shared_server("127.0.0.1:0", settings={**UNHURRIED, "limits.detect_seconds": "0.05"}).address()


@pytest.mark.parametrize(("data", "question", "answer"), HELLO.values(), ids=HELLO)
@pytest.mark.parametrize("piece_bytes", [1, 1_000])
def test_every_protocol_is_spoken_inside(
    piece_bytes: int, data: bytes, question: bytes, answer: bytes, patient: ConfinedServer, connect: Connect
) -> None:
    """The first bytes decide as they do in clear text, whole or one record each, and none of them is lost."""
    client = connect(patient.address())
    client.encrypt()
    for start in range(0, len(data), piece_bytes):
        client.send(data[start : start + piece_bytes])
    client.send(question)
    client.hear(answer)


def test_ssh_is_spoken_inside(patient: ConfinedServer, connect: Connect) -> None:
    """Nobody needs both, but one of them may be what gets through to the server."""
    client = connect(patient.address())
    client.encrypt()
    client.send(b"SSH-2.0-OpenSSH_9.2\r\n")
    client.hear(b"SSH-2.0-hubbub\r\n")
    client.hear(b"curve25519-sha256")


def test_tls_inside_tls_is_refused(patient: ConfinedServer, connect: Connect) -> None:
    """Once is enough: whoever begins again is told so by an alert."""
    client = connect(patient.address())
    client.encrypt()
    client.send(BEGINNING)
    assert client.hear_rest() == UNSPOKEN[Protocol.TLS]


@pytest.mark.parametrize("beginning", [b"", b"1", b"\x00", b"NIC"])
def test_silence_inside_means_a_person(beginning: bytes, hasty: Address, connect: Connect) -> None:
    """Who says nothing after the handshake, or too little, is greeted, and nothing is lost."""
    person = connect(hasty)
    person.encrypt()
    if beginning:
        person.send(beginning)
    person.hear(GREETING)
    person.send(b"\n/nick person\n")
    person.ping("here")
    person.send(b"/quit\n")
    person.hear_rest()


def test_old_and_new_clients_are_together(patient: ConfinedServer, connect: Connect) -> None:
    """Who comes in clear text and who comes over TLS 1.2 or 1.3 hear each other, on the same port."""
    clear = connect(patient.address(), b"clear\n")
    clear.ping("in")
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.minimum_version = context.maximum_version = version
        context.set_alpn_protocols(["h2", "http/1.1"])
        client = connect(patient.address())
        encrypted = client.encrypt(context)
        assert encrypted.selected_alpn_protocol() == "http/1.1"
        client.send(f"{version.name.lower()}\n{words(version.name)}\n".encode())
        clear.hear(words(version.name).encode())
        clear.send(f"{words('welcome')}\n".encode())
        client.hear(words("welcome").encode())


def test_a_client_may_check_our_own_certificate(patient: ConfinedServer, connect: Connect) -> None:
    """Whoever is given the file trusts the server by it, under each of its addresses, and can resume his session."""
    context = ssl.create_default_context(cafile=patient.data / SELF_SIGNED_FILE)
    client = connect(patient.address())
    first = client.encrypt(context)
    client.send(b"check\n")
    client.ping("in")
    session = first.session
    assert session is not None
    assert session.has_ticket
    with (
        socket.create_connection(patient.address()) as again,
        context.wrap_socket(again, server_hostname="localhost", session=session) as resumed,
    ):
        assert resumed.session_reused


def test_the_fingerprint_is_printed(patient: ConfinedServer) -> None:
    """Who trusts no authority compares it with what his client shows."""
    assert fingerprint_of(patient.data / SELF_SIGNED_FILE) in "".join(patient.printed).replace(" ", "")


GARBAGE: Final = {
    "nothing": b"",
    "zeros": bytes(600),
    "text": b"and then something else entirely\n" * 100,
    "a record too long": b"\xff\xff" * 100,
    "an alert": b"\x00\x02\x02\x28",
}


@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE)
def test_garbage_ends_a_handshake_and_nothing_else(garbage: bytes, start_server: StartServer, connect: Connect) -> None:
    """What is no handshake is closed with one line in the log, and its place is free again."""
    server = start_server("127.0.0.1:0", settings={**UNHURRIED, "limits.connections": "1"})
    client = connect(server.address(), b"\x16\x03\x01" + garbage)
    client.finish()
    client.hear_rest()
    eventually(lambda: "connection.refused" in server.log_text)
    (entry,) = [entry for entry in server.logs if entry["event"].__str__().startswith(("connection", "library"))]
    assert (entry["level"], entry["event"], entry["reason"]) == ("info", "connection.refused", "bad_input")
    eventually(lambda: is_let_in(server.address()))


def is_let_in(address: Address) -> bool:
    """Return whether there is room for one more, who leaves again."""
    with socket.create_connection(address) as one:
        one.settimeout(PATIENCE_SECONDS)
        one.sendall(b"me\n/quit\n")
        try:
            return one.recv(1) != b""
        except ConnectionResetError:
            return False


def test_slow_handshakes_hold_up_nobody(start_server: StartServer, connect: Connect) -> None:
    """Those who begin a handshake and do not go on are silent connections: the oldest goes when there are too many."""
    server = start_server("127.0.0.1:0", settings={**UNHURRIED, "limits.silent_connections": "10"})
    oldest = connect(server.address(), BEGINNING)
    for _ in range(10):
        connect(server.address(), BEGINNING)
    assert oldest.hear_rest() == b""
    client = connect(server.address())
    client.encrypt()
    client.send(b"ann\n")
    client.ping("in")


def test_the_silent_inside_are_counted(start_server: StartServer, connect: Connect) -> None:
    """Who has shaken hands and says nothing is one of the silent, too."""
    server = start_server("127.0.0.1:0", settings={**UNHURRIED, **SLOW, "limits.silent_connections": "3"})
    silent = []
    for _ in range(4):
        one = connect(server.address())
        one.encrypt()
        silent.append(one)
    assert silent[0].hear_rest() == b""
    silent[3].send(b"ann\n")
    silent[3].ping("in")


def test_a_stop_does_not_wait_for_handshakes(start_server: StartServer, connect: Connect) -> None:
    """Who has not said what he speaks is closed without a word, who has is told goodbye, over TLS as well."""
    server = start_server("127.0.0.1:0", settings={**UNHURRIED, **SLOW, "limits.stop_seconds": "0"})
    half = connect(server.address(), BEGINNING)
    silent = connect(server.address())
    silent.encrypt()
    talkative = connect(server.address())
    talkative.encrypt()
    talkative.send(b"ann\n")
    talkative.ping("in")
    assert server.stop() == 0
    assert half.hear_rest() == b""
    assert silent.hear_rest() == b""
    assert "The server is stopping" in without_stamps(talkative.hear_rest())[-1]


def test_who_never_reads_is_closed_as_too_slow(start_server: StartServer, connect: Connect) -> None:
    """What waits for a reader over TLS is bounded by the same limit, and the others' delivery goes on."""
    server = start_server("127.0.0.1:0", settings={**UNHURRIED, "limits.outbox_bytes": "262144"})
    deaf = connect(server.address(), receive_buffer_bytes=4_096)
    deaf.encrypt()
    deaf.send(b"deaf\n")
    eventually(lambda: '"name":"deaf"' in server.log_text)
    ann = connect(server.address(), b"ann\n")
    ann.ping("in")
    forget_peak(server.pid)
    before = peak_bytes(server.pid)
    said = 0
    while not any(entry["event"] == "connection.too_slow" for entry in server.logs):
        assert said < 2_000, "16 MB later it is still not too slow"
        ann.send("".join(f"{words(said + one)} {'x' * 8_000}\n" for one in range(20)).encode())
        ann.ping(f"said-{said}")
        said += 20
    assert peak_bytes(server.pid) - before < 16_000_000
    eventually(lambda: ("deaf", "too_slow") in [(entry.get("name"), entry.get("reason")) for entry in server.logs])


def test_a_long_answer_arrives_whole(start_server: StartServer, connect: Connect) -> None:
    """Megabytes that a reader takes slowly come to him in order, before the farewell."""
    server = start_server("127.0.0.1:0", settings={**UNHURRIED, "limits.outbox_bytes": "0"})
    slow = connect(server.address(), receive_buffer_bytes=4_096)
    slow.encrypt()
    slow.send(b"slow\n")
    slow.ping("in")
    ann = connect(server.address(), b"ann\n")
    texts = [f"{words(number)} {'x' * 8_000}" for number in range(1_000)]
    for start in range(0, len(texts), 100):
        ann.send("".join(f"{text}\n" for text in texts[start : start + 100]).encode())
        ann.ping(f"said-{start}")
    slow.send(b"/quit\n")
    heard = without_stamps(slow.hear_rest())
    assert [line for line in heard if line.startswith("[ann]")] == [f"[ann] {text}" for text in texts]
    assert heard[-1] == "[SERVER] Goodbye."


def test_newcomers_over_tls_disturb_nobody(
    shared_server: ConfinedServer, neighbours: Neighbours, connect: Connect
) -> None:
    """Handshakes, garbage and sudden ends beside a conversation: nobody in it notices."""
    with neighbours.talking():
        for number in range(20):
            client = connect(shared_server.address())
            client.encrypt()
            client.send(s1.frame(f"guest{number}") + s1.frame("/ping me"))
            client.hear(b"pong me")
            connect(shared_server.address(), BEGINNING + json.dumps({"number": number}).encode()).reset()
            client.reset()


def test_a_pinned_listener_speaks_what_it_is_pinned_to(patient: ConfinedServer, connect: Connect) -> None:
    """It finds out nothing, TLS included: its clients get exactly what was asked for."""
    client = connect(patient.address("text"), BEGINNING + b"\n")
    client.hear(GREETING)


def test_another_certificate_is_shown_to_whoever_comes_next(tmp_path: Path, start_server: StartServer) -> None:
    """The operator's own pair is shown; an expired one is warned of, and used."""
    certificate, key = write_pair(tmp_path, valid_from=-3 * DAY, valid_until=-timedelta(hours=1))
    settings = {**UNHURRIED, "tls.certificate": str(certificate), "tls.key": str(key)}
    server = start_server("127.0.0.1:0", settings=settings)
    (warning,) = [entry for entry in server.logs if entry["level"] == "warning"]
    assert "has expired on" in str(warning["reason"])
    assert shown_fingerprint(server.address()) == fingerprint_of(certificate)
    assert not (server.data / SELF_SIGNED_FILE).exists()


def shown_fingerprint(address: Address) -> str:
    """Return the fingerprint that `openssl` shows of a server's certificate."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    environment = marked_environment()
    shown = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{address.port}"],
        input=b"",
        capture_output=True,
        check=True,
        timeout=PATIENCE_SECONDS,
        env=environment,
    )
    printed = subprocess.run(
        ["openssl", "x509", "-noout", "-fingerprint", "-sha256"],
        input=shown.stdout,
        capture_output=True,
        check=True,
        timeout=PATIENCE_SECONDS,
        env=environment,
    )
    return printed.stdout.decode().strip().partition("=")[2]


@pytest.mark.parametrize("wrong", ["another key", "no key", "no file"])
def test_a_certificate_that_cannot_be_used_is_a_reason_not_to_start(wrong: str, tmp_path: Path) -> None:
    """One sentence names the files, and nothing is left behind."""
    certificate, key = write_pair(tmp_path)
    if wrong == "another key":
        _, key = write_pair(tmp_path, "other")
    elif wrong == "no key":
        key = certificate
    else:
        key.unlink()
    answer = subprocess.run(
        [
            *(sys.executable, "-m", "hubbub", "serve", "--listen", "127.0.0.1:0", "--data", str(tmp_path / "data")),
            *("--set", f"tls.certificate={certificate}", "--set", f"tls.key={key}"),
        ],
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
        env=marked_environment(),
    )
    assert (answer.returncode, answer.stdout) == (1, "")
    (sentence,) = answer.stderr.splitlines()
    assert str(key) in sentence
