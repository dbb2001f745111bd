"""PROXY headers as proxies write them, for tests that pretend to be one."""

import struct
from ipaddress import ip_address
from typing import Final

SIGNATURE: Final = b"\r\n\r\n\0\r\nQUIT\n"

LOCAL: Final = 0x20
PROXY: Final = 0x21

OVER_TLS: Final = b"\x20\x00\x05\x01\x00\x00\x00\x00"
"""A part of version 2 that says that the client came over TLS: PP2_TYPE_SSL with PP2_CLIENT_SSL."""


def v1(host: str, port: int) -> bytes:
    """Write a header of version 1."""
    version = ip_address(host).version
    return f"PROXY TCP{version} {host} {host} {port} 4242\r\n".encode()


def v2(host: str, port: int, parts: bytes = b"") -> bytes:
    """Write a header of version 2, with parts behind the addresses."""
    packed = ip_address(host).packed
    family = 0x11 if ip_address(host).version == 4 else 0x21
    return v2_block(PROXY, family, packed + packed + struct.pack(">HH", port, 4242) + parts)


def v2_block(command: int, family: int, rest: bytes = b"") -> bytes:
    """Write a header of version 2 with anything in it."""
    return SIGNATURE + struct.pack(">BBH", command, family, len(rest)) + rest
