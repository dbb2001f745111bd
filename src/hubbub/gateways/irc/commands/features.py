"""ISUPPORT: what this server can do, told again, or before one is in. IRCv3 extended-isupport."""

from collections.abc import Iterator, Mapping
from typing import Final

from hubbub.gateways.irc import isupport, refusals
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.talk import Step, Talk
from hubbub.wire.irc.message import IrcMessage


def tell(talk: Talk, message: IrcMessage) -> Iterator[Step]:  # noqa: ARG001 - every handler has it
    """Tell all of it; before one is in, to those who have said that they know this."""
    if talk.is_welcome or talk.has(Capability.EXTENDED_ISUPPORT):
        yield from isupport.tell(talk)
    else:
        yield refusals.not_registered(talk)


COMMANDS: Final[Mapping[str, Entry]] = {"ISUPPORT": Entry(tell, is_early=True)}
