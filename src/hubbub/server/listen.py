"""Where to listen, as an operator writes it: `ADDRESS:PORT[=PROTOCOL]`."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final, Literal, Self, TypeGuard, get_args

import msgspec

Protocol = Literal["auto", "text", "irc", "native", "http", "ssh", "header-frames", "json-frames", "text-frames"]
"""What a listener speaks. `auto` finds it out for each connection; the others are for clients that cannot wait."""

PROTOCOLS: Final[tuple[Protocol, ...]] = get_args(Protocol)

HIGHEST_PORT: Final = 65_535
"""Ports are 16 bits wide (RFC 9293 section 3.1); 0 asks the operating system for a free one."""

_EXAMPLE_PORT: Final = 4242
"""The port in what is proposed to somebody who has given none."""

_HOST_NAME: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*", re.IGNORECASE)
"""Labels of letters, digits and inner hyphens, joined by dots. RFC 1123 section 2.1."""

_PORT: Final = re.compile(r"[0-9]{1,5}")

_NUMBERS: Final = re.compile(r"[0-9.]+")
"""What looks like an IPv4 address has to be one: no host name ends in a number. RFC 1123 section 2.1."""


class ListenError(ValueError):
    """A text does not say where to listen; its message says what would be right."""


class ListenAddress(msgspec.Struct, frozen=True):
    """One address, port and protocol to listen on."""

    host: str
    """An IPv4 address, an IPv6 address without brackets, or a host name."""

    port: int
    """From 0, a free one, to `HIGHEST_PORT`."""

    protocol: Protocol = "auto"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `ADDRESS:PORT[=PROTOCOL]`, or raise `ListenError`."""
        place, equals, protocol = text.partition("=")
        host, port = _parse_place(place)
        return cls(host, port, _parse_protocol(protocol) if equals else "auto")

    def __str__(self) -> str:
        """Write the address as it is written in a setting; the protocol only when it is pinned."""
        pinned = "" if self.protocol == "auto" else f"={self.protocol}"
        return f"{join_host_port(self.host, self.port)}{pinned}"


def join_host_port(host: str, port: int) -> str:
    """Join a host and a port, with the brackets that an IPv6 address needs. RFC 3986 section 3.2.2."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def require_listen_addresses(texts: tuple[str, ...]) -> None:
    """Raise `ListenError`, naming the text, unless each one can be listened on beside the others."""
    seen: set[tuple[str, int]] = set()
    for text in texts:
        try:
            address = ListenAddress.parse(text)
        except ListenError as error:
            raise ListenError(f'in "{text}", {error}') from error
        if address.port and (address.host, address.port) in seen:
            raise ListenError(f"{join_host_port(address.host, address.port)} is there twice: a port has one protocol")
        seen.add((address.host, address.port))


def _parse_place(text: str) -> tuple[str, int]:
    """Split at the last colon; everything before it is the host."""
    if "[" in text or text.count(":") > 1:
        return _parse_bracketed(text)
    host, colon, port = text.rpartition(":")
    if not colon:
        raise ListenError(f"a port is missing: write {_guess_host(text)}:{_EXAMPLE_PORT}")
    if host in {"", "*"}:
        # Not a short form for "every address": whoever opens a server to the world should have to say so.
        raise ListenError(
            f"an address is missing: write 127.0.0.1:{port} for this machine only, "
            f"0.0.0.0:{port} for every IPv4 address or [::]:{port} for every IPv6 address"
        )
    return _parse_host(host), _parse_port(port)


def _parse_bracketed(text: str) -> tuple[str, int]:
    """Split behind the brackets, which tell the colons of an IPv6 address from the one before its port."""
    host, bracket, port = text.removeprefix("[").partition("]:")
    if text.startswith("[") and bracket:
        return _parse_ipv6(host), _parse_port(port)
    raise ListenError(_guess_brackets(text.replace("[", "").replace("]", "")))


def _guess_brackets(text: str) -> str:
    """Say what was meant by an IPv6 address without brackets, with a port behind it or without."""
    host, _, port = text.rpartition(":")
    if _is_ipv6(host):
        return f"an IPv6 address needs brackets: write [{host}]:{port or _EXAMPLE_PORT}"
    if _is_ipv6(text):
        return f"a port is missing, and an IPv6 address needs brackets: write [{text}]:{_EXAMPLE_PORT}"
    return f"expected ADDRESS:PORT, such as 127.0.0.1:{_EXAMPLE_PORT}"


def _guess_host(text: str) -> str:
    """Take a lone number for a port, anything else for a host; only to show an example."""
    return "127.0.0.1" if text.isdecimal() or not text else text


def _parse_port(text: str) -> int:
    # Not int() alone: it also reads "+1", "1_0" and digits of other scripts.
    if not _PORT.fullmatch(text) or int(text) > HIGHEST_PORT:
        raise ListenError(f'expected a port from 0 (a free one) to {HIGHEST_PORT}, got "{text}"')
    return int(text)


def _parse_host(text: str) -> str:
    if _NUMBERS.fullmatch(text):
        return _parse_ipv4(text)
    if not _HOST_NAME.fullmatch(text):
        raise ListenError(f'expected an address or a host name, got "{text}"')
    return text


def _parse_ipv6(text: str) -> str:
    try:
        return str(IPv6Address(text))
    except AddressValueError as error:
        raise ListenError(f'expected an IPv6 address between the brackets, got "{text}"') from error


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return True


def _parse_ipv4(text: str) -> str:
    try:
        return str(IPv4Address(text))
    except AddressValueError as error:
        raise ListenError(f'expected an IPv4 address of four numbers up to 255, got "{text}"') from error


def _parse_protocol(text: str) -> Protocol:
    if _is_protocol(text):
        return text
    raise ListenError(f'expected a protocol, one of {", ".join(PROTOCOLS)}, got "{text}"')


def _is_protocol(text: str) -> TypeGuard[Protocol]:
    return text in PROTOCOLS
