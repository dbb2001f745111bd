"""WebSockets on the one port of a real server: stock clients in a room with all, hostile ones that harm nobody."""

import random
import ssl
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Final

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import CloseCode
from websockets.sync.client import ClientConnection
from websockets.sync.client import connect as open_websocket
from websockets.typing import Origin, Subprotocol

from tests.gateways.websocket.page import make_frame, make_header
from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.memory import MEGABYTE, forget_peak, peak_bytes
from tests.outside.neighbours import Neighbours
from tests.outside.raw import PATIENCE_SECONDS, Raw
from tests.outside.saying import words
from tests.outside.waiting import eventually

TEXT, CONT, PING, CLOSE = 0x1, 0x0, 0x9, 0x8

HANDSHAKE: Final = (
    b"GET /page HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n"
)

OPENED: Final = b"\r\n\r\n"

BOUND_BYTES: Final = 32 * MEGABYTE
"""What one hostile connection may cost at most; see `test_greed.py`."""


@pytest.fixture(scope="module")
def server(start_shared_server: StartServer) -> ConfinedServer:
    """Start a server where nobody is hurried, for all tests."""
    return start_shared_server("127.0.0.1:0", "127.0.0.1:0=text", settings=UNHURRIED)


@pytest.fixture(scope="module")
def neighbours(server: ConfinedServer) -> Iterator[Neighbours]:
    """Let Ann and Bob be there, for all tests."""
    both = Neighbours(server.address("text"))
    yield both
    both.leave()


def hear(page: ClientConnection, wanted: str) -> list[str]:
    """Wait until a message with this in it comes; return everything that came up to then."""
    heard = list[str]()
    while not heard or wanted not in heard[-1]:
        heard.append(str(page.recv(PATIENCE_SECONDS)))
    return heard


# Stock clients


def test_stock_clients_are_in_one_room(start_server: StartServer, connect: Connect) -> None:
    """In clear text and over TLS, with and without compression, on the relay and in JSON; with netcat among them."""
    server = start_server("127.0.0.1:0", settings={**UNHURRIED, "limits.detect_seconds": "60"})
    place = f"{server.address().host}:{server.address().port}"
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    with ExitStack() as stack:
        plain = stack.enter_context(open_websocket(f"ws://{place}/", compression=None))
        deflating = stack.enter_context(open_websocket(f"ws://{place}/any/path?at=all"))
        encrypted = stack.enter_context(open_websocket(f"wss://{place}/", ssl=trusting))
        program = stack.enter_context(open_websocket(f"ws://{place}/ws", subprotocols=[Subprotocol("hubbub.v1")]))
        for name, page in (("plain", plain), ("deflating", deflating), ("encrypted", encrypted)):
            assert hear(page, "Welcome to hubbub!") != []
            page.send(f"{name}: {words(1)}")
            hear(page, f"{name}: {words(1)}")
        program.send('{"type":"hello","name":"program"}')
        hear(program, '"type":"entered"')
        netcat = connect(server.address(), b"netcat\n")
        netcat.ping("in")
        long = words(2) + " again and again" * 200
        for name, page in (("plain", plain), ("deflating", deflating), ("encrypted", encrypted)):
            page.send(f"{name}: {long}")
            netcat.hear(f"[{name}] {long}".encode())
        program.send(f'{{"type":"say","id":1,"room":"#lobby","text":"{long}"}}')
        for page in (plain, deflating, encrypted):
            hear(page, f"program: {long}")
        hear(program, '"type":"done","id":1')
    eventually(lambda: {("websocket+relay", "left"), ("websocket+native", "left")} <= closings(server))


def closings(server: ConfinedServer) -> set[tuple[object, object]]:
    """Return which kinds of connections were closed, and why."""
    return {
        (entry.get("protocol"), entry.get("reason")) for entry in server.logs if entry["event"] == "connection.closed"
    }


def test_pages_from_elsewhere_are_refused(start_server: StartServer) -> None:
    """With a sentence that says who can change it; the operator can, and the log says whose page it was."""
    server = start_server("127.0.0.1:0", settings={"origins": "https://www.example.org"})
    place = f"ws://{server.address().host}:{server.address().port}/"
    with pytest.raises(InvalidStatus) as refused:
        open_websocket(place, origin=Origin("https://evil.example"))
    assert refused.value.response.status_code == 403
    assert b"origins" in bytes(refused.value.response.body or b"")
    eventually(lambda: "https://evil.example" in server.log_text)
    for origin in ("https://www.example.org", f"http{place.removeprefix('ws').rstrip('/')}", "http://localhost:3000"):
        with open_websocket(place, origin=Origin(origin)) as page:
            hear(page, "Welcome")


