"""Origins: which pages may open a WebSocket, and in whose name."""

import pytest

from hubbub.gateways.websocket.origins import Origins, require_origins

HERE = "chat.example.org:4242"


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://chat.example.org:4242", HERE),
        ("http://chat.example.org:4242", HERE),
        ("https://chat.example.org", "chat.example.org"),
        ("https://chat.example.org", "chat.example.org:443"),
        ("http://chat.example.org", "chat.example.org:80"),
        ("https://CHAT.example.org", "chat.EXAMPLE.org"),
        ("http://192.168.1.5:4242", "192.168.1.5:4242"),
        ("http://[2001:db8::1]:4242", "[2001:db8::1]:4242"),
    ],
)
def test_a_page_from_here_is_allowed(origin: str, host: str) -> None:
    """Encrypted or not: what encrypts may stand in front."""
    assert Origins().are_here(origin, host)
    assert Origins().allow(origin, host)


def test_a_page_from_the_public_url_is_from_here() -> None:
    """What stands in front may ask for this server under another name."""
    origins = Origins(public_url="https://chat.example.org")
    assert origins.are_here("https://chat.example.org", "127.0.0.1:4242")
    assert origins.are_here("https://chat.example.org:443", "hubbub:4242")
    assert not origins.are_here("https://chat.example.org:4242", "127.0.0.1:4242")
    assert not origins.allow("https://evil.example", "chat.example.org")


STRANGERS = [
    ("https://evil.example", HERE),
    ("https://chat.example.org", HERE),
    ("https://chat.example.org:4243", HERE),
    ("https://chat.example.org.evil.example:4242", HERE),
    ("https://chat.example.org:4242@evil.example", HERE),
    ("https://evil.example/chat.example.org:4242", HERE),
    ("http://192.168.1.6:4242", "192.168.1.5:4242"),
    ("https://evil.example", "localhost:4242"),
    ("https://evil.example", "127.0.0.1:4242"),
    ("http://localhost.evil.example:3000", "localhost:4242"),
    ("http://localhost:3000", HERE),
    ("http://localhost:3000", "192.168.1.5:4242"),
    ("null", HERE),
    ("null", "localhost:4242"),
    ("", ""),
    ("", HERE),
    ("file://", "localhost:4242"),
    ("https://chat.example.org:x", HERE),
    ("https://[", HERE),
    ("https://chat.example.org:4242", "["),
    ("chrome-extension://chat.example.org:4242", HERE),
]


@pytest.mark.parametrize(("origin", "host"), STRANGERS)
def test_a_page_from_elsewhere_is_not(origin: str, host: str) -> None:
    """Whatever it is called, and however much that looks like being from here."""
    assert not Origins().allow(origin, host)
    assert not Origins(frozenset({"https://other.example"})).allow(origin, host)


@pytest.mark.parametrize(("origin", "host"), STRANGERS)
def test_the_operator_may_allow_it(origin: str, host: str) -> None:
    """Each by itself, or all; but it never becomes a page from here, that acts in its visitor's name."""
    for allowed in (origin.lower(), "*"):
        origins = Origins(frozenset({allowed}))
        assert origins.allow(origin, host)
        assert not origins.are_here(origin, host)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://localhost:3000", "localhost:4242"),
        ("http://127.0.0.1:5173", "localhost:4242"),
        ("https://[::1]:3000", "127.0.0.1:4242"),
        ("http://page.localhost:3000", "localhost"),
    ],
)
def test_a_page_and_a_server_on_the_visitors_machine_find_each_other(origin: str, host: str) -> None:
    """As whoever writes a page, and the S0 page with its own server, need it; it is no page from here, either."""
    assert Origins().allow(origin, host)
    assert not Origins().are_here(origin, host)


@pytest.mark.parametrize("origin", ["*", "null", "https://chat.example.org", "http://localhost:3000"])
def test_origins_can_be_set(origin: str) -> None:
    """As browsers write them."""
    require_origins([origin])


@pytest.mark.parametrize(
    "origin",
    ["", "chat.example.org", "https://chat.example.org/", "https://Chat.example.org", "https://x?y", "https://["],
)
def test_what_is_no_origin_is_refused(origin: str) -> None:
    """It would never be met."""
    with pytest.raises(ValueError, match="is not like https://"):
        require_origins([origin])
