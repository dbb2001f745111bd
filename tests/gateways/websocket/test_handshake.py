"""The handshake: who is let in, for what, and what everybody else is told."""

import gc
import weakref
from collections.abc import Sequence
from functools import partial

import pytest
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.frames import Opcode
from websockets.server import ServerProtocol

from hubbub.gateways.conversation import Conversation
from hubbub.gateways.websocket.conversation import WebSocketConversation
from hubbub.gateways.websocket.framing import FRAMINGS
from hubbub.gateways.websocket.handshake import Handshakes, Spoken, Visitor, as_line
from hubbub.gateways.websocket.origins import Origins
from hubbub.wire.detect import Protocol
from tests.gateways.making import HERE, make_conversation
from tests.gateways.websocket.page import DEFLATE, Page, make_handshakes, make_request
from tests.service.clock import ManualClock


class Noting:
    """A table of what is spoken, and who came for it."""

    def __init__(self) -> None:
        self.came: list[tuple[str, Visitor]] = []
        table = {name: Spoken(partial(self._begin, name), as_line, 1_000) for name in ("", "one", "two")}
        self.handshakes = Handshakes(table, Origins(), ManualClock())

    def _begin(self, name: str, visitor: Visitor) -> Conversation:
        self.came.append((name, visitor))
        return make_conversation(Protocol.TEXT)


def refusal(request: bytes, origins: Sequence[str] = ()) -> str:
    """Return the answer that refuses a request."""
    answer = make_handshakes(origins).open(request, HERE)
    assert isinstance(answer, bytes)
    return answer.decode()


@pytest.mark.parametrize("path", ["/", "/ws", "/socket.io/?EIO=4", "/a%20b"])
def test_every_path_leads_to_the_relay(path: str) -> None:
    """The S0 page asks for any, and for no subprotocol. RFC 6455 section 4.2.2: the answer proves that it was read."""
    opened = make_handshakes().open(make_request(path), HERE)
    assert isinstance(opened, WebSocketConversation)
    answer = next(iter(opened.begin()))
    assert b"HTTP/1.1 101 " in answer.data  # type: ignore[union-attr] # it is sent first
    assert b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in answer.data  # type: ignore[union-attr] # as above


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [(None, ""), ("one", "one"), ("two", "two"), ("other, two, one", "two"), ("other,one", "one")],
)
def test_the_first_subprotocol_that_is_known_is_spoken(offered: str | None, chosen: str) -> None:
    """In the client's order, which is the order of its wishes."""
    noting = Noting()
    fields = {} if offered is None else {"Sec-WebSocket-Protocol": offered}
    opened = noting.handshakes.open(make_request(**fields), HERE)
    assert isinstance(opened, WebSocketConversation)
    ((name, visitor),) = noting.came
    assert (name, visitor.peer) == (chosen, HERE)


def test_who_wants_only_what_is_not_spoken_is_told_what_is() -> None:
    """Before anything begins that he would not understand."""
    noting = Noting()
    answer = noting.handshakes.open(make_request(**{"Sec-WebSocket-Protocol": "mqtt, stomp"}), HERE)
    assert isinstance(answer, bytes)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"spoken here: one, two; or connect without one" in answer
    assert noting.came == []


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (make_request(without=["Sec-WebSocket-Key"]), 400),
        (make_request(**{"Sec-WebSocket-Key": "short"}), 400),
        (make_request(**{"Sec-WebSocket-Key": "not base64 at all!!"}), 400),
        (make_request(without=["Sec-WebSocket-Version"]), 400),
        (make_request(**{"Sec-WebSocket-Version": "8"}), 400),
        (make_request(Upgrade="h2c"), 426),
        (make_request(Connection="close"), 426),
        (make_request(without=["Host"]), 400),
        (make_request().replace(b"Host: ", b"Host: x\r\nHost: "), 400),
        (make_request(Origin="https://chat.example.org:4242").replace(b"Origin: ", b"Origin: null\r\nOrigin: "), 400),
        (make_request(**{"Sec-WebSocket-Extensions": ";;;"}), 400),
        (make_request(**{"Sec-WebSocket-Protocol": ",,"}), 400),
        (make_request().replace(b"GET ", b"POST "), 405),
        (make_request().replace(b"HTTP/1.1", b"HTTP/1.0"), 505),
        (make_request().replace(b"HTTP/1.1", b"HTTP/3"), 400),
        (make_request(**{"Content-Length": "5"}), 400),
        (make_request(**{"Transfer-Encoding": "chunked"}), 400),
        (make_request("/" + "x" * 20_000), 414),
        (make_request(Cookie="x" * 20_000), 431),
        (b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\xff\xff\r\n\r\n", 400),
        (b"\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x", 400),
    ],
)
def test_what_is_no_handshake_is_refused(request_: bytes, status: int) -> None:
    """With the status that says what is wrong, and a close."""
    answer = refusal(request_)
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert "Connection: close" in answer


def test_a_page_from_elsewhere_is_refused() -> None:
    """And told who can change it; the operator can."""
    request = make_request(Origin="https://evil.example")
    answer = refusal(request)
    assert answer.startswith("HTTP/1.1 403 ")
    assert "https://evil.example" in answer
    assert "origins" in answer
    assert isinstance(make_handshakes(["https://evil.example"]).open(request, HERE), WebSocketConversation)


