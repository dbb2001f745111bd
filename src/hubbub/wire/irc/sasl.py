"""SASL: what `AUTHENTICATE` carries, in base64 and in pieces.

IRCv3 sasl-3.1: pieces of 400 characters; a shorter one is the last, and `+` is an empty one. `*` gives it up.
"""

from base64 import b64decode, b64encode
from enum import Enum, auto
from typing import Final

import msgspec

CHUNK: Final = 400
"""Characters of a piece that another one follows. IRCv3 sasl-3.1."""

RESPONSE_LIMIT: Final = 8_192
"""Longest response, in characters of base64: no mechanism of ours needs a tenth of it. Ergo has the same."""

EMPTY: Final = "+"
ABORT: Final = "*"


class SaslProblem(Enum):
    """Why a response was not understood; it is over then."""

    ABORTED = auto()
    """The client gives it up. 906."""
    TOO_LONG = auto()
    """A piece has more than 400 characters, or all of them more than the limit. 905."""
    MALFORMED = auto()
    """Not base64. 904."""


class PlainResponse(msgspec.Struct, frozen=True):
    """Who somebody says he is, with his password. RFC 4616."""

    authorization: str
    """As whom he wants to act; "" is as himself."""
    name: str
    password: str


class SaslResponse:
    """Puts the pieces of a response together."""

    __slots__ = ("_text",)

    def __init__(self) -> None:
        self._text = ""

    def receive(self, piece: str) -> bytes | SaslProblem | None:
        """Return the response, once this is its last piece; None while more is to come."""
        text = self._text + (piece if piece != EMPTY else "")
        self._text = ""
        if piece == ABORT:
            return SaslProblem.ABORTED
        if len(piece) > CHUNK or len(text) > RESPONSE_LIMIT:
            return SaslProblem.TOO_LONG
        if len(piece) == CHUNK:
            self._text = text
            return None
        return _decode(text)


def encode_challenge(challenge: bytes) -> list[str]:
    """Return the parameters of the AUTHENTICATE commands that carry this."""
    text = b64encode(challenge).decode()
    pieces = [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]
    return pieces if len(text) % CHUNK else [*pieces, EMPTY]


def parse_plain(response: bytes) -> PlainResponse | None:
    """Return who somebody says he is, or None where nobody can tell."""
    try:
        parts = response.decode().split("\0")
    except UnicodeDecodeError:
        return None
    match parts:
        case [authorization, name, password] if name and password:
            return PlainResponse(authorization, name, password)
    return None


def _decode(text: str) -> bytes | SaslProblem:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return SaslProblem.MALFORMED
