"""Isupport: what this server can do, as clients understand it.

005, https://modern.ircdocs.horse/#feature-advertisement; before one is in, and all at once: IRCv3 extended-isupport.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from hubbub.core.attention_requests import WATCHED_LIMIT
from hubbub.core.bans import USER
from hubbub.core.cloaks import CLOAK_LIMIT
from hubbub.core.features.membership import REASON_LIMIT
from hubbub.core.features.portraits import ABOUT_LIMIT
from hubbub.core.features.presence import AWAY_LIMIT
from hubbub.core.features.topics import TOPIC_LIMIT
from hubbub.core.names import NAME_LIMIT, ROOM_NAME_LIMIT
from hubbub.gateways.irc import channel_modes, points, status_messages
from hubbub.gateways.irc.batches import batch
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.commands import hearing, whois
from hubbub.gateways.irc.commands.history import MOST
from hubbub.gateways.irc.people import BOT_MODE
from hubbub.gateways.irc.places import TARGETS_LIMIT
from hubbub.gateways.irc.tagging import CLIENT_TAGS
from hubbub.gateways.irc.talk import Talk
from hubbub.service.peers import Peer
from hubbub.wire.irc.elist import ELIST
from hubbub.wire.irc.isupport import CASEMAPPING, UTF8MAPPING, encode_tokens
from hubbub.wire.irc.message import LINE_LIMIT
from hubbub.wire.irc.numerics import Numeric
from hubbub.wire.links import FILEHOST_PATH, UNKNOWN

SENTENCE = "are supported by this server"
"""By which old clients know these lines from what 005 once was."""

CLEAR = "http://"
ENCRYPTED = "https://"

BATCH_TYPE = "draft/isupport"

TARGMAX = ",".join(
    [
        *[f"{command}:{TARGETS_LIMIT}" for command in ("PRIVMSG", "NOTICE", "TAGMSG")],
        f"WHOIS:{whois.ASKED_LIMIT}",
        *[f"{command}:" for command in ("JOIN", "PART", "NAMES", "LIST", "KICK", "MONITOR", "ACCEPT", "SILENCE")],
    ]
)
"""How many targets each command may have that takes several; as many as go into a line where there is no number.

https://modern.ircdocs.horse/#targmax-parameter
"""

CLIENTTAGDENY = ",".join(["*", *[tag.replace("+", "-", 1) for tag in CLIENT_TAGS]])
"""Which tags of clients are not passed on: all but these. IRCv3 message-tags, CLIENTTAGDENY."""


def tokens(talk: Talk) -> Mapping[str, str]:
    """Return all of them, each with its value."""
    limits = talk.settings.limits
    return {
        "NETWORK": talk.settings.network,
        "CASEMAPPING": CASEMAPPING,
        "UTF8MAPPING": UTF8MAPPING,
        "CHANTYPES": "#",
        **channel_modes.ISUPPORT,
        **status_messages.ISUPPORT,
        "ELIST": ELIST,
        "SAFELIST": "",
        "NICKLEN": str(NAME_LIMIT),
        "USERLEN": str(len(USER)),
        "HOSTLEN": str(CLOAK_LIMIT),
        "CHANNELLEN": str(ROOM_NAME_LIMIT),
        "TOPICLEN": str(TOPIC_LIMIT),
        "KICKLEN": str(REASON_LIMIT),
        "AWAYLEN": str(AWAY_LIMIT),
        "NAMELEN": str(ABOUT_LIMIT),
        "CHANLIMIT": f"#:{limits.rooms_per_person or ''}",
        "TARGMAX": TARGMAX,
        "CLIENTTAGDENY": CLIENTTAGDENY,
        "CHATHISTORY": str(MOST),
        "MSGREFTYPES": ",".join(points.KINDS),
        "BOT": BOT_MODE,
        **hearing.ISUPPORT,
        "MONITOR": str(WATCHED_LIMIT),
        **_filehost(talk),
        "WHOX": "",
        "UTF8ONLY": "",
    }


def _filehost(talk: Talk) -> Mapping[str, str]:
    """Tell where files are sent, if that is known, and a safe way: a password goes with them.

    https://codeberg.org/emersion/soju/src/branch/master/doc/ext/filehost.md
    """
    settings = talk.settings
    server = _way(settings.dialects.links.server, talk.peer, speaks_tls=settings.speaks_tls)
    return {"soju.im/FILEHOST": server + FILEHOST_PATH} if server else {}


def _way(server: str, peer: Peer, *, speaks_tls: bool) -> str:
    """Return with what the link begins; empty where there is no way as safe as could be."""
    if server == UNKNOWN:
        return ""
    if not server.startswith(CLEAR):
        return server
    if peer.is_encrypted:
        # One port speaks both, if it is one of ours; where none is named, that of the other scheme is another.
        return server.replace(CLEAR, ENCRYPTED, 1) if speaks_tls and urlsplit(server).port else ""
    return server if peer.is_local or not speaks_tls else ""


def tell(talk: Talk) -> Iterator[bytes]:
    """Tell all of them; in a batch to those who know what that is."""
    lines = _lines(talk)
    if talk.has(Capability.EXTENDED_ISUPPORT) and talk.has(Capability.BATCH):
        yield from batch(talk, BATCH_TYPE, lines)
    else:
        yield from lines


def _lines(talk: Talk) -> Iterator[bytes]:
    head = len(talk.numeric(Numeric.RPL_ISUPPORT, text=SENTENCE))
    for line in encode_tokens(tokens(talk), LINE_LIMIT - head):
        yield talk.numeric(Numeric.RPL_ISUPPORT, *line, text=SENTENCE)
