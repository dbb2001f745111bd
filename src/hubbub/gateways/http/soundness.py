"""Soundness: what the head of a request must be, beyond what the parser sees to, for anything to be done about it.

The parser refuses two lengths, a length and chunks, chunks in disorder, lines that are folded or end in one byte, and
control characters. What is left over is here: whatever two programs that a request passes could understand in two ways.
"""

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from hubbub.gateways.http.problems import Problem, bad_request

HEAD_BYTES: Final = 16_384
"""Longest head that is read: what h11 and most servers take, cookies of a machine's other servers included."""

TARGET_BYTES: Final = 8_000
"""Longest target of a request. RFC 9112 section 3 recommends to take 8 000 octets."""

FIELDS: Final = 100
"""Most header fields: as many as Apache takes (LimitRequestFields); browsers send some twenty."""

VERSIONS: Final = frozenset({"1.0", "1.1"})

_TARGET: Final = re.compile(rb"(?:https?://(?P<authority>[^/?#]+))?(?P<path>/[!\"$-~]*)?", re.IGNORECASE)
"""What is asked for, with the server's address before it where a proxy was asked. RFC 9112 section 3.2. No fragment,
which is the browser's own."""


def require_sound(version: str, target: bytes, fields: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Return the target without an address before it, beginning with a slash. Raises `Problem`."""
    if version not in VERSIONS:
        raise wrong_version(version)
    hosts = [value for name, value in fields if name == b"host"]
    if len(hosts) > 1 or (not hosts and version != "1.0"):
        # RFC 9112 section 3.2: it must be there, once.
        raise bad_request("A request needs one Host field, and only one.")
    codings = [value for name, value in fields if name == b"transfer-encoding"]
    if codings and (version == "1.0" or codings != [b"chunked"]):
        # RFC 9112 section 6.1. Whatever else it may be called, another program could find another end of the body.
        raise bad_request("A body is sent with a Content-Length, or with “Transfer-Encoding: chunked” and HTTP/1.1.")
    return _require_path(target, hosts[0] if hosts else b"")


def wrong_version(version: str) -> Problem:
    """Return what to raise at other versions."""
    if version.startswith("0"):
        return bad_request("A request needs a version at the end of its first line: HTTP/1.1.")
    return Problem(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "version_not_supported", "This server speaks HTTP/1.1.")


def _require_path(target: bytes, host: bytes) -> bytes:
    found = _TARGET.fullmatch(target)
    if found is None or not (found["path"] or found["authority"]):
        raise bad_request("A request asks for a path that begins with a slash.")
    authority = found["authority"]
    if authority is not None and authority.lower() != host.lower():
        # RFC 9112 section 3.2.2 lets the first count; but then somebody on the way may have gone by the other one.
        raise bad_request("The address in the first line and the one in the Host field differ.")
    return found["path"] or b"/"


def head_too_large() -> Problem:
    """Return what to raise at a head that is longer than any may be."""
    return Problem(
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        "head_too_large",
        f"The head of a request may have {HEAD_BYTES} bytes and {FIELDS} fields. Send fewer or shorter ones.",
    )


def target_too_long() -> Problem:
    """Return what to raise at a target that is longer than any may be."""
    return Problem(
        HTTPStatus.REQUEST_URI_TOO_LONG,
        "target_too_long",
        f"What a request asks for may be {TARGET_BYTES} bytes long. Ask for less at once.",
    )
