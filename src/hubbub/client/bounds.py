"""Bounds: what no honest server says, and what would cost whoever believes it more than he has. Pure."""

import re
from collections.abc import Iterable
from itertools import chain
from typing import Final

import msgspec

from hubbub.client.errors import Misunderstood
from hubbub.core.kinds import MOST
from hubbub.wire import native

ROOMS: Final = 10_000
"""Most rooms and conversations that are known of one server: many times what anybody is in, and some 20 MB."""

_LARGE: Final = re.compile("[1-9][0-9]{15}")
_LARGE_BYTES: Final = re.compile(b"[1-9][0-9]{15}")
"""Whatever is larger than `MOST` has as many digits: looking for those takes an eighth of looking at each number."""


def require_bounded(message: native.FromServer, line: str | bytes) -> None:
    """Raise `Misunderstood` for numbers that nobody can count with, or keep, and for more rooms than anybody is in.

    `line` is the message as it came.
    """
    if isinstance(message, native.Welcome):
        require_few(len(message.rooms))
    if _LARGE.search(line) if isinstance(line, str) else _LARGE_BYTES.search(line):
        _require_counted(message)


def require_few(rooms: int) -> None:
    """Raise `Misunderstood` for more rooms than anybody is in."""
    if rooms > ROOMS:
        raise Misunderstood(f"The server says that you are in more than {ROOMS} rooms.")


def _require_counted(value: object) -> None:
    if isinstance(value, int) and not -MOST <= value <= MOST:
        raise Misunderstood("The server counts by numbers that nobody can count with.")
    for part in _parts(value):
        _require_counted(part)


def _parts(value: object) -> Iterable[object]:
    match value:
        case msgspec.Struct():
            return (getattr(value, field) for field in value.__struct_fields__)
        case dict():
            return chain(value, value.values())
        case tuple() | list():
            return value
        case _:
            return ()
