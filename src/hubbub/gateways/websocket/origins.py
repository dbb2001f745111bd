"""Origins: which web pages may open a WebSocket here. A browser says from where a page is; other programs say nothing.

Browsers let any page open a WebSocket to any server, also to one that only its visitor can reach: on his own machine,
or in the network where he is. So a page has to come from here, or from where the operator allows it.
"""

from collections.abc import Collection
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

import msgspec

ANY: Final = "*"
"""Stands for all origins."""

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


class Origins(msgspec.Struct, frozen=True):
    """Which pages may do what."""

    allowed: frozenset[str] = frozenset()
    """Pages from elsewhere that may come as strangers."""
    public_url: str = ""
    """Where pages from here come from, if what stands in front asks for another host; empty where nobody knows."""

    def are_here(self, origin: str, host: str) -> bool:
        """Return whether a page comes from the very server that it asks; `host` is what the request calls that.

        The scheme does not count: what encrypts may stand in front of this server, and then it does not know.
        """
        page = _split(origin)
        if page is None or page.scheme not in _DEFAULT_PORTS:
            return False
        public = _split(self.public_url) if self.public_url else None
        is_public = public is not None and _place(page) == _place(public)
        return is_public or _place(page) == _place_of_host(host, page.scheme)

    def allow(self, origin: str, host: str) -> bool:
        """Return whether a page may open a WebSocket: from here, one that is allowed, or both on the visitor's machine.

        The last is a page that somebody develops, or runs, on the machine where he also runs this server: whoever can
        serve pages there is a program of his, which may connect by itself as well.
        """
        if ANY in self.allowed or origin.lower() in self.allowed or self.are_here(origin, host):
            return True
        page = _split(origin)
        return page is not None and _is_this_machine(page.hostname) and _is_this_machine(_name_of_host(host))


def require_origins(origins: Collection[str]) -> None:
    """Raise `ValueError` for what is no origin."""
    for origin in origins:
        page = _split(origin)
        is_place = page is not None and page.scheme and page.netloc and not (page.path or page.query or page.fragment)
        if origin not in {ANY, "null"} and (not is_place or origin != origin.lower()):
            raise ValueError(
                f"{origin!r} is not like https://chat.example.org, in small letters and with nothing behind"
            )


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _place(parts: SplitResult) -> tuple[str | None, int | None]:
    return parts.hostname, parts.port or _DEFAULT_PORTS.get(parts.scheme)


def _place_of_host(host: str, scheme: str) -> tuple[str | None, int | None] | None:
    parts = _split(f"{scheme}://{host}")
    return None if parts is None else _place(parts)


def _name_of_host(host: str) -> str | None:
    parts = _split(f"//{host}")
    return None if parts is None else parts.hostname


def _is_this_machine(name: str | None) -> bool:
    """Return whether a name can only mean the machine on which it is used. RFC 6761 section 6.3."""
    if name is None:
        return False
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
