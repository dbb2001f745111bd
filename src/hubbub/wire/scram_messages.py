"""The messages of SCRAM-SHA-256: what a client says and what a server answers. RFC 5802 section 7.

Without channel binding: a client may say that it knows of none (`n`) or believes that we do not (`y`), and is right.
"""

import base64
import binascii
import re
from typing import Final

import msgspec

NONCE_LIMIT: Final = 256
"""Longest nonce of a client, in characters: it is kept while the client computes."""

NAME_LIMIT: Final = 1_024
"""Longest name, in characters, before it is looked at as one."""

_FIRST: Final = re.compile(r"([ny]),(?:a=([^,]*))?,(n=([^,]*),r=([!-+\--~]+)((?:,[A-Za-z]=[^,]*)*))")
_FINAL: Final = re.compile(r"(c=([A-Za-z0-9+/=]+),r=([!-+\--~]+)(?:,[A-Za-z]=[^,]*)*?),p=([A-Za-z0-9+/=]+)")
_ESCAPED: Final = re.compile("=2C|=3D")


class BadScram(ValueError):  # noqa: N818 - named by what is wrong
    """A message that breaks the grammar, or asks for what is not there; the text says what, to whoever sent it."""


class ClientFirst(msgspec.Struct, frozen=True):
    """`n,,n=ann,r=fyko+d2lbbFgONRv9qkxdawL`."""

    name: str
    nonce: str
    header: str
    """Everything before `bare`: what the client binds to the channel."""
    bare: str


class ClientFinal(msgspec.Struct, frozen=True):
    """`c=biws,r=…,p=…`."""

    binding: bytes
    nonce: str
    without_proof: str
    proof: bytes


def parse_client_first(text: str) -> ClientFirst:
    """Read a client's first message; raises `BadScram`."""
    if text.startswith("p="):
        raise BadScram("Channel binding is not spoken here: use SCRAM-SHA-256 without -PLUS.")
    found = _FIRST.fullmatch(text)
    if found is None:
        raise BadScram("That is no first message of SCRAM, such as n,,n=NAME,r=NONCE.")
    if found[2] and found[2] != found[4]:
        raise BadScram("Nobody speaks for another here: leave a= empty.")
    if len(found[5]) > NONCE_LIMIT or len(found[4]) > NAME_LIMIT:
        raise BadScram("That name, or that nonce, is too long.")
    name = found[4]
    if not name or "=" in _ESCAPED.sub("", name):
        raise BadScram("In that name, = stands for nothing: write =3D for it, and =2C for a comma.")
    return ClientFirst(name.replace("=2C", ",").replace("=3D", "="), found[5], text[: found.start(3)], found[3])


def parse_client_final(text: str) -> ClientFinal:
    """Read a client's final message; raises `BadScram`."""
    found = _FINAL.fullmatch(text)
    if found is None:
        raise BadScram("That is no final message of SCRAM, such as c=biws,r=NONCE,p=PROOF.")
    return ClientFinal(_decode(found[2]), found[3], found[1], _decode(found[4]))


def write_server_first(nonce: str, salt: bytes, iterations: int) -> str:
    """Return what the server answers first: what the client has to compute with."""
    return f"r={nonce},s={base64.b64encode(salt).decode()},i={iterations}"


def write_server_final(signature: bytes) -> str:
    """Return what the server answers last: its own proof."""
    return f"v={base64.b64encode(signature).decode()}"


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise BadScram("That is no base 64.") from None
