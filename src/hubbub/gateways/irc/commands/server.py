"""What can be asked about the server."""

from collections.abc import Iterator, Mapping
from typing import Final

from hubbub.gateways.irc import welcoming
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.talk import Step, Talk
from hubbub.wire.irc.message import IrcMessage


def motd(talk: Talk, message: IrcMessage) -> Iterator[Step]:  # noqa: ARG001 - every handler has it
    """Tell the message of the day."""
    return welcoming.motd(talk)


def lusers(talk: Talk, message: IrcMessage) -> Iterator[Step]:  # noqa: ARG001 - every handler has it
    """Tell how many are here."""
    return welcoming.lusers(talk)


COMMANDS: Final[Mapping[str, Entry]] = {"MOTD": Entry(motd), "LUSERS": Entry(lusers)}
