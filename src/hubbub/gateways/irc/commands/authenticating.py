"""AUTHENTICATE: a client proves whose account it has. https://ircv3.net/specs/extensions/sasl-3.1, sasl-3.2."""

from collections.abc import Iterator, Mapping
from typing import Final

from hubbub.gateways.irc import sasl
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.talk import Step, Talk
from hubbub.wire.irc.authentication import ABORT
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.numerics import Numeric


def authenticate(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Begin to prove it, go on, or stop."""
    piece = message.params[0]
    if not talk.has(Capability.SASL):
        yield talk.numeric(Numeric.ERR_SASLFAIL, text="Ask for it first: CAP REQ sasl")
    elif piece == ABORT:
        yield from sasl.abort(talk)
    elif talk.attempt is None:
        yield from sasl.begin(talk, piece)
    else:
        yield from talk.attempt.receive(talk, piece)


COMMANDS: Final[Mapping[str, Entry]] = {"AUTHENTICATE": Entry(authenticate, least=1, is_early=True)}
