"""Standard replies: what went wrong or is worth knowing, for programs by its code and for people by its sentence.

IRCv3 standard-replies: `FAIL COMMAND CODE [context …] :sentence`.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from hubbub.wire.irc.message import encode_line

NO_COMMAND: Final = "*"
"""Stands for the command where a reply answers none; and for a context that cannot be told as one word."""

_WORD: Final = re.compile(r"[^:\s\0][^ \r\n\0]*")
_CODE: Final = re.compile(r"[A-Z][A-Z0-9_]*")


class ReplyKind(StrEnum):
    """How bad it is."""

    FAIL = "FAIL"
    """It was not done."""
    WARN = "WARN"
    """It was done, perhaps not as expected."""
    NOTE = "NOTE"
    """It was done, and something else is to be said."""


def encode_reply(  # noqa: PLR0913 - the parts of a reply are as many
    kind: ReplyKind,
    command: str,
    code: str,
    *context: str,
    text: str,
    source: str,
    tags: Mapping[str, str] | None = None,
) -> bytes:
    """Return a reply as one line.

    The command and the context may be what a client sent, whatever that was. Raises ValueError for a code that is none.
    """
    if not _CODE.fullmatch(code):
        raise ValueError(code)
    return encode_line(kind, _as_word(command), code, *map(_as_word, context), text=text, source=source, tags=tags)


def _as_word(text: str) -> str:
    return text if _WORD.fullmatch(text) else NO_COMMAND
