"""The PROXY protocol: the header by which a proxy tells for whom it comes, in both of its versions.

The specification is `doc/proxy-protocol.txt` of HAProxy; sections below are its.
"""

import re
import struct
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final

import msgspec

from hubbub.wire.errors import BadProxyHeader

V1_BYTES: Final = 107
"""Longest header of version 1, with its line end. Section 2.1."""

V2_BYTES: Final = 4_096
"""Longest header of version 2 that is read, though it may have 65 551: room for a client's certificate, which is the
largest thing that proxies add."""

_V1: Final = b"PROXY"
_V1_LINE: Final = re.compile(
    rb"PROXY TCP([46]) ([0-9a-fA-F.:]+) ([0-9a-fA-F.:]+) (0|[1-9][0-9]{0,4}) (0|[1-9][0-9]{0,4})"
)
_V1_UNKNOWN: Final = re.compile(rb"PROXY UNKNOWN( .*)?")

_V2_SIGNATURE: Final = b"\r\n\r\n\0\r\nQUIT\n"
_V2_HEAD: Final = struct.Struct(">12sBBH")
"""Signature, version and command, family and protocol, bytes that follow. Section 2.2."""

_LOCAL, _PROXY = 0x20, 0x21
"""Version 2, and whether the proxy comes for itself, as health checks do, or for somebody else."""

_TCP4, _TCP6 = 0x11, 0x21
_FAMILIES: Final = range(4)
_PROTOCOLS: Final = range(3)
_ADDRESSES: Final = {_TCP4: struct.Struct(">4s4sHH"), _TCP6: struct.Struct(">16s16sHH")}
"""Source, destination, and the port of each."""

_PART: Final = struct.Struct(">BH")
"""What each of the parts that may follow begins with: type and length. Section 2.2."""

_SSL: Final = 0x20
_CLIENT_SSL: Final = 0x01
"""PP2_TYPE_SSL, and the bit of its first byte that is set when the client came over TLS. Section 2.2.6."""

_HIGHEST_PORT: Final = 65_535


class ProxyHeader(msgspec.Struct, frozen=True):
    """What a proxy says, and how many bytes it took to say it."""

    size_bytes: int
    host: str | None = None
    """The client's address; None where the proxy comes for itself, or does not know: then its own one counts."""
    port: int = 0
    is_encrypted: bool = False
    """Whether the client speaks TLS with the proxy, as far as that tells (`send-proxy-v2-ssl`)."""


def parse_proxy_header(data: bytes) -> ProxyHeader | None:
    """Return the header that the data begin with, or None while more bytes are needed.

    `V2_BYTES` are always enough. Raises `BadProxyHeader` as soon as nothing that follows could make it one.
    """
    if data[: len(_V2_SIGNATURE)] == _V2_SIGNATURE[: len(data)]:
        return _parse_v2(data)
    if data[: len(_V1)] == _V1[: len(data)]:
        return _parse_v1(data)
    raise BadProxyHeader


def _parse_v1(data: bytes) -> ProxyHeader | None:
    line, end, _ = data[:V1_BYTES].partition(b"\r\n")
    if not end:
        if len(data) >= V1_BYTES:
            raise BadProxyHeader
        return None
    size_bytes = len(line) + len(end)
    if _V1_UNKNOWN.fullmatch(line):
        return ProxyHeader(size_bytes)
    parts = _V1_LINE.fullmatch(line)
    if parts is None:
        raise BadProxyHeader
    version, source, destination, *ports = (part.decode() for part in parts.groups())
    kind = IPv4Address if version == "4" else IPv6Address
    try:
        host, _ = kind(source), kind(destination)
    except AddressValueError as error:
        raise BadProxyHeader from error
    if any(int(port) > _HIGHEST_PORT for port in ports):
        raise BadProxyHeader
    return ProxyHeader(size_bytes, str(host), int(ports[0]))


def _parse_v2(data: bytes) -> ProxyHeader | None:
    if len(data) < _V2_HEAD.size:
        return None
    _, command, family, rest_bytes = _V2_HEAD.unpack_from(data)
    size_bytes = _V2_HEAD.size + rest_bytes
    if command not in {_LOCAL, _PROXY} or size_bytes > V2_BYTES:
        raise BadProxyHeader
    if len(data) < size_bytes:
        return None
    if command == _LOCAL:
        return ProxyHeader(size_bytes)
    if family >> 4 not in _FAMILIES or family & 0xF not in _PROTOCOLS:
        raise BadProxyHeader
    addresses = _ADDRESSES.get(family)
    if addresses is None:
        # Valid, and nothing that comes by TCP: to be taken for an unknown one.
        return ProxyHeader(size_bytes)
    if rest_bytes < addresses.size:
        raise BadProxyHeader
    source, _, port, _ = addresses.unpack_from(data, _V2_HEAD.size)
    host = IPv4Address(source) if family == _TCP4 else IPv6Address(source)
    is_encrypted = _tells_of_tls(data[_V2_HEAD.size + addresses.size : size_bytes])
    return ProxyHeader(size_bytes, str(host), port, is_encrypted)


def _tells_of_tls(parts: bytes) -> bool:
    """Look for the one part that matters here; others, and what is malformed, are skipped."""
    while len(parts) > _PART.size:
        kind, value_bytes = _PART.unpack_from(parts)
        if kind == _SSL and value_bytes:
            return bool(parts[_PART.size] & _CLIENT_SSL)
        parts = parts[_PART.size + value_bytes :]
    return False
