"""Where to listen: what is understood, and what is said about the rest."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.server.listen import (
    HIGHEST_PORT,
    PROTOCOLS,
    ListenAddress,
    ListenError,
    require_listen_addresses,
)
from hubbub.wire import detect

HOSTS = st.one_of(
    st.builds(IPv4Address, st.integers(0, 2**32 - 1)).map(str),
    st.builds(IPv6Address, st.integers(0, 2**128 - 1)).map(str),
    st.sampled_from(["localhost", "chat.example", "a-b.example", "xn--bcher-kva.example"]),
)

GRAMMAR = st.text("0123456789abcdefx:.[]=-%_ ٣", max_size=30)
"""The characters that mean something here, and some that nearly do."""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:4242", ListenAddress("127.0.0.1", 4242, "auto")),
        ("[::1]:4242", ListenAddress("::1", 4242, "auto")),
        ("localhost:0", ListenAddress("localhost", 0, "auto")),
        ("0.0.0.0:8081=text-frames", ListenAddress("0.0.0.0", 8081, "text-frames")),
        ("[fe80::1%eth0]:65535=text", ListenAddress("fe80::1%eth0", 65535, "text")),
        ("127.0.0.1:1=auto", ListenAddress("127.0.0.1", 1, "auto")),
    ],
)
def test_an_address_a_port_and_a_protocol_are_understood(text: str, address: ListenAddress) -> None:
    """ADDRESS:PORT[=PROTOCOL], with brackets around IPv6, is what can be listened on."""
    assert ListenAddress.parse(text) == address


@given(st.builds(ListenAddress, HOSTS, st.integers(0, HIGHEST_PORT), st.sampled_from(PROTOCOLS)))
def test_an_address_is_written_as_it_is_read(address: ListenAddress) -> None:
    """What the server prints can be given to `--listen` again."""
    assert ListenAddress.parse(str(address)) == address


@given(GRAMMAR)
def test_any_text_is_understood_or_refused(text: str) -> None:
    """A text is an address or a `ListenError`, and never anything else; an address has a host and a real port."""
    try:
        address = ListenAddress.parse(text)
    except ListenError:
        return
    assert address.host
    assert 0 <= address.port <= HIGHEST_PORT


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("4242", "write 127.0.0.1:4242"),
        ("", "write 127.0.0.1:4242"),
        ("localhost", "write localhost:4242"),
        (":4242", "127.0.0.1:4242 for this machine only, 0.0.0.0:4242"),
        ("*:4300", r"0.0.0.0:4300 for every IPv4 address or \[::\]:4300"),
        ("::1:4301", r"needs brackets: write \[::1\]:4301$"),
        ("[::1:4301", r"needs brackets: write \[::1\]:4301$"),
        ("::1]:4301", r"needs brackets: write \[::1\]:4301$"),
        ("::1:", r"needs brackets: write \[::1\]:4242$"),
        ("2001:db8::1:4301", r"write \[2001:db8::1\]:4301$"),
        ("::1", r"a port is missing.*write \[::1\]:4242$"),
        ("[::1]", r"a port is missing.*write \[::1\]:4242$"),
        ("fe80::1%eth0", r"a port is missing.*write \[fe80::1%eth0\]:4242$"),
        ("::", r"a port is missing.*write \[::\]:4242$"),
        ("http://localhost:4242", "expected ADDRESS:PORT, such as 127.0.0.1:4242$"),
        ("localhost:4242:text", "expected ADDRESS:PORT, such as 127.0.0.1:4242$"),
        ("localhost:65536", "a port from 0"),
        ("localhost:http", 'got "http"'),
        ("localhost:", "a port from 0"),
        ("localhost:+1", "a port from 0"),
        ("localhost:٣", "a port from 0"),
        ("256.0.0.1:1", "four numbers"),
        ("127.1:1", "four numbers"),
        ("[127.0.0.1]:1", "IPv6 address between the brackets"),
        ("-a.example:1", "host name"),
        ("a b:1", "host name"),
        ("localhost:1=telnet", "one of auto, text"),
        ("localhost:1=", "one of auto, text"),
    ],
)
def test_a_refusal_says_what_would_be_right(text: str, advice: str) -> None:
    """Whoever mistypes an address learns how it is written."""
    with pytest.raises(ListenError, match=advice):
        ListenAddress.parse(text)


def test_the_protocols_are_those_that_can_be_detected_or_pinned() -> None:
    """What can be written here is what the port knows by the same name."""
    assert {*PROTOCOLS} <= set(detect.Protocol)


def test_a_port_is_listened_on_once() -> None:
    """The same place twice could only have one of the two protocols."""
    with pytest.raises(ListenError, match=r"\[::1\]:4242 is there twice"):
        require_listen_addresses(("[::1]:4242", "127.0.0.1:4242", "[0::1]:4242=text"))


def test_free_ports_may_be_asked_for_many_times() -> None:
    """Port 0 is another port each time."""
    require_listen_addresses(("127.0.0.1:0", "127.0.0.1:0=text"))


def test_the_one_wrong_address_of_several_is_named() -> None:
    """Among several addresses it is said which one is wrong."""
    with pytest.raises(ListenError, match='in "b", a port is missing'):
        require_listen_addresses(("127.0.0.1:1", "b"))
