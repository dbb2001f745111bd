"""Isupport: what this server can do, as clients understand it.

005, https://modern.ircdocs.horse/#feature-advertisement
"""

from collections.abc import Iterator

from hubbub.core.names import NAME_LIMIT, ROOM_NAME_LIMIT
from hubbub.gateways.irc.names import PREFIXES
from hubbub.gateways.irc.talk import Talk
from hubbub.wire.irc.numerics import Numeric

TOKENS_PER_LINE = 13
"""A line has fifteen parameters, of which the nick and the sentence are two."""


def tokens(talk: Talk) -> list[str]:
    """Return all of them."""
    return [
        f"NETWORK={talk.settings.network}",
        "CHANTYPES=#",
        f"PREFIX=(qaohv){''.join(PREFIXES.values())}",
        f"NICKLEN={NAME_LIMIT}",
        f"CHANNELLEN={ROOM_NAME_LIMIT}",
        "UTF8ONLY",
    ]


def tell(talk: Talk) -> Iterator[bytes]:
    """Tell all of them."""
    every = tokens(talk)
    for place in range(0, len(every), TOKENS_PER_LINE):
        part = every[place : place + TOKENS_PER_LINE]
        yield talk.numeric(Numeric.RPL_ISUPPORT, *part, text="are supported by this server")
