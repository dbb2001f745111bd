"""HTTP on the one port of a real server, attacked: every request that is none, too much or too slow, has its answer."""

import signal
import socket
import ssl
from typing import Final

import pytest

from tests.gateways.http.lines import parse_answers
from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.waiting import eventually

SETTINGS: Final = {**UNHURRIED, "limits.detect_seconds": "86400", "limits.naming_seconds": "0"}

LINE: Final = b"GET /healthz HTTP/1.1\r\n"
HOST: Final = b"Host: x\r\n"
GET: Final = LINE + HOST + b"\r\n"
POST: Final = b"POST / HTTP/1.1\r\n" + HOST
CHUNKED: Final = POST + b"Transfer-Encoding: chunked\r\n"


@pytest.fixture(scope="module")
def server(start_shared_server: StartServer) -> ConfinedServer:
    """Start a server that waits for everybody."""
    return start_shared_server("127.0.0.1:0", settings=SETTINGS)


BAD: Final = {
    "no version": b"GET /healthz\r\n\r\n",
    "version 0.9": b"GET /healthz HTTP/0.9\r\n" + HOST + b"\r\n",
    "an unknown version": b"GET /healthz HTTP/1.9\r\n" + HOST + b"\r\n",
    "no host": LINE + b"\r\n",
    "two hosts": LINE + HOST + HOST + b"\r\n",
    "another address": b"GET http://y/healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "no path": b"GET healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "a star": b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n",
    "a tunnel": b"CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n",
    "bytes in a path": b"GET /\xff HTTP/1.1\r\n" + HOST + b"\r\n",
    "a fragment": b"GET /healthz#x HTTP/1.1\r\n" + HOST + b"\r\n",
    "two lengths": POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\na",
    "the same length twice": POST + b"Content-Length: 1\r\nContent-Length: 1\r\n\r\na",
    "a list of lengths": POST + b"Content-Length: 1, 1\r\n\r\na",
    "a length with a sign": POST + b"Content-Length: +1\r\n\r\na",
    "a length in hexadecimal": POST + b"Content-Length: 0x1\r\n\r\na",
    "a length beyond 64 bits": POST + b"Content-Length: 99999999999999999999\r\n\r\na",
    "a length and chunks": POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and a length": CHUNKED + b"Content-Length: 5\r\n\r\n0\r\n\r\n",
    "chunks twice": CHUNKED + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "another coding": POST + b"Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n",
    "chunks within something": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "chunks that are hidden": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a vertical tab": POST + b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n",
    "chunks in HTTP/1.0": b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a folded line": LINE + HOST + b"A: b\r\n c\r\n\r\n",
    "a space before the colon": LINE + b"Host : x\r\n\r\n",
    "no name": LINE + HOST + b": x\r\n\r\n",
    "a carriage return in a value": LINE + HOST + b"A: b\rC: d\r\n\r\n",
    "a line feed in a value": LINE + HOST + b"A: b\nC: d\r\n\r\n",
    "line feeds alone": b"GET /healthz HTTP/1.1\nHost: x\n\n",
    "a zero byte": LINE + HOST + b"A: b\0c\r\n\r\n",
    "bytes in a name": LINE + HOST + b"A\xff: b\r\n\r\n",
    "an unknown method": b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nBREW / HTTP/1.1\r\n\r\n",
}
"""Requests that are none, or that two programs on the way could understand in two ways."""


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_what_is_no_request_is_refused(data: bytes, server: ConfinedServer, connect: Connect) -> None:
    """In words, and nothing that follows is taken for a request."""
    answers = parse_answers(connect(server.address(), data + GET).hear_rest())
    assert answers[-1].status == 400
    assert answers[-1].closes
    assert len(answers) == 1 + data.startswith(GET)
    assert b"</p>" in answers[-1].body or b'"code":"bad_request"' in answers[-1].body


BAD_CHUNKS: Final = {
    "no number": b"zz\r\nab\r\n0\r\n\r\n",
    "a sign": b"-1\r\na\r\n0\r\n\r\n",
    "a prefix": b"0x1\r\na\r\n0\r\n\r\n",
    "beyond 64 bits": b"fffffffffffffffff\r\na\r\n0\r\n\r\n",
    "more than was said": b"1\r\nab\r\n0\r\n\r\n",
    "line feeds alone": b"1\na\n0\n\n",
    "no end of the line": b"1\r\na0\r\n\r\n",
    "a folded trailer": b"0\r\nA: b\r\n c\r\n\r\n",
}


@pytest.mark.parametrize("chunks", BAD_CHUNKS.values(), ids=BAD_CHUNKS)
def test_chunks_in_disorder_end_the_connection(chunks: bytes, server: ConfinedServer, connect: Connect) -> None:
    """Whatever was answered to their request, what follows is not taken for another."""
    answers = parse_answers(connect(server.address(), CHUNKED + b"\r\n" + chunks + GET).hear_rest())
    assert {answer.status for answer in answers} <= {400, 405}
    assert len(answers) == 1