def test_a_browser_that_has_logged_in_is_known(start_server: StartServer, connect: Connect) -> None:
    """On pages from here, and on no others, though its browser sends the cookie there as well."""
    server = start_server("127.0.0.1:0", settings={**UNHURRIED, "origins": "https://www.example.org"})
    place = f"{server.address().host}:{server.address().port}"
    ann = connect(server.address(), b"ann\n")
    ann.hear(b"Type to talk")
    ann.send(b"/register correct horse\n")
    ann.ping("registered")
    answer = httpx.post(f"http://{place}/api/v1/session", json={"name": "ann", "password": "correct horse"})
    answer.raise_for_status()
    cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in answer.cookies.items())}

    def greet(origin: str) -> str:
        native = [Subprotocol("hubbub.v1")]
        with open_websocket(
            f"ws://{place}/ws", origin=Origin(origin), subprotocols=native, additional_headers=cookie
        ) as page:
            page.send('{"type":"hello"}')
            return str(page.recv(PATIENCE_SECONDS))

    assert '"name":"ann","has_account":true' in greet(f"http://{place}")
    assert '"type":"refusal"' in greet("https://www.example.org")


def test_a_browser_that_logs_out_does_so_in_all_its_pages(server: ConfinedServer, connect: Connect) -> None:
    """The connection that came by its cookie is told why it ends; another browser of the same person goes on."""
    place = f"{server.address().host}:{server.address().port}"
    connect(server.address(), b"eve\n/register correct horse\n").ping("registered")
    native, origin = [Subprotocol("hubbub.v1")], f"http://{place}"
    with ExitStack() as stack:
        browsers, pages = [], []
        for _ in range(2):
            browser = stack.enter_context(httpx.Client(base_url=origin, headers={"Origin": origin}))
            browser.post("/api/v1/session", json={"name": "eve", "password": "correct horse"}).raise_for_status()
            cookie = {"Cookie": f"hubbub_session={browser.cookies['hubbub_session']}"}
            page = stack.enter_context(
                open_websocket(f"ws://{place}/ws", subprotocols=native, additional_headers=cookie)
            )
            page.send('{"type":"hello"}')
            hear(page, '"type":"welcome"')
            browsers.append(browser)
            pages.append(page)
        assert browsers[0].delete("/api/v1/session").status_code == 204
        hear(pages[0], '"type":"closing","code":"dismissed"')
        with pytest.raises(ConnectionClosed):
            pages[0].recv(PATIENCE_SECONDS)
        pages[1].send('{"type":"ping","id":1}')
        hear(pages[1], '"type":"pong"')


def test_a_server_that_stops_says_so(start_server: StartServer) -> None:
    """1001, and the words before it; the client may come back."""
    server = start_server("127.0.0.1:0")
    with open_websocket(f"ws://{server.address().host}:{server.address().port}/") as page:
        page.send(f"ann: {words(1)}")
        hear(page, f"ann: {words(1)}")
        assert server.stop() == 0
        assert hear(page, "stopping")
        with pytest.raises(ConnectionClosed) as closed:
            page.recv(PATIENCE_SECONDS)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == CloseCode.GOING_AWAY


# Hostile ones


def opened(connect: Connect, server: ConfinedServer, name: str = "", *, receive_buffer_bytes: int = 0) -> Raw:
    """Open a WebSocket, and say who it is."""
    raw = connect(server.address(), HANDSHAKE, receive_buffer_bytes=receive_buffer_bytes)
    raw.hear(OPENED)
    if name:
        raw.send(make_frame(TEXT, f"{name}: /ping in".encode()))
        raw.hear(b"pong in")
    return raw


def test_what_comes_with_the_handshake_is_heard(server: ConfinedServer, connect: Connect) -> None:
    """Some clients do not wait for the answer."""
    raw = connect(server.address(), HANDSHAKE + make_frame(TEXT, b"hasty: /ping at-once"))
    raw.hear(b"pong at-once")


def test_all_that_comes_with_the_handshake_is_heard(server: ConfinedServer, connect: Connect) -> None:
    """However much it is, nothing of it is lost: the frames after it would be understood as its rest."""
    long = make_frame(TEXT, b"hasty: /ping " + b"x" * 1_000)
    raw = connect(server.address(), HANDSHAKE + long * 12 + make_frame(TEXT, b"hasty: /ping last"))
    raw.hear(b"pong last")


