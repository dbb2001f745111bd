"""Authentication: SASL as IRC carries it, in base 64 and in pieces.

https://ircv3.net/specs/extensions/sasl-3.1; the messages of PLAIN: RFC 4616.
"""

import base64
import binascii
from collections.abc import Iterator
from typing import Final, NamedTuple

CHUNK: Final = 400
"""Longest piece, in characters; one that is as long is followed by another. IRCv3 sasl-3.1."""

NOTHING: Final = "+"
"""An empty message, or the end of one whose last piece was as long as it may be."""

ABORT: Final = "*"

SASL_LIMIT: Final = 8_192
"""Longest message, in characters of base 64: "The server MAY place a limit on the total length of a response." """

PLAIN_PARTS: Final = 3
"""For whom, who, and the password."""


class TooLong(ValueError):  # noqa: N818 - named by what is wrong
    """A piece, or a message, is longer than it may be."""


class BadSasl(ValueError):  # noqa: N818 - named by what is wrong
    """A message is none; the text says why, to whoever sent it."""


class SaslReader:
    """Joins the pieces of messages."""

    __slots__ = ("_text",)

    def __init__(self) -> None:
        self._text = ""

    def receive(self, piece: str) -> bytes | None:
        """Take a piece, and return the message that it ends, if it does. Raises `TooLong` and `BadSasl`."""
        if len(piece) > CHUNK or len(self._text) + len(piece) > SASL_LIMIT:
            raise TooLong
        if piece != NOTHING:
            self._text += piece
            if len(piece) == CHUNK:
                return None
        text, self._text = self._text, ""
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            raise BadSasl("That is no base 64") from None


def split_message(message: bytes) -> Iterator[str]:
    """Yield the pieces in which a message is sent."""
    text = base64.b64encode(message).decode()
    for place in range(0, len(text), CHUNK):
        yield text[place : place + CHUNK]
    if len(text) % CHUNK == 0:
        yield NOTHING


class Plain(NamedTuple):
    """Who somebody is, and his password."""

    name: str
    password: str


def parse_plain(message: bytes) -> Plain:
    """Read the message of PLAIN; raises `BadSasl`."""
    try:
        parts = message.decode().split("\0")
    except UnicodeDecodeError:
        raise BadSasl("That is no UTF-8") from None
    if len(parts) != PLAIN_PARTS:
        raise BadSasl("PLAIN is an account's name, another time, and a password")
    other, name, password = parts
    if not name or not password:
        raise BadSasl("PLAIN is an account's name, another time, and a password")
    if other not in {"", name}:
        raise BadSasl("Nobody speaks for another here")
    return Plain(name, password)
