"""Isupport: what this server can do, as clients understand it.

005, https://modern.ircdocs.horse/#feature-advertisement; before one is in, and all at once: IRCv3 extended-isupport.
"""

from collections.abc import Iterator

from hubbub.core.attention_requests import WATCHED_LIMIT
from hubbub.core.bans import USER
from hubbub.core.cloaks import CLOAK_LIMIT
from hubbub.core.features.membership import REASON_LIMIT
from hubbub.core.features.portraits import ABOUT_LIMIT
from hubbub.core.features.presence import AWAY_LIMIT
from hubbub.core.features.topics import TOPIC_LIMIT
from hubbub.core.names import NAME_LIMIT, ROOM_NAME_LIMIT
from hubbub.gateways.irc import channel_modes, status_messages
from hubbub.gateways.irc.batches import batch
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.commands import hearing
from hubbub.gateways.irc.commands.history import MOST
from hubbub.gateways.irc.commands.whois import ASKED_LIMIT
from hubbub.gateways.irc.filling import fill
from hubbub.gateways.irc.people import BOT_MODE
from hubbub.gateways.irc.places import TARGETS_LIMIT
from hubbub.gateways.irc.tagging import CLIENT_TAGS
from hubbub.gateways.irc.talk import Talk
from hubbub.service.links import FILEHOST_PATH, UNKNOWN
from hubbub.wire.irc.elist import ELIST
from hubbub.wire.irc.message import LINE_LIMIT
from hubbub.wire.irc.numerics import Numeric

TOKENS_PER_LINE = 13
"""A line has fifteen parameters, of which the nick and the sentence are two."""

SENTENCE = "are supported by this server"
"""By which old clients know these lines from what 005 once was."""

BATCH_TYPE = "draft/isupport"

TARGMAX = (
    "TARGMAX="
    + ",".join(f"{command}:{TARGETS_LIMIT}" for command in ("PRIVMSG", "NOTICE", "TAGMSG"))
    + f",WHOIS:{ASKED_LIMIT},MONITOR:"
)
"""How many targets a command may have. https://modern.ircdocs.horse/#targmax-parameter"""

CLIENTTAGDENY = ",".join(["CLIENTTAGDENY=*", *[tag.replace("+", "-", 1) for tag in CLIENT_TAGS]])
"""Which tags of clients are not passed on: all but these. IRCv3 message-tags, CLIENTTAGDENY."""


def tokens(talk: Talk) -> list[str]:
    """Return all of them."""
    limits = talk.settings.limits
    return [
        f"NETWORK={talk.settings.network}",
        # Those of PRECIS do more, and nobody knows a name for them. With these, a client never takes two for one.
        "CASEMAPPING=ascii",
        "CHANTYPES=#",
        *channel_modes.ISUPPORT,
        status_messages.ISUPPORT,
        f"ELIST={ELIST}",
        "SAFELIST",
        f"NICKLEN={NAME_LIMIT}",
        f"USERLEN={len(USER)}",
        f"HOSTLEN={CLOAK_LIMIT}",
        f"CHANNELLEN={ROOM_NAME_LIMIT}",
        f"TOPICLEN={TOPIC_LIMIT}",
        f"KICKLEN={REASON_LIMIT}",
        f"AWAYLEN={AWAY_LIMIT}",
        f"NAMELEN={ABOUT_LIMIT}",
        f"CHANLIMIT=#:{limits.rooms_per_person or ''}",
        TARGMAX,
        CLIENTTAGDENY,
        f"CHATHISTORY={MOST}",
        "MSGREFTYPES=msgid,timestamp",
        f"BOT={BOT_MODE}",
        *hearing.ISUPPORT,
        f"MONITOR={WATCHED_LIMIT}",
        *_filehost(talk),
        "WHOX",
        "UTF8ONLY",
    ]


def _filehost(talk: Talk) -> Iterator[str]:
    """Tell where files are sent, if that is known, and not in clear text where everything else is encrypted.

    https://codeberg.org/emersion/soju/src/branch/master/doc/ext/filehost.md
    """
    server = talk.settings.dialects.links.server
    is_clear = server.startswith("http://")
    if server != UNKNOWN and not (is_clear and talk.peer.is_encrypted):
        yield f"soju.im/FILEHOST={server}{FILEHOST_PATH}"


def tell(talk: Talk) -> Iterator[bytes]:
    """Tell all of them; in a batch to those who know what that is."""
    lines = _lines(talk)
    if talk.has(Capability.EXTENDED_ISUPPORT) and talk.has(Capability.BATCH):
        yield from batch(talk, BATCH_TYPE, lines)
    else:
        yield from lines


def _lines(talk: Talk) -> Iterator[bytes]:
    head = len(talk.numeric(Numeric.RPL_ISUPPORT, text=SENTENCE)) + len(" ")
    for line in fill(tokens(talk), LINE_LIMIT - head, TOKENS_PER_LINE):
        yield talk.numeric(Numeric.RPL_ISUPPORT, *line.split(" "), text=SENTENCE)
