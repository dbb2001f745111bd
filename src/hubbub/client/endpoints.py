"""Endpoints: where a server is, and how it is spoken to there, as people write it."""

import re
from typing import Final, Literal

import msgspec

PORT: Final = 4242
"""Where a hubbub listens unless told otherwise."""

WEBSOCKET_PATH: Final = "/ws"
"""Where the native protocol is spoken over WebSocket. docs/protocol.md."""

_PORTS: Final = {"hubbub": PORT, "hubbubs": PORT, "ws": 80, "wss": 443}
"""The port of each scheme where none is written; those of WebSocket are from RFC 6455 section 3."""

_WRITTEN: Final = re.compile(
    r"""(?:(?P<scheme>[A-Za-z]+)://)?
    (?:\[(?P<six>[0-9A-Fa-f:.]+(?:%[\w.-]+)?)\]|(?P<host>[^\s:/\[\]?#@]+))
    (?::(?P<port>[0-9]{1,5}))?
    (?P<path>/\S*)?""",
    re.VERBOSE,
)

_MOST_PORTS: Final = 65_535


class BadEndpoint(ValueError):  # noqa: N818 - named by what is wrong
    """That is no place where a server could be."""

    def __init__(self, written: str) -> None:
        super().__init__(
            f"{written!r} is no address of a server. Write HOST, HOST:PORT, or a URL that begins with "
            "hubbub://, hubbubs:// (TLS), ws:// or wss://."
        )
        self.written = written


class Endpoint(msgspec.Struct, frozen=True):
    """One place where a server may be reached."""

    host: str
    port: int
    transport: Literal["tcp", "websocket"] = "tcp"
    is_encrypted: bool = False
    path: str = ""
    """What follows the port, for WebSocket only."""

    def __str__(self) -> str:
        """Write it as `parse_endpoint` reads it."""
        schemes = {"tcp": "hubbub", "websocket": "ws"}
        return f"{schemes[self.transport]}{'s' * self.is_encrypted}://{self.address}{self.path}"

    @property
    def address(self) -> str:
        """Return the host and the port, as they stand in a URL."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def base_url(self) -> str:
        """Return what the URL of everything begins with that is there over HTTP: it is the same port."""
        return f"http{'s' * self.is_encrypted}://{self.address}"


def parse_endpoint(written: str) -> Endpoint:
    """Read `HOST`, `HOST:PORT`, `[IPV6]:PORT` or a URL; raises `BadEndpoint` for anything else."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        raise BadEndpoint(written)
    scheme = (found["scheme"] or "hubbub").lower()
    port = int(found["port"] or _PORTS.get(scheme, 0))
    path = found["path"] or ""
    if scheme not in _PORTS or not 0 < port <= _MOST_PORTS:
        raise BadEndpoint(written)
    is_encrypted = scheme in {"hubbubs", "wss"}
    host = found["six"] or found["host"]
    if scheme.startswith("ws"):
        return Endpoint(host, port, "websocket", is_encrypted, WEBSOCKET_PATH if path in {"", "/"} else path)
    if path not in {"", "/"}:
        raise BadEndpoint(written)
    return Endpoint(host, port, is_encrypted=is_encrypted)