def test_the_server_s_own_address_may_stand_before_the_path(server: ConfinedServer, connect: Connect) -> None:
    """Every server has to understand that: RFC 9112 section 3.2.2."""
    client = connect(server.address(), b"GET http://X/healthz HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
    assert [answer.status for answer in parse_answers(client.hear_rest())] == [200]


TOO_MUCH: Final = {
    "a field": (431, LINE + HOST + b"A: " + b"b" * 20_000 + b"\r\n\r\n"),
    "a name": (431, LINE + HOST + b"a" * 20_000 + b": b\r\n\r\n"),
    "a field without end": (431, LINE + HOST + b"A: " + b"b" * 1_000_000),
    "fields": (431, LINE + HOST + b"A: b\r\n" * 101 + b"\r\n"),
    "long fields": (431, LINE + HOST + (b"A: " + b"b" * 500 + b"\r\n") * 40 + b"\r\n"),
    "a target": (414, b"GET /" + b"a" * 8_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n"),
    "a target without end": (414, b"GET /" + b"a" * 1_000_000),
    "a query": (414, b"GET /healthz?" + b"a" * 9_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n"),
}


@pytest.mark.parametrize(("status", "data"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_a_head_is_bounded(status: int, data: bytes, server: ConfinedServer, connect: Connect) -> None:
    """More than anybody needs is not kept, but told."""
    client = connect(server.address())
    client.try_send(data)
    (answer,) = parse_answers(client.hear_rest())
    assert answer.status == status


@pytest.mark.parametrize("sent", [b"1;" + b"a" * 1_000_000, b"1\r\na\r\n" * 5_000 + b"0\r\n" + b"A: b\r\n" * 200])
def test_chunks_are_bounded(sent: bytes, server: ConfinedServer, connect: Connect) -> None:
    """What is not in the body, and still comes with it."""
    client = connect(server.address())
    client.try_send(CHUNKED + b"\r\n" + sent)
    (answer,) = parse_answers(client.hear_rest())
    assert answer.status in {400, 405, 431}


def test_other_versions_are_refused(server: ConfinedServer, connect: Connect) -> None:
    """HTTP/2 begins with a preface that old servers can answer. RFC 9113 section 3.4."""
    for data in (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET / HTTP/2.0\r\n" + HOST + b"\r\n"):
        (answer,) = parse_answers(connect(server.address(), data).hear_rest())
        assert answer.status == 505


@pytest.mark.parametrize("over_tls", [False, True], ids=["clear", "TLS"])
def test_many_requests_on_one_connection(over_tls: bool, server: ConfinedServer, connect: Connect) -> None:
    """Sent before any answer is read: all are answered, in their order."""
    client = connect(server.address())
    if over_tls:
        client.encrypt()
    requests = b"".join(b"HEAD /%d HTTP/1.1\r\n" % number + HOST + b"\r\n" for number in range(1_000))
    client.send(requests + b"GET /healthz HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
    heard = client.hear_rest()
    assert heard.count(b"HTTP/1.1 404 ") == 1_000
    assert heard.endswith(b'{"status":"ok"}')


@pytest.mark.parametrize("over_tls", [False, True], ids=["clear", "TLS"])
def test_a_stop_closes_kept_connections(over_tls: bool, start_server: StartServer, connect: Connect) -> None:
    """At once: nobody is waited for who asks nothing."""
    server = start_server("127.0.0.1:0", settings=SETTINGS)
    client = connect(server.address())
    if over_tls:
        client.encrypt()
    client.send(GET)
    client.hear(b'{"status":"ok"}')
    server.send_signal(signal.SIGTERM)
    assert client.hear_rest() == b""
    client.close()
    assert server.wait() == 0
    assert '"event":"stop.dropped"' not in server.log_text


def test_who_has_asked_counts_no_longer_as_silent(start_server: StartServer, connect: Connect) -> None:
    """So his place is not taken by those who say nothing; who has asked half is sent away for them, and told."""
    server = start_server("127.0.0.1:0", settings={**SETTINGS, "limits.silent_connections": "1"})
    kept = connect(server.address(), GET)
    kept.hear(b'{"status":"ok"}')
    half = connect(server.address(), GET[:-2])
    for _ in range(3):
        # When these are answered, the half request has been read as well.
        kept.send(GET)
        kept.hear(b'{"status":"ok"}')
    connect(server.address())
    (answer,) = parse_answers(half.hear_rest())
    assert answer.status == 503
    kept.send(GET)
    kept.hear(b'{"status":"ok"}')


def test_the_log_tells_no_paths(start_server: StartServer, connect: Connect) -> None:
    """Neither of requests that are answered, nor of others, at any level: secrets may stand there."""
    server = start_server("127.0.0.1:0", settings={**SETTINGS, "log.level": "debug"})
    for path in (b"/invite/wombat", b"/hooks/wombat", b"/?token=wombat", b"/#wombat"):
        client = connect(server.address(), b"GET " + path + b" HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
        client.hear_rest()
    eventually(lambda: server.log_text.count('"event":"connection.closed"') == 4)
    assert '"event":"http.answered"' in server.log_text
    assert "wombat" not in server.log_text


def test_the_first_one_is_answered_like_all_others(start_server: StartServer) -> None:
    """What HTTP needs is loaded when it is first spoken, by many at once, in clear text and over TLS."""
    server = start_server("127.0.0.1:0", settings=SETTINGS)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    sockets: list[socket.socket] = [socket.create_connection(server.address(), timeout=20) for _ in range(20)]
    sockets += [context.wrap_socket(socket.create_connection(server.address(), timeout=20)) for _ in range(20)]
    for sock in sockets:
        sock.sendall(b"GET /healthz HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
    for sock in sockets:
        with sock:
            assert b"".join(iter(lambda sock=sock: sock.recv(65_536), b"")).startswith(b"HTTP/1.1 200 ")  # type: ignore[misc] # the same one
