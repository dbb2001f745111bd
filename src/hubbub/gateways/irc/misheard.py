"""Misheard: what is said to a client of whose line nothing can be made."""

from collections.abc import Iterator

from hubbub.gateways.irc.talk import Talk
from hubbub.wire.errors import BadUtf8, LineTooLong
from hubbub.wire.irc.lines import SpoiltLine
from hubbub.wire.irc.numerics import Numeric


def answer_misheard(talk: Talk, line: SpoiltLine) -> Iterator[bytes]:
    """Say what was wrong with a line."""
    error = line.error
    if isinstance(error, LineTooLong):
        yield talk.numeric(Numeric.ERR_INPUTTOOLONG, text=error.sentence)
    else:
        # "If the server is unable to parse the sent command": no command name. https://ircv3.net/specs/extensions/utf8-only
        command = line.command if line.command.isascii() else ""
        code = "INVALID_UTF8" if isinstance(error, BadUtf8) else "INVALID_BYTE"
        yield talk.fail(command or "*", code, text=error.sentence)
