"""WEBIRC: gateways that tell for whom they come. They are not believed here: whose address is whose, PROXY headers say.

https://ircv3.net/specs/extensions/webirc
"""

from collections.abc import Iterator, Mapping
from typing import Final

from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import CloseNow
from hubbub.gateways.irc import refusals
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.talk import Step, Talk
from hubbub.wire.irc.message import IrcMessage

HOW: Final = "Gateways are known here by PROXY headers, and by the setting `proxies`; WEBIRC is not spoken"


def refuse(talk: Talk, message: IrcMessage) -> Iterator[Step]:  # noqa: ARG001 - every handler has it
    """Send the gateway away: all its users would come from its address, and share its limits and its bans."""
    if talk.is_welcome:
        yield refusals.already_registered(talk)
        return
    yield talk.notice(HOW)
    yield CloseNow(Closing.DISMISSED)


COMMANDS: Final[Mapping[str, Entry]] = {"WEBIRC": Entry(refuse, is_early=True)}