def deflated(data: bytes) -> bytes:
    """Return a message as a client compresses it."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (compressor.compress(data) + compressor.flush(zlib.Z_SYNC_FLUSH))[:-4]


ENDLESS: Final = {
    "empty fragments": make_frame(TEXT, fin=False) + make_frame(CONT, fin=False) * 10_000,
    "fragments of a byte": make_frame(TEXT, b"x", fin=False) + make_frame(CONT, b"x", fin=False) * 10_000,
    "pings": make_frame(PING, b"x" * 125) * 1_000,
    "pings between fragments": make_frame(TEXT, b"x", fin=False) + make_frame(PING) * 10_000,
    "empty messages": make_frame(TEXT) * 10_000,
    "bombs": make_frame(TEXT, deflated(b"x" * 100 * MEGABYTE), reserved=0b100),
    "long messages": make_frame(TEXT, b"x" * 65_000) * 20,
    "a length beyond everything": make_header(TEXT, 1 << 62) + bytes(MEGABYTE),
    "no frames at all": b"\x81" * MEGABYTE,
    "HTTP": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 10_000,
}
"""What is repeated."""


@pytest.mark.parametrize("kind", ENDLESS)
def test_endless_input_costs_bounded_memory(
    kind: str, server: ConfinedServer, neighbours: Neighbours, connect: Connect
) -> None:
    """Megabytes that make no sense cost the server some, and the others nothing."""
    raw = opened(connect, server, "endless")
    block = ENDLESS[kind]
    forget_peak(server.pid)
    before = peak_bytes(server.pid)
    with neighbours.talking():
        sent = 0
        while sent < 3 * MEGABYTE and raw.try_send(block):
            sent += len(block)
        raw.reset()
    assert peak_bytes(server.pid) - before < BOUND_BYTES


STREAM: Final = (
    HANDSHAKE
    + make_frame(TEXT, b"cut: /ping hel", fin=False)
    + make_frame(PING, b"x")
    + make_frame(CONT, b"lo")
    + make_frame(CLOSE, (1000).to_bytes(2, "big") + b"bye")
)
"""A whole visit."""


@pytest.mark.parametrize("end", ["reset", "finish"])
def test_a_visit_may_end_anywhere(end: str, server: ConfinedServer, neighbours: Neighbours, connect: Connect) -> None:
    """In the middle of the handshake, of a frame, of a message: nobody else notices, and nothing is left."""
    with neighbours.talking():
        for size in [*range(1, len(HANDSHAKE), 40), *range(len(HANDSHAKE) - 3, len(STREAM) + 1)]:
            raw = connect(server.address(), STREAM[:size])
            if end == "finish":
                raw.finish()
                raw.hear_rest()
            raw.reset()
    neighbours.talk()


def test_every_byte_may_come_alone(server: ConfinedServer, connect: Connect) -> None:
    """And all of them together."""
    raw = connect(server.address())
    for place in range(len(STREAM)):
        raw.send(STREAM[place : place + 1])
    heard = raw.hear_rest()
    assert heard.startswith(b"HTTP/1.1 101 ")
    assert heard.endswith(b"\x88\x05\x03\xe8bye")
    assert b"pong hello" in heard
    together = connect(server.address(), STREAM).hear_rest()
    assert together.endswith(b"\x88\x05\x03\xe8bye")


def test_who_never_reads_is_told_that_he_is_too_slow(start_server: StartServer, connect: Connect) -> None:
    """Behind what waited for him, if he begins to read in time; the others hear everything."""
    server = start_server("127.0.0.1:0", "127.0.0.1:0=text", settings={**UNHURRIED, "limits.outbox_bytes": "262144"})
    deaf = opened(connect, server, "deaf", receive_buffer_bytes=4_096)
    ann = connect(server.address("text"), b"ann\n")
    ann.ping("in")
    said, noise = 0, random.Random(1)
    while not any(entry["event"] == "connection.too_slow" for entry in server.logs):
        assert said < 4_000, "32 MB later it is still not too slow"
        # Noise, which compression leaves as it is.
        ann.send(f"{words(said)} {noise.randbytes(4_000).hex()}\n".encode() * 20)
        ann.ping(f"said-{said}")
        said += 20
    heard = deaf.hear_rest()
    code = (1013).to_bytes(2, "big")
    assert code + b"You read too slowly" in heard[-200:]
    eventually(lambda: ("websocket+relay", "too_slow") in closings(server))


def test_who_gives_no_name_makes_room_for_others(start_server: StartServer, connect: Connect) -> None:
    """An open WebSocket is as silent as any connection: the oldest has to go when there are too many."""
    server = start_server("127.0.0.1:0", settings={"limits.silent_connections": "2"})
    named = opened(connect, server, "named")
    first, second = opened(connect, server), opened(connect, server)
    opened(connect, server)
    assert (1013).to_bytes(2, "big") + b"Too many connections." in first.hear_rest()
    second.send(make_frame(TEXT, b"second: /ping in"))
    second.hear(b"pong in")
    named.send(make_frame(TEXT, b"named: /ping on"))
    named.hear(b"pong on")


def test_pings_have_their_pace(start_server: StartServer, connect: Connect) -> None:
    """Who floods is served slowly, and not even read any more; who pings now and then is answered at once."""
    server = start_server("127.0.0.1:0")
    polite, flood = opened(connect, server, "polite"), opened(connect, server, "flood")
    flooded = 0
    while flooded < 64 * MEGABYTE:
        sent = flood.send_now(make_frame(PING, b"x") * 10_000)
        flooded += sent
        if not sent:
            break
    assert flooded < 64 * MEGABYTE, "everything that was sent was read"
    polite.send(make_frame(PING, b"still there?"))
    polite.hear(b"\x8a\x0cstill there?")
