"""Unspoken protocols: whoever speaks one is told so in it, in a way that his program understands."""

import ssl

import pytest

from hubbub.gateways.unspoken import SSH_NEEDS_EXTRA, UNSPOKEN
from hubbub.wire.detect import Protocol
from tests.gateways.making import SPOKEN

SENTENCE = SSH_NEEDS_EXTRA


def test_every_protocol_is_spoken_or_refused() -> None:
    """What the port can detect is answered in one way or the other."""
    assert {*UNSPOKEN, *SPOKEN, Protocol.IRC, Protocol.NATIVE, Protocol.AUTO} == set(Protocol)


def test_a_tls_client_understands() -> None:
    """OpenSSL takes it for what it is: a handshake that failed."""
    context = ssl.create_default_context()
    received, sent = ssl.MemoryBIO(), ssl.MemoryBIO()
    handshake = context.wrap_bio(received, sent, server_hostname="localhost")
    with pytest.raises(ssl.SSLWantReadError):
        handshake.do_handshake()
    received.write(UNSPOKEN[Protocol.TLS])
    with pytest.raises(ssl.SSLError, match=r"(?i)handshake.failure"):
        handshake.do_handshake()


def test_an_ssh_client_understands() -> None:
    """A version line, then one packet with a disconnection that carries the sentence, of a length SSH allows."""
    version, _, packet = UNSPOKEN[Protocol.SSH].partition(b"\r\n")
    assert version.startswith(b"SSH-2.0-")
    length, padding = int.from_bytes(packet[:4], "big"), packet[4]
    assert length == len(packet) - 4
    assert len(packet) % 8 == 0
    assert padding >= 4
    payload = packet[5:-padding]
    assert payload[0] == 1
    size = int.from_bytes(payload[5:9], "big")
    assert payload[9 : 9 + size].decode() == SENTENCE
    assert payload[9 + size :] == bytes(4)
