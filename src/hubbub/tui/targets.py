"""Targets: where to go, as people have it: an address, a link to a room, or an invitation."""

import re
from typing import Final
from urllib.parse import unquote, urlsplit

import msgspec

from hubbub.client.endpoints import BadEndpoint, parse_endpoint
from hubbub.core.codes import parse_code
from hubbub.wire.links import INVITATION_PATH

_SECURE: Final = {"http": "", "https": "s"}
_USUAL: Final = {"http": 80, "https": 443}
"""RFC 9110 section 4.2."""

_LINK: Final = re.compile(r"(?i)(hubbubs?|https?)://")


class Target(msgspec.Struct, frozen=True):
    """Where somebody wants to go."""

    endpoint: str
    room: str = ""
    code: str = ""
    """An invitation."""


def read_target(written: str) -> Target:
    """Read `HOST`, `HOST:PORT`, `hubbub://HOST/#ROOM`, or a link to an invitation; raises `BadEndpoint`."""
    written = written.strip()
    if _LINK.match(written) is None:
        return Target(str(parse_endpoint(written)))
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        raise BadEndpoint(written) from None
    scheme, host = parts.scheme.lower(), parts.netloc
    if scheme in _SECURE:
        # Behind a proxy for the web only WebSocket comes through; on its own port a server speaks everything.
        behind_web = port is None or port == _USUAL[scheme]
        where = f"{'ws' if behind_web else 'hubbub'}{_SECURE[scheme]}://{host}"
        return Target(str(parse_endpoint(where)), _room(parts.fragment), _code(written, parts.path))
    room = parts.fragment or parts.path.strip("/")
    return Target(str(parse_endpoint(f"{scheme}://{host}")), _room(room))


def _room(text: str) -> str:
    name = unquote(text).strip()
    return f"#{name.removeprefix('#')}" if name and not name.startswith("@") else name


def _code(written: str, path: str) -> str:
    if not path.startswith(INVITATION_PATH):
        if path.strip("/"):
            raise BadEndpoint(written)
        return ""
    code = parse_code(path.removeprefix(INVITATION_PATH))
    if code is None:
        raise BadEndpoint(written)
    return code
