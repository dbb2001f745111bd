r"""CTCP: what programs ask each other inside of messages, `\x01VERSION\x01`; and the one that is for people, ACTION.

https://modern.ircdocs.horse/ctcp. A message is one or none: nothing is quoted, and nothing stands around it.
"""

from typing import Final

import msgspec

ACTION: Final = "ACTION"
"""`/me`: a way of speaking, and no question."""

_DELIMITER: Final = "\x01"


class Ctcp(msgspec.Struct, frozen=True):
    """A request in a PRIVMSG, or an answer in a NOTICE."""

    command: str
    """In capitals."""

    params: str = ""
    """Everything behind the command and one space."""


def parse_ctcp(text: str) -> Ctcp | None:
    """Return what a text is, or None for one to people; the delimiter at its end may be missing, as some cut it off."""
    if not text.startswith(_DELIMITER):
        return None
    command, _, params = text.replace(_DELIMITER, "").partition(" ")
    return Ctcp(command.upper() if command.isascii() else command, params) if command else None


def encode_ctcp(command: str, params: str = "") -> str:
    """Return the text of a message that is this; the parameters lose what would end it."""
    params = params.replace(_DELIMITER, "")
    return f"{_DELIMITER}{command} {params}{_DELIMITER}" if params else f"{_DELIMITER}{command}{_DELIMITER}"
