"""Lines of IRC as a careful client reads them: whatever no server should send is a fault.

https://modern.ircdocs.horse/#message-format
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.seeds.client import BrokenBytesError

BODY_LIMIT: Final = 512
"""Longest line without its tags, in bytes, CR LF included. RFC 1459 section 2.3."""

TAGS_LIMIT: Final = 8_191
"""Longest tags, in bytes, with the `@` and the space behind them. IRCv3 message-tags, size limit."""

MOST_PARAMS: Final = 15
"""RFC 2812 section 2.3."""

_LINE: Final = re.compile(
    r"(?:@(?P<tags>[^ ]+) )?(?P<body>(?::(?P<source>[^ ]+) )?(?P<command>[A-Z]+|[0-9]{3})"
    r"(?P<middles>(?: [^: \0\r][^ \0\r]*)*)(?: :(?P<trailing>[^\0\r]*))?)\r"
)


@dataclass(frozen=True)
class Line:
    """One line, and its parts as they stand in it."""

    command: str
    middles: tuple[str, ...]
    """The parameters without a colon."""
    trailing: str | None
    """The last parameter, where it has a colon."""
    source: str
    tags: Mapping[str, str]

    @property
    def params(self) -> tuple[str, ...]:
        """All parameters."""
        return self.middles if self.trailing is None else (*self.middles, self.trailing)

    @property
    def is_numeric(self) -> bool:
        """Whether it answers by a number."""
        return self.command.isdecimal()

    @property
    def is_speech(self) -> bool:
        """Whether somebody says something in it."""
        return self.command in {"PRIVMSG", "NOTICE"}


def read_line(data: bytes) -> Line:
    """Read a line, without its LF; raise `BrokenBytesError` if no server should send it."""
    match = _LINE.fullmatch(data.decode())
    if match is None:
        raise BrokenBytesError(f"no line of IRC: {data!r}")
    tags = match["tags"] or ""
    if len(match["body"].encode()) > BODY_LIMIT - len("\r\n") or len(tags.encode()) > TAGS_LIMIT - len("@ "):
        raise BrokenBytesError(f"a line too long: {data!r}")
    line = Line(
        command=match["command"],
        middles=tuple(match["middles"].split()),
        trailing=match["trailing"],
        source=match["source"] or "",
        tags=dict(_split(tag) for tag in tags.split(";") if tag),
    )
    if len(line.params) > MOST_PARAMS:
        raise BrokenBytesError(f"too many parameters: {data!r}")
    return line


def _split(tag: str) -> tuple[str, str]:
    key, _, value = tag.partition("=")
    return key, value
