"""Places: where a server is reached, as a browser was told."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final

import msgspec

HTTP_PORT: Final = 80
HTTPS_PORT: Final = 443
"""Ports that addresses are without. RFC 9110 sections 4.2.1 and 4.2.2."""

_AUTHORITY: Final = re.compile(r"(?P<host>\[[0-9a-f:.]+\]|[a-z0-9.-]{1,253})(?::(?P<port>[0-9]{0,5}))?", re.IGNORECASE)
_HOST_NAME: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
"""RFC 1123 section 2.1. No hyphen in front: it would make an option of what is copied behind a command."""
_NUMBERS: Final = re.compile(r"[0-9.]+")
_HIGHEST_PORT: Final = 65_535


class Place(msgspec.Struct, frozen=True):
    """Where a server is reached; safe to be shown, and to be copied behind a command."""

    host: str
    """A name or an address, without brackets."""
    port: int

    def __str__(self) -> str:
        """Write it as in a link, with the brackets that an IPv6 address needs. RFC 3986 section 3.2.2."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_local(self) -> bool:
        """Whether it is the very machine of whoever asks."""
        return self.host in {"localhost", "::1"} or (
            self.host.startswith("127.") and _NUMBERS.fullmatch(self.host) is not None
        )


def parse_place(authority: str, default_port: int) -> Place | None:
    """Return the place that an address names, or None where it is none: anybody may write anything there."""
    found = _AUTHORITY.fullmatch(authority)
    if found is None:
        return None
    host, port = _parse_host(found["host"].lower()), int(found["port"] or default_port)
    return Place(host, port) if host and 1 <= port <= _HIGHEST_PORT else None


def _parse_host(text: str) -> str:
    """Return a host as it is usually written; empty where it is none."""
    try:
        if text.startswith("["):
            return str(IPv6Address(text[1:-1]))
        if _NUMBERS.fullmatch(text):
            return str(IPv4Address(text))
    except AddressValueError:
        return ""
    return text if _HOST_NAME.fullmatch(text) else ""
