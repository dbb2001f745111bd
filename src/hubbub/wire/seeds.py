"""Seed commands: `SEND`, `BROADCAST:` and `BLOCK` as the first of the seed programs writes them.

Its lists are Python's `repr` of a list of strings. They are matched by a grammar of exactly that before Python's own
reader of literals sees them, so that nothing deep, long or strange ever reaches it.
"""

import ast
import re
from typing import Final

import msgspec

from hubbub.wire.errors import BadCommand

LIST_LIMIT: Final = 8_192
"""Longest list of names that is read, in characters: two hundred of the longest names."""


class SeedSend(msgspec.Struct, frozen=True, gc=False):
    """Say something to some people."""

    names: tuple[str, ...]
    text: str


class SeedBroadcast(msgspec.Struct, frozen=True, gc=False):
    """Say something to everyone."""

    text: str


class SeedBlock(msgspec.Struct, frozen=True, gc=False):
    """Hear some people no longer."""

    names: tuple[str, ...]


SeedCommand = SeedSend | SeedBroadcast | SeedBlock

_ESCAPE: Final = r"""\\(?:[\\'"abfnrtv]|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})"""
_STRING: Final = rf"""'(?:[^'\\\r\n\0]|{_ESCAPE})*+'|"(?:[^"\\\r\n\0]|{_ESCAPE})*+\""""
_LIST: Final = re.compile(rf"\[ *+(?:(?:{_STRING}) *+(?:, *+(?:{_STRING}) *+)*+)?+\]")
"""A list of strings on one line. Possessive throughout: it takes time in proportion to what it reads."""

_SEND: Final = "SEND "
_BLOCK: Final = "BLOCK "
_BROADCAST: Final = "BROADCAST:"
_PLAIN_NAMES: Final = re.compile(r"([^\s:,\[]++(?:, ?[^\s:,]++)*+) ?:")
_COMMAND_START: Final = re.compile(r"(?=SEND \[|BLOCK \[|BROADCAST:)")


def parse_seed(text: str) -> SeedCommand | None:
    """Return the command that a line is, or None for anything else, which is talk.

    One space after the colon is part of the form; what follows is kept as it is. Empty names are left out. Raises
    `BadCommand` for what begins with a list and is not understood.
    """
    if text.startswith(_BROADCAST):
        return SeedBroadcast(_after_colon(text, len(_BROADCAST)))
    if text.startswith(_SEND):
        return _parse_send(text)
    if text.startswith(_BLOCK + "["):
        names, end = _parse_list(text, len(_BLOCK), "BLOCK ['ann', 'bob']")
        if text[end:].strip():
            raise BadCommand("Nothing may follow the list, as in BLOCK ['ann', 'bob'].")
        return SeedBlock(names)
    return None


def split_chunk(text: str) -> list[str]:
    """Return the messages of a client that ends none: two sent quickly arrive in one piece."""
    return [piece for piece in _COMMAND_START.split(text) if piece]


def _parse_send(text: str) -> SeedSend | None:
    if text.startswith("[", len(_SEND)):
        names, end = _parse_list(text, len(_SEND), "SEND ['ann', 'bob']: hello")
        if not text.startswith(":", end):
            raise BadCommand("A colon follows the list, as in SEND ['ann', 'bob']: hello.")
        return SeedSend(names, _after_colon(text, end + 1))
    found = _PLAIN_NAMES.match(text, len(_SEND))
    if not found:
        return None
    names = tuple(name.strip() for name in found[1].split(","))
    return SeedSend(names, _after_colon(text, found.end()))


def _after_colon(text: str, start: int) -> str:
    return text[start:].removeprefix(" ")


def _parse_list(text: str, start: int, example: str) -> tuple[tuple[str, ...], int]:
    """Return the names in the list at `start`, and where it ends."""
    found = _LIST.match(text, start, start + LIST_LIMIT)
    if not found:
        raise BadCommand(f"That is no list of names: write {example}.")
    try:
        names: list[str] = ast.literal_eval(found[0])
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        # Of these only one is known to happen: a character beyond Unicode.
        raise BadCommand(f"That is no list of names: write {example}.") from None
    if not all(map(str.isprintable, names)):
        # Escape sequences and lone surrogates: nobody is called so, and an answer would quote them.
        raise BadCommand("A name in that list has characters that no name has.")
    return tuple(filter(None, names)), found.end()
