r"""Isupport: what a server can do, as tokens `NAME` or `NAME=value` in its numeric 005.

https://modern.ircdocs.horse/#rplisupport-005. Which values say that names are compared as PRECIS does (RFC 8265) nobody
has settled: clients take a `CASEMAPPING` that they do not know for `rfc1459`, for which `[` is the capital of `{`, and
some complain. So the two tokens of https://github.com/ircv3/ircv3-specifications/blob/master/documentation/rfc8265.md
stand side by side, as Ergo has them: who knows only the first is right about ASCII.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from hubbub.wire.irc.message import LINE_LIMIT

CASEMAPPING: Final = "ascii"
"""Which letters are capitals of others, for every client."""

UTF8MAPPING: Final = "rfc8265"
"""The same, for clients that know PRECIS."""

TOKENS_PER_LINE: Final = 13
"""A line has fifteen parameters, of which the nick and the sentence are two. RFC 2812 section 2.3."""

_ESCAPED: Final = re.compile(r"\\x([0-9A-Fa-f]{2})")
_ESCAPES: Final = str.maketrans({" ": r"\x20", "\\": r"\x5C", "=": r"\x3D"})


def encode_tokens(tokens: Mapping[str, str], room_bytes: int = LINE_LIMIT // 2) -> list[tuple[str, ...]]:
    """Return the tokens in their order, as many in each tuple as one line holds; "" is no value.

    `room_bytes` is what the rest of the line leaves for them, each with a space before it.
    """
    return [*_pack([_encode_token(name, value) for name, value in tokens.items()], room_bytes)]


def parse_token(token: str) -> tuple[str, str]:
    """Return the name and the value of a token; "" where there is none."""
    name, _, value = token.partition("=")
    return name, _ESCAPED.sub(_unescape, value)


def escape_value(value: str) -> str:
    """Return a value without spaces, backslashes and `=`, which have a meaning of their own."""
    return value.translate(_ESCAPES)


def _pack(tokens: Iterable[str], room_bytes: int) -> Iterable[tuple[str, ...]]:
    line: list[str] = []
    used = 0
    for token in tokens:
        size = len(token.encode()) + 1
        if line and (len(line) == TOKENS_PER_LINE or used + size > room_bytes):
            yield tuple(line)
            line, used = [], 0
        line.append(token)
        used += size
    if line:
        yield tuple(line)


def _encode_token(name: str, value: str) -> str:
    return f"{name}={escape_value(value)}" if value else name


def _unescape(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16))
