"""The head of an HTTP request: what is asked for, and under which address whoever asks has found the server."""

import re
from typing import Final

import msgspec

HEAD_BYTES: Final = 16_384
"""Longest head that is read: what h11 and most servers take, cookies of a machine's other servers included."""

_END: Final = re.compile(rb"\r?\n\r?\n")
"""People who type a request end their lines in one byte, which may be understood. RFC 9112 section 2.2."""
_LONGEST_END_BYTES: Final = 4

_TOKEN: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - a term of RFC 9110 section 5.6.2
_REQUEST_LINE: Final = re.compile(rf"(?P<method>{_TOKEN}) (?P<target>[!-~]+) HTTP/(?P<major>[0-9])\.[0-9]")
_FIELD_LINE: Final = re.compile(rf"(?P<name>{_TOKEN}):(?P<value>[^\0\r]*)")
"""RFC 9112 sections 3 and 5. A line that goes on with the next one is refused: nobody sends such lines any more."""

_TARGET: Final = re.compile(r"(?:https?://(?P<authority>[^/?#]*))?(?P<path>[^?#]*)", re.IGNORECASE)
"""What is asked for, with the server's address before it where a proxy asks. RFC 9112 section 3.2."""


class MalformedHead(ValueError):  # noqa: N818 - as the errors of the wire are called
    """What came is no head of a request."""


class Head(msgspec.Struct, frozen=True):
    """What a head asks for."""

    method: str
    major: int
    """The first number of the version."""
    path: str
    """As it came, without a query; perhaps no path at all, as in `OPTIONS *`."""
    authority: str
    """Under which address the server was found; empty where none was told, or more than one."""


def has_ended(head: bytes | bytearray, new_bytes: int) -> bool:
    """Return whether a head is complete, of which so many bytes have just come."""
    return _END.search(head, max(len(head) - new_bytes - _LONGEST_END_BYTES + 1, 0)) is not None


def parse_head(data: bytes) -> Head:
    """Read a head, and leave what follows it. Raises `MalformedHead`."""
    found = _END.search(data)
    if found is None:
        raise MalformedHead
    first, *lines = data[: found.start()].decode("latin-1").split("\n")
    request = _REQUEST_LINE.fullmatch(first.removesuffix("\r"))
    if request is None:
        raise MalformedHead
    hosts = [value for name, value in map(_parse_field, lines) if name == "host"]
    target = _TARGET.match(request["target"])
    if target is None:
        raise AssertionError("anything begins like a target")
    # Of two addresses the one that was asked for counts: RFC 9112 section 3.2.2.
    authority = target["authority"] or (hosts[0] if len(hosts) == 1 else "")
    return Head(request["method"], int(request["major"]), target["path"] or "/", authority)


def _parse_field(line: str) -> tuple[str, str]:
    field = _FIELD_LINE.fullmatch(line.removesuffix("\r"))
    if field is None:
        raise MalformedHead
    return field["name"].lower(), field["value"].strip(" \t")
