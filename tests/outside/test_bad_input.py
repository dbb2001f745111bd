"""Bad input of every kind harms nobody but whoever sends it."""

import random
import struct
from collections.abc import Callable
from typing import Final

import pytest

from tests.outside.confined import ConfinedServer
from tests.outside.conftest import EVERY_PROTOCOL, Connect
from tests.outside.neighbours import Neighbours
from tests.outside.raw import Raw
from tests.seeds import s2

HOSTILE: Final = {
    "nothing": b"",
    "noise": random.Random(4242).randbytes(4_096),
    "one byte": b"\x00",
    "zeros": bytes(4_096),
    "ones": b"\xff" * 4_096,
    "half a decimal header": b"123",
    "a decimal header and half a name": b"100       ann",
    "4 GiB in decimals": b"4294967296" + b"x" * 100,
    "a decimal header with letters": b"12a4      " + b"x" * 100,
    "a negative length": b"-5        hello",
    "a length of other digits": "\u0665".encode().ljust(10) + b"hello",
    "half a packet": struct.pack(">H", 1_000) + b'{"type": "hello", "nick": "ann',
    "a packet of nothing": struct.pack(">H", 0) * 500,
    "the longest packet": struct.pack(">H", 65_535) + b"x" * 65_535,
    "JSON a thousand deep": s2.packet(b"[" * 1_000 + b"]" * 1_000),
    "JSON that never closes": s2.packet(b"[" * 60_000),
    "JSON with half a character": s2.packet(b'{"type":"hello","nick":"\\ud800"}'),
    "bad UTF-8 in a line": b"\xc3\x28\xed\xa0\x80\n",
    "an escape sequence for a name": b"\x1b]0;title\x07\x1b[2J\n",
    "endless negotiation": b"\xff\xfb\x1f\xff\xfd\x03" * 2_000,
    "half a negotiation": b"\xff\xfa\x18",
    "TLS, and then nothing": b"\x16\x03\x01\x40\x00",
    "a request of a proxy": b"CONNECT example.org:443 HTTP/1.1\r\n\r\n",
    "a line of shell": b"() { ;; }; echo x\n",
}
"""What scanners, broken programs and bored people send."""

ENDINGS: Final[dict[str, Callable[[Raw], None]]] = {
    "silence": lambda _: None,
    "the end of the stream": Raw.finish,
    "a close": Raw.close,
    "a reset": Raw.reset,
}
"""How they go on."""


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("protocol", EVERY_PROTOCOL)
def test_nobody_notices_bad_input(
    protocol: str, ending: str, shared_server: ConfinedServer, neighbours: Neighbours, connect: Connect
) -> None:
    """Whatever is sent to any listener, and however it ends, the others talk on undisturbed."""
    with neighbours.talking():
        for data in HOSTILE.values():
            if protocol == "text-frames" and data.startswith(b"\x00") and b":" in data:
                # A name and a text, there.
                continue
            raw = connect(shared_server.address(protocol))
            raw.try_send(data)
            ENDINGS[ending](raw)
