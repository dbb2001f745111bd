"""Messages: one line of IRC as a value, and a value as one line.

    @tags :source COMMAND middle middle :the last may hold spaces

RFC 1459 section 2.3, as https://modern.ircdocs.horse/#message-format tells it today; IRCv3 message-tags.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from hubbub.wire.errors import WireError
from hubbub.wire.irc.tags import encode_tags, parse_tags

LINE_LIMIT: Final = 512
"""Longest message without its tags, in bytes, CR LF included. RFC 1459 section 2.3."""

_BODY_LIMIT: Final = LINE_LIMIT - len("\r\n")

_NO_TAGS: Final[Mapping[str, str]] = MappingProxyType({})

_NOT_COMMANDS: Final = ("", ":", "@")
"""How no command begins: what does so is a source or tags in the wrong place, and would be them if it stood first."""

_CONTINUATION: Final = 0b1000_0000
"""The two highest bits of every byte of a character but its first. RFC 3629 section 3."""


class IrcMessage(msgspec.Struct, frozen=True, gc=False):
    """One message; a parameter may be empty only as the last."""

    command: str
    """In capitals, or three digits; whatever else a client sent for one, but nothing beginning with `:` or `@`."""

    params: tuple[str, ...] = ()
    tags: Mapping[str, str] = _NO_TAGS
    """Their values unescaped, "" where there is none."""

    source: str = ""
    """From whom it comes, `nick!user@host` or a server; servers do not believe what clients say here."""

    def param(self, place: int, default: str = "") -> str:
        """Return the parameter at a place, counted from 0, or the default where there are not as many."""
        return self.params[place] if len(self.params) > place else default


class NoCommand(WireError):  # noqa: N818 - an error is named by what is wrong
    """A line without a command: empty, or tags and a source alone. Nobody answers the former."""

    recoverable = True

    def __init__(self) -> None:
        super().__init__("That line has no command.")


def parse_message(line: str) -> IrcMessage:
    """Return the message of one line, without its end; raises `NoCommand`.

    More spaces than one may stand wherever one may, and before everything. Who cuts the lines sees to it that they hold
    no CR, LF or NUL.
    """
    tags, source = _NO_TAGS, ""
    if line[:1] in {"@", ":", " "}:
        line = line.lstrip(" ")
        if line.startswith("@"):
            section, _, line = line[1:].partition(" ")
            tags = parse_tags(section)
            line = line.lstrip(" ")
        if line.startswith(":"):
            source, _, line = line[1:].partition(" ")
            line = line.lstrip(" ")
    head, colon, trailing = line.partition(" :")
    words = head.split(" ")
    if "" in words:
        words = [word for word in words if word]
    if not words or words[0][0] in _NOT_COMMANDS:
        raise NoCommand
    command = words.pop(0)
    if colon:
        words.append(trailing)
    # Only ASCII: other capitals may be longer than their letters, or the capitals of several.
    return IrcMessage(command.upper() if command.isascii() else command, tuple(words), tags, source)


def encode_line(
    command: str,
    *params: str,
    text: str | None = None,
    source: str = "",
    tags: Mapping[str, str] | None = None,
) -> bytes:
    r"""Return a message as one line with its CR LF.

    `text` is a last parameter for people, and always stands behind a colon: old clients look for one there. Any other
    has a colon only where it needs one. A message of more than 512 bytes without its tags is cut at its end, between
    two characters; clients would do so without looking.

    Raises ValueError for a parameter that is none, and for CR, LF or NUL anywhere but in the value of a tag, so that
    nobody can say anything in a line that is not his.
    """
    if command[:1] in _NOT_COMMANDS:
        raise ValueError(command)
    words = [f":{source}", command] if source else [command]
    words += params
    if text is None and params:
        text = words.pop()
        if text and " " not in text and text[0] != ":":
            words.append(text)
            text = None
    for word in words[1:] if source else words:
        if not word or " " in word or word[0] == ":":
            raise ValueError(word)
    if text is not None:
        words.append(f":{text}")
    return _finish(" ".join(words), source, tags)


def _finish(body: str, source: str, tags: Mapping[str, str] | None) -> bytes:
    if " " in source:
        raise ValueError(source)
    head = f"@{encode_tags(tags)} " if tags else ""
    if "\n" in body or "\r" in body or "\0" in body or "\0" in head:
        raise ValueError(body)
    line = f"{head}{body}\r\n".encode()
    if len(body) <= _BODY_LIMIT and len(line) - len(head) <= LINE_LIMIT:
        return line
    return head.encode() + _cut(body.encode()) + b"\r\n"


def _cut(body: bytes) -> bytes:
    """Return as much of the body as there may be, whole characters only."""
    if len(body) <= _BODY_LIMIT:
        return body
    end = _BODY_LIMIT
    while body[end] & 0b1100_0000 == _CONTINUATION:
        end -= 1
    return body[:end]
