"""The PROXY protocol: a header is read exactly, however it comes, and whatever is none is refused."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.errors import BadProxyHeader
from hubbub.wire.proxy import V1_BYTES, V2_BYTES, ProxyHeader, parse_proxy_header
from tests.fuzz.budget import QUICK
from tests.wire.proxy_headers import LOCAL, OVER_TLS, PROXY, SIGNATURE, v1, v2, v2_block

LONGEST_IPV6: Final = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"

GOOD: Final = [
    (v1("192.0.2.7", 56324), "192.0.2.7", 56324),
    (v1("2001:db8::7", 0), "2001:db8::7", 0),
    (v1(LONGEST_IPV6, 65535), LONGEST_IPV6, 65535),
    (b"PROXY UNKNOWN\r\n", None, 0),
    (f"PROXY UNKNOWN {LONGEST_IPV6} {LONGEST_IPV6} 65535 65535\r\n".encode(), None, 0),
    (v2("192.0.2.7", 56324), "192.0.2.7", 56324),
    (v2("2001:db8::7", 65535), "2001:db8::7", 65535),
    (v2("192.0.2.7", 1, b"\x03\x00\x04abcd\x01\x00\x08http/1.1"), "192.0.2.7", 1),
    (v2("192.0.2.7", 1, b"\x03\xff\xffmalformed"), "192.0.2.7", 1),
    (v2("192.0.2.7", 1, b"\x20\x00\x00"), "192.0.2.7", 1),
    (v2("192.0.2.7", 1, bytes(V2_BYTES - 28)), "192.0.2.7", 1),
    (v2_block(LOCAL, 0), None, 0),
    (v2_block(LOCAL, 0xFF, b"whatever"), None, 0),
    (v2_block(PROXY, 0x00, b"whatever"), None, 0),
    (v2_block(PROXY, 0x12, bytes(12)), None, 0),
    (v2_block(PROXY, 0x31, bytes(216)), None, 0),
]

BAD: Final = [
    b"GET / HTTP/1.1\r\n",
    b"\x16\x03\x01",
    b"hello\n",
    b"PROXX",
    b"PROXY TCP4 192.0.2.7 192.0.2.7 1 2\n\r\n",
    b"PROXY TCP4 192.0.2.7 192.0.2.7 1\r\n",
    b"PROXY TCP4 192.0.2.7 192.0.2.7 1 2 \r\n",
    b"PROXY  TCP4 192.0.2.7 192.0.2.7 1 2\r\n",
    b"proxy TCP4 192.0.2.7 192.0.2.7 1 2\r\n",
    b"PROXY TCP4 192.0.2.7 192.0.2.7 65536 2\r\n",
    b"PROXY TCP4 192.0.2.7 192.0.2.7 1 99999\r\n",
    b"PROXY TCP4 192.0.2.7 192.0.2.7 01 2\r\n",
    b"PROXY TCP4 192.0.2.07 192.0.2.7 1 2\r\n",
    b"PROXY TCP4 192.0.2.256 192.0.2.7 1 2\r\n",
    b"PROXY TCP4 2001:db8::7 2001:db8::7 1 2\r\n",
    b"PROXY TCP6 192.0.2.7 192.0.2.7 1 2\r\n",
    b"PROXY TCP6 fe80::1%eth0 fe80::1 1 2\r\n",
    b"PROXY UDP4 192.0.2.7 192.0.2.7 1 2\r\n",
    b"PROXY UNKNOWNS\r\n",
    b"PROXY " + b"x" * V1_BYTES,
    b"PROXY UNKNOWN " + b"x" * (V1_BYTES - 15) + b"\r\n",
    v2_block(0x11, 0x11, bytes(12)),
    v2_block(0x22, 0x11, bytes(12)),
    v2_block(PROXY, 0x41, bytes(12)),
    v2_block(PROXY, 0x13, bytes(12)),
    v2_block(PROXY, 0x11, bytes(11)),
    v2_block(PROXY, 0x21, bytes(35)),
    v2_block(PROXY, 0x11, bytes(V2_BYTES - 15)),
]


@pytest.mark.parametrize(("header", "host", "port"), GOOD)
def test_a_header_tells_for_whom_a_proxy_comes(header: bytes, host: str | None, port: int) -> None:
    """Nothing of what follows belongs to it, whatever that is; until it is whole, nothing is known."""
    for following in (b"", b"\r\n", b"PROXY ", SIGNATURE):
        assert parse_proxy_header(header + following) == ProxyHeader(len(header), host, port)
    for size in range(len(header)):
        assert parse_proxy_header(header[:size]) is None


@pytest.mark.parametrize("data", BAD)
def test_what_is_no_header_is_refused(data: bytes) -> None:
    """To the letter: nothing else may pass for it, and nothing that follows makes it one."""
    for following in (b"", b"\r\n"):
        with pytest.raises(BadProxyHeader):
            parse_proxy_header(data + following)


@pytest.mark.parametrize(
    ("parts", "is_encrypted"),
    [
        (OVER_TLS, True),
        (b"\x03\x00\x04abcd" + OVER_TLS, True),
        (b"\x20\x00\x05\x00\x00\x00\x00\x00", False),
        (b"\x20\x00\x05\x02\x00\x00\x00\x00", False),
        (b"\x21\x00\x05\x01\x00\x00\x00\x00", False),
        (b"\x03\xff\xff" + OVER_TLS, False),
        (b"", False),
    ],
)
def test_a_proxy_may_tell_of_tls(parts: bytes, is_encrypted: bool) -> None:
    """Where the client is encrypted as far as the proxy, that is known here."""
    header = parse_proxy_header(v2("192.0.2.7", 1, parts))
    assert header is not None
    assert header.is_encrypted is is_encrypted


ALPHABET: Final = (
    *(
        b"PROXY",
        b" ",
        b"TCP4",
        b"TCP6",
        b"UNKNOWN",
        b"192.0.2.7",
        b"2001:db8::7",
        b"1",
        b"65535",
        b"\r\n",
        b"\r",
        b"\n",
    ),
    *(SIGNATURE, SIGNATURE[:5], b"\x20", b"\x21", b"\x11", b"\x00\x0c", bytes(12), bytes(36), OVER_TLS, b"\x00$"),
)


@QUICK
@given(st.lists(st.sampled_from(ALPHABET) | st.binary(max_size=4), max_size=12).map(b"".join), st.binary(max_size=8))
def test_any_bytes_are_understood_or_refused(data: bytes, following: bytes) -> None:
    """What was once said stays so whatever follows, and `V2_BYTES` always say something."""

    def read(seen: bytes) -> ProxyHeader | str | None:
        try:
            return parse_proxy_header(seen)
        except BadProxyHeader:
            return "refused"

    said = read(data)
    assert said is None or read(data + following) == said
    assert read((data + bytes(V2_BYTES))[:V2_BYTES]) is not None
    if isinstance(said, ProxyHeader):
        assert 0 < said.size_bytes <= min(len(data), V2_BYTES)