def test_a_page_from_elsewhere_may_speak_where_all_have_to_prove_who_they_are() -> None:
    """Then it is told so; one that is from here, or is allowed, need not prove anything."""
    came: list[Visitor] = []

    def begin(visitor: Visitor) -> Conversation:
        came.append(visitor)
        return make_conversation(Protocol.TEXT)

    table = {"proof": Spoken(begin, as_line, 1_000, takes_strangers=True), "": Spoken(begin, as_line, 1_000)}
    handshakes = Handshakes(table, Origins(frozenset({"https://other.example"})), ManualClock())
    wanted = {"Sec-WebSocket-Protocol": "proof", "Cookie": "hubbub_session=x"}
    for origin in ("https://evil.example", "https://other.example", "https://chat.example.org:4242"):
        assert isinstance(handshakes.open(make_request(Origin=origin, **wanted), HERE), WebSocketConversation)
    assert [(visitor.is_stranger, visitor.cookies) for visitor in came] == [
        (True, ""),
        (False, ""),
        (False, "hubbub_session=x"),
    ]
    assert isinstance(handshakes.open(make_request(Origin="https://evil.example"), HERE), bytes)


@pytest.mark.parametrize(
    ("origin", "host", "cookie"),
    [
        ("", "localhost:4242", "hubbub_session=x"),
        ("http://localhost:4242", "localhost:4242", "hubbub_session=x"),
        ("http://localhost:3000", "localhost:4242", ""),
    ],
)
def test_only_pages_from_here_act_in_their_visitors_name(origin: str, host: str, cookie: str) -> None:
    """A browser sends its cookies whatever page it is; so one that is allowed comes as a stranger."""
    noting = Noting()
    fields = {"Origin": origin} if origin else {}
    noting.handshakes.open(make_request(Host=host, Cookie="hubbub_session=x", **fields), HERE)
    ((_, visitor),) = noting.came
    assert visitor.cookies == cookie


@pytest.mark.parametrize(
    ("cookies", "value"),
    [
        ("", ""),
        ("hubbub_session=x", "x"),
        ('a=b; hubbub_session="x"; c=d', "x"),
        ("xhubbub_session=x; hubbub_session=y;", "y"),
        ("hubbub_session", ""),
        ("hubbub_session=x; hubbub_session=y", ""),
    ],
)
def test_a_cookie_is_found_among_others(cookies: str, value: str) -> None:
    """One given twice is nobody's: another server under the same name may have set it."""
    assert Visitor(HERE, cookies).cookie("hubbub_session") == value


@pytest.mark.parametrize(
    ("offer", "agreed", "is_shared"),
    [
        ("permessage-deflate", "permessage-deflate; server_no_context_takeover; client_no_context_takeover", True),
        (
            "permessage-deflate; client_max_window_bits",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
            True,
        ),
        (
            "permessage-deflate; server_max_window_bits=10",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10",
            False,
        ),
        ("permessage-deflate; server_max_window_bits=8", "", False),
        ("permessage-deflate; server_max_window_bits=8, permessage-deflate", "permessage-deflate", True),
        ("permessage-deflate; unheard_of", "", False),
        ("x-webkit-deflate-frame, permessage-bzip2", "", False),
    ],
)
def test_compression_is_agreed_upon(offer: str, agreed: str, is_shared: bool) -> None:
    """So that nothing is remembered on either side; who has less room than the rest is sent everything plain."""
    opened = make_handshakes().open(make_request(**{"Sec-WebSocket-Extensions": offer}), HERE)
    assert isinstance(opened, WebSocketConversation)
    answer = next(iter(opened.begin())).data.decode()  # type: ignore[union-attr] # it is sent first
    assert f"Sec-WebSocket-Extensions: {agreed}" in answer if agreed else "Extensions" not in answer
    assert opened._framing is FRAMINGS[Opcode.TEXT, is_shared]  # noqa: SLF001 - nobody else can tell them apart


def test_every_client_understands_what_it_has_agreed_to() -> None:
    """Those that a browser, a careful and a poor client offer."""
    long = "/help"
    for extensions in (
        (),
        DEFLATE,
        [ClientPerMessageDeflateFactory(True, True)],
        [ClientPerMessageDeflateFactory(server_max_window_bits=9, client_max_window_bits=9)],
    ):
        page = Page(extensions).arrive().say(f"ann: {long}")
        assert any("/nick" in message for message in page.take())


def test_nothing_is_left_of_a_connection() -> None:
    """Not until somebody looks for circles: that is done rarely."""
    gc.collect()
    gc.disable()
    page = Page(DEFLATE).arrive()
    left = weakref.ref(page.conversation._opening.protocol)  # noqa: SLF001 - what is held in a circle
    try:
        sides = [side for side in gc.get_objects() if isinstance(side, ServerProtocol)]
        assert len(sides) == 1, "what has shaken hands is gone already"
        del sides
        del page
        assert left() is None
    finally:
        gc.enable()


def test_a_message_may_stand_on_several_lines() -> None:
    """JSON that a program has written for people is one line all the same."""
    assert as_line(b'{"type":\n "ping"}') == b'{"type":  "ping"}\n'
