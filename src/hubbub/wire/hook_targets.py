"""Targets: where a webhook may be told to post, as far as its URL shows."""

from typing import Final
from urllib.parse import urlsplit

import msgspec

URL_LENGTH: Final = 2_048
"""Longest URL, in characters: longer than any that a service gives out."""

DEFAULT_PORTS: Final = {"http": 80, "https": 443}

FIRST_FREE_PORT: Final = 1_024
"""From here on, anybody's program may listen; below, only 80 and 443 are where one expects HTTP."""

BAD_PORTS: Final = frozenset(
    [1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, *range(6665, 6670), 6679, 6697, 10080]
)
"""Where other protocols are at home that could be made to do something by what looks like HTTP. Fetch, section 2.9."""


class UnfitTarget(ValueError):  # noqa: N818 - named by what is wrong
    """Nothing may be posted there; the text says why, for whoever asked for it."""


class Target(msgspec.Struct, frozen=True):
    """A URL, taken apart."""

    scheme: str
    host: str
    """In ASCII, without the brackets of an IPv6 address."""
    port: int
    path: str
    """With the query; what stands behind a `#` is never sent."""

    @property
    def shown_host(self) -> str:
        """The host, and the port where it is an unusual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def parse_target(url: str) -> Target:
    """Return where a URL leads. Raises `UnfitTarget`."""
    if len(url) > URL_LENGTH or not url.isprintable() or " " in url or "\\" in url:
        raise UnfitTarget(f"A URL has up to {URL_LENGTH} characters, and no spaces.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host = host.encode("idna").decode() if not host.isascii() else host
        path = (parts.path or "/").encode("ascii").decode() + (f"?{parts.query}" if parts.query else "")
        path.encode("ascii")
    except ValueError:
        raise UnfitTarget("That is no URL: write one such as https://ci.example.org/chat, in ASCII.") from None
    if parts.scheme not in DEFAULT_PORTS or not host:
        raise UnfitTarget("Write a URL that begins with https:// or http:// and a host.")
    if parts.username is not None or parts.password is not None:
        raise UnfitTarget("A name or a password cannot stand in the URL; a secret path can.")
    port = DEFAULT_PORTS[parts.scheme] if port is None else port
    if port not in DEFAULT_PORTS.values() and (port < FIRST_FREE_PORT or port in BAD_PORTS):
        raise UnfitTarget(f"Nothing is posted to port {port}, where something else than HTTP is expected.")
    return Target(parts.scheme, host, port, path)
