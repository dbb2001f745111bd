"""Where a server is, as people write it."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.client.endpoints import BadEndpoint, Endpoint, parse_endpoint

WRITTEN = {
    "localhost": Endpoint("localhost", 4242),
    "localhost:5000": Endpoint("localhost", 5000),
    " 127.0.0.1:1 ": Endpoint("127.0.0.1", 1),
    "[::1]:4242": Endpoint("::1", 4242),
    "[fe80::1%eth0]": Endpoint("fe80::1%eth0", 4242),
    "hubbub://chat.example/": Endpoint("chat.example", 4242),
    "HUBBUBS://chat.example:443": Endpoint("chat.example", 443, is_encrypted=True),
    "ws://chat.example": Endpoint("chat.example", 80, "websocket", path="/ws"),
    "wss://chat.example:4242/chat/ws": Endpoint("chat.example", 4242, "websocket", True, "/chat/ws"),
}


@pytest.mark.parametrize(("written", "meant"), WRITTEN.items(), ids=WRITTEN)
def test_what_is_meant(written: str, meant: Endpoint) -> None:
    """A host is enough; a port, TLS and WebSocket can be said, and written again they mean the same."""
    assert parse_endpoint(written) == meant
    assert parse_endpoint(str(meant)) == meant


@pytest.mark.parametrize(
    "written",
    ["", "http://chat.example", "localhost:0", "localhost:65536", "localhost:x", "a b", "::1", "ann@host", "host/path"],
)
def test_what_means_nothing(written: str) -> None:
    """The sentence repeats what was written and says what could be."""
    with pytest.raises(BadEndpoint, match="HOST:PORT") as caught:
        parse_endpoint(written)
    assert caught.value.written == written


def test_http_is_on_the_same_port() -> None:
    """Files are fetched from where one talks."""
    assert parse_endpoint("wss://[::1]:4242").base_url == "https://[::1]:4242"
    assert parse_endpoint("chat.example").base_url == "http://chat.example:4242"


@given(st.text())
def test_anything_is_read_or_refused(written: str) -> None:
    """Whatever is written, nothing else is raised."""
    with contextlib.suppress(BadEndpoint):
        assert 0 < parse_endpoint(written).port < 65_536
