"""WHOWAS, who was called so not long ago: https://modern.ircdocs.horse/#whowas-message."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from hubbub.core.bans import USER
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.talk import Step, Talk, as_parameter
from hubbub.service.moves import Bygone
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.numerics import Numeric

TOLD: Final = 20
"""Of how many of one name one answer tells at most."""

COUNT_DIGITS: Final = 9
"""How much is read of a count."""


def whowas(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Tell about those who were called so, the last one first; of some of them where a count is given."""
    names = [name for name in message.params[0].split(",") if name] if message.params else []
    if not names:
        yield talk.numeric(Numeric.ERR_NONICKNAMEGIVEN, text="Say about whom you ask: WHOWAS ann")
        return
    asked = names[0]
    count = _count(message.param(1))
    found = list(islice(talk.settings.look_back(asked), count))
    for bygone in found:
        yield from _tell(talk, bygone)
    if not found:
        yield talk.numeric(Numeric.ERR_WASNOSUCHNICK, as_parameter(asked), text="Nobody was called so lately")
    yield talk.numeric(Numeric.RPL_ENDOFWHOWAS, as_parameter(asked), text="That is all")


def _count(text: str) -> int:
    """Return of how many to tell: "if a non-positive number is passed, a full search is done"."""
    number = int(text[:COUNT_DIGITS]) if text.isascii() and text.isdecimal() else 0
    return min(number or TOLD, TOLD)


def _tell(talk: Talk, bygone: Bygone) -> Iterator[bytes]:
    name = bygone.name
    yield talk.numeric(Numeric.RPL_WHOWASUSER, name, USER, bygone.host, "*", text=bygone.about or name)
    if bygone.account:
        yield talk.numeric(Numeric.RPL_WHOISACCOUNT, name, bygone.account, text="was logged in as")
    if bygone.gone_ms is not None:
        gone = datetime.fromtimestamp(bygone.gone_ms / 1_000, UTC)
        yield talk.numeric(Numeric.RPL_WHOISSERVER, name, talk.settings.names.server, text=f"{gone:%Y-%m-%d %H:%M} UTC")


COMMANDS: Final[Mapping[str, Entry]] = {"WHOWAS": Entry(whowas)}
