"""TOML as operators write it: read, or refused in a sentence that names the line and not what the parser calls it."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Final

_PLACE: Final = re.compile(r"\(at line (\d+), column \d+\)$")
"""How the parser ends what it says, unless it has come to the end of the text."""

_TWICE: Final = ("Cannot ", "Duplicate ")
"""How it begins when something is there that was there before."""

_STATEMENT: Final = re.compile(r"\s*([\w.-]+(?=\s*=)|\[[\w.-]+\](?=\s*(#|$)))")
"""The beginning of a line that gives a value or begins a group. Values are never shown: there may be a password."""


class TomlError(ValueError):
    """A text is no TOML; the message says where, and what would be."""


def parse_toml(text: str) -> Mapping[str, object]:
    """Return what the text says, or raise `TomlError`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TomlError(_explain(str(error), text.splitlines())) from error


def _explain(reason: str, lines: Sequence[str]) -> str:
    place = _PLACE.search(reason)
    last = int(place[1]) if place else len(lines)
    if reason.startswith(_TWICE):
        return _explain_twice(lines[:last])
    if place is None:
        return "it ends too early: a value, a closing quote or a closing bracket is missing"
    return f"line {last} is no TOML: expected NAME = VALUE, with a text in quotes, or [GROUP]"


def _explain_twice(lines: Sequence[str]) -> str:
    """Name what was there before: the parser complains at its end, which may be some lines later."""
    for number, line in reversed([*enumerate(lines, 1)]):
        if statement := _STATEMENT.match(line):
            return f"line {number} has {statement[1]} for the second time; keep one of the two"
    return "something is there for the second time; keep one of the two"
