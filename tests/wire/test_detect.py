"""Detection: everyone gets the protocol that his first bytes speak, and keeps it."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.detect import DETECT_BYTES, Protocol, detect
from tests.fuzz.budget import QUICK

ALPHABET: Final = (
    *(b"CAP", b"cap", b"NICK", b"USER", b"user", b"PASS", b"ls", b"req :", b"0", b"*", b"@a=b", b"ann"),
    *(b"GET", b"PRI", b"POST", b"/", b"SSH-", b"SS", b"\x16", b"\x03", b"{", b"\xff", b"\x00", b"\x08"),
    *(b" ", b"  ", b"5", b"12", b"\r", b"\n", b":", b"x" * DETECT_BYTES),
)

EXAMPLES: Final = [
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", Protocol.TLS),
    (b"SSH-2.0-OpenSSH_9.2\r\n", Protocol.SSH),
    (b"GET / HTTP/1.1\r\nHost: chat\r\n\r\n", Protocol.HTTP),
    (b"POST /hook HTTP/1.1\r\n", Protocol.HTTP),
    (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Protocol.HTTP),
    (b"CAP LS 302\r\nNICK ann\r\n", Protocol.IRC),
    (b"NICK ann\r\n", Protocol.IRC),
    (b"USER ann 0 * :Ann\r\n", Protocol.IRC),
    (b"PASS secret\r\n", Protocol.IRC),
    (b"WEBIRC secret gateway host 192.0.2.1\r\n", Protocol.IRC),
    (b"@label=1 CAP LS 302\r\n", Protocol.IRC),
    (b"cap ls 302\r\n", Protocol.IRC),
    (b"cap req :sasl\r\n", Protocol.IRC),
    (b"user ann 0 * :Ann\r\n", Protocol.IRC),
    (b'{"hello": {}}\n', Protocol.NATIVE),
    (b"5         alice", Protocol.HEADER_FRAMES),
    (b"         5alice", Protocol.HEADER_FRAMES),
    (b" 12       hello", Protocol.HEADER_FRAMES),
    (b'\x00\x20{"type": "hello", "nick": "ann"}', Protocol.JSON_FRAMES),
    (b'\x01\x00{"type":"hello"', Protocol.JSON_FRAMES),
    (b"\xff\xfb\x1f", Protocol.TEXT),
    (b"alice\n", Protocol.TEXT),
    ("Ünal\n".encode(), Protocol.TEXT),
    (b"user friendly hello\n", Protocol.TEXT),
    (b"user friendly hello to all :)\n", Protocol.TEXT),
    (b"User 5 is here\n", Protocol.TEXT),
    (b"pass the salt\n", Protocol.TEXT),
    (b"cap\n", Protocol.TEXT),
    (b"cap it all\n", Protocol.TEXT),
    (b"nick bob\n", Protocol.TEXT),
    (b"NICK\n", Protocol.TEXT),
    (b"GET\n", Protocol.TEXT),
    (b"get lost\n", Protocol.TEXT),
    (b"GETTING there\n", Protocol.TEXT),
    (b"@bob hi there\n", Protocol.TEXT),
    (b"@bob\nand NICK too\n", Protocol.TEXT),
    (b"@" + b"x" * 200 + b" NICK ann", Protocol.TEXT),
    (b"user " + b"x" * 200 + b" 0 * :x", Protocol.TEXT),
    (b"user x\n0 0 * :x", Protocol.TEXT),
    (b"SSHady\n", Protocol.TEXT),
    (b"42\n", Protocol.TEXT),
    (b"0123456789\n", Protocol.TEXT),
    (b"5 friends here\n", Protocol.TEXT),
    (b"          alice", Protocol.TEXT),
    (b"\n", Protocol.TEXT),
    (b"/help\n", Protocol.TEXT),
    (b"SEND ['ann']: hi", Protocol.TEXT),
    (b"\x16\x16\x16", Protocol.TEXT),
    (b"\x00\x0bann: hello", Protocol.TEXT),
    (b"\x00\x00\x00\x00", Protocol.TEXT),
    (b"\x80\x80\x01\x03", Protocol.TEXT),
]


@pytest.mark.parametrize(("first_bytes", "protocol"), EXAMPLES)
def test_everyone_is_recognised(first_bytes: bytes, protocol: Protocol) -> None:
    """Each kind of client by what it really sends, and people by everything else, commands of IRC in a sentence too."""
    assert detect(first_bytes) is protocol


@pytest.mark.parametrize(("first_bytes", "protocol"), EXAMPLES)
def test_a_slow_beginning_is_never_mistaken(first_bytes: bytes, protocol: Protocol) -> None:
    """Byte by byte, each beginning is either undecided or already right."""
    beginnings = {detect(first_bytes[:length]) for length in range(len(first_bytes))}
    assert beginnings <= {None, protocol}


@QUICK
@given(st.lists(st.sampled_from(ALPHABET), max_size=8).map(b"".join), st.binary(max_size=4))
def test_a_decision_stays_and_is_always_made(first: bytes, more: bytes) -> None:
    """No further byte changes what was decided, and `DETECT_BYTES` decide."""
    decided = detect(first)
    assert decided is None or detect(first + more) is decided
    assert decided is not None or len(first) < DETECT_BYTES
    assert decided not in {Protocol.AUTO, Protocol.TEXT_FRAMES}


def test_silence_says_nothing() -> None:
    """Without a byte there is nothing to decide; how long to wait is the caller's business."""
    assert detect(b"") is None


def test_protocols_are_named_as_listeners_are_pinned() -> None:
    """The values are what stands behind the `=` of `--listen`."""
    assert {str(protocol) for protocol in Protocol} >= {"auto", "text", "header-frames", "json-frames", "text-frames"}
