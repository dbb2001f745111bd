"""Status messages: what is said to those of a channel who have a role there, `PRIVMSG @#tea :look at this`.

`STATUSMSG`, https://modern.ircdocs.horse/#statusmsg-parameter
"""

from collections.abc import Mapping
from typing import Final

from hubbub.core.features.messages import Say
from hubbub.core.kinds import Manner
from hubbub.gateways.irc.names import PREFIXES

ROLES: Final = {sign: role for role, sign in PREFIXES.items()}

ISUPPORT: Final[Mapping[str, str]] = {"STATUSMSG": "".join(ROLES)}
"""What clients are told of it. 005."""


def is_status(target: str) -> bool:
    """Return whether a target is those of a channel who have a role there: `@#tea`, or `@+#tea`."""
    channel = channel_of(target)
    return channel != target and channel.startswith("#")


def channel_of(target: str) -> str:
    """Return the channel of such a target; any other as it is, but for signs of roles before it."""
    return target.lstrip("".join(ROLES))


def asked(target: str, text: str, manner: Manner) -> Say:
    """Return what says something to all who have the lowest of the roles, or a higher one."""
    channel = channel_of(target)
    signs = target[: -len(channel)]
    return Say(channel, text, manner, to=min((ROLES[sign] for sign in signs), key=lambda role: role.rank))
