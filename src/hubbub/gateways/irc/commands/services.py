"""The services, by their names: NICKSERV HELP says what PRIVMSG NickServ :HELP says."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from hubbub.gateways.irc.chan_service import CHANSERV
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.nick_service import NICKSERV
from hubbub.gateways.irc.services import Service
from hubbub.gateways.irc.talk import Step, Talk
from hubbub.wire.irc.message import IrcMessage

SERVICES: Final[Mapping[str, Service]] = {"nickserv": NICKSERV, "chanserv": CHANSERV}
"""All there are, by their names in small letters."""


def find_service(talk: Talk, target: str) -> Service | None:
    """Return which service that is, `NickServ` or `NickServ@SERVER`, if it is one."""
    name, at, server = target.lower().partition("@")
    return SERVICES.get(name) if not at or server == talk.settings.names.server.lower() else None


def tell(service: Service, talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Tell it something."""
    yield from service.hear(talk, " ".join(message.params))


COMMANDS: Final[Mapping[str, Entry]] = {
    "NICKSERV": Entry(partial(tell, NICKSERV)),
    "NS": Entry(partial(tell, NICKSERV)),
    "CHANSERV": Entry(partial(tell, CHANSERV)),
    "CS": Entry(partial(tell, CHANSERV)),
}
