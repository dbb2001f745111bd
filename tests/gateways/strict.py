"""How unforgivingly the seed programs read: what these functions refuse would have ended one of them."""

import json
from typing import Final

from tests.gateways.making import STAMP

HEADER_BYTES: Final = 10
LENGTH_BYTES: Final = 2
WRITE_BYTES: Final = 1_400
"""Most that one write brings in one piece. `dialects.md`."""


def read_pairs(data: bytes) -> list[tuple[str, str]]:
    """Read as S1: pairs of frames, each pair small enough to come whole."""
    pairs = []
    while data:
        sender, rest = _read_header_frame(data)
        message, rest = _read_header_frame(rest)
        assert len(data) - len(rest) <= WRITE_BYTES
        assert sender
        pairs.append((sender, message))
        data = rest
    return pairs


def _read_header_frame(data: bytes) -> tuple[str, bytes]:
    header, rest = data[:HEADER_BYTES], data[HEADER_BYTES:]
    assert len(header) == HEADER_BYTES
    length = int(header.decode().strip())
    assert 0 <= length <= len(rest)
    return rest[:length].decode(), rest[length:]


def read_packets(data: bytes) -> list[dict[str, str]]:
    """Read as S2: JSON objects with a type it knows, and nothing but strings in them."""
    packets = []
    while data:
        length = int.from_bytes(data[:LENGTH_BYTES], "big")
        payload, data = data[LENGTH_BYTES : LENGTH_BYTES + length], data[LENGTH_BYTES + length :]
        assert len(payload) == length > 0
        packet = json.loads(payload)
        fields = {"type", "nick", "message"} if packet["type"] == "chat" else {"type", "nick"}
        assert packet["type"] in {"join", "leave", "chat"}
        assert set(packet) == fields
        assert all(isinstance(value, str) for value in packet.values())
        packets.append(packet)
    return packets


def read_frames(data: bytes) -> list[str]:
    """Read as S3: texts that are never empty, each small enough to come whole."""
    texts = []
    while data:
        length = int.from_bytes(data[:LENGTH_BYTES], "big")
        payload, data = data[LENGTH_BYTES : LENGTH_BYTES + length], data[LENGTH_BYTES + length :]
        assert len(payload) == length > 0
        assert LENGTH_BYTES + length <= WRITE_BYTES
        texts.append(payload.decode())
    return texts


def read_lines(data: bytes, line_end: str = "\n") -> list[str]:
    """Read as S4: whole lines, each with its stamp, which is left out of what is returned."""
    text = data.decode()
    assert not text or text.endswith(line_end)
    lines = text.split(line_end)[:-1]
    assert all(line.startswith(STAMP) for line in lines)
    assert not any("\r" in line or "\n" in line for line in lines)
    return [line.removeprefix(STAMP) for line in lines]
