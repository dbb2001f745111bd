"""Quoted texts in dialogues: escapes, repetition, addition. `"é" * 600 + "!"` and the like."""

import ast
import re
from typing import Final

_PART: Final = re.compile(r'\s*(?P<quoted>"(?:[^"\\]|\\.)*")(?:\s*\*\s*(?P<times>\d+))?\s*(?P<plus>\+|$)')
"""One quoted text with how often it stands there, and whether another follows."""


TEXT: Final = r'(?P<text>".*)'
"""A quoted text, up to the end of what is matched; `read_text` reads it."""


class BadTextError(ValueError):
    """Words of a script cannot be understood; the text says which."""


def read_text(words: str) -> str:
    """Read a quoted text with the escapes of Python; raise `BadTextError` if it is none."""
    place, text = 0, ""
    while True:
        part = _PART.match(words, place)
        if part is None:
            raise BadTextError(f"not a quoted text: {words}")
        text += _unquote(part["quoted"]) * int(part["times"] or 1)
        place = part.end()
        if part["plus"] == "":
            return text


def _unquote(quoted: str) -> str:
    try:
        return str(ast.literal_eval(quoted))
    except (SyntaxError, ValueError) as error:
        raise BadTextError(f"not a quoted text: {quoted} ({error})") from error
