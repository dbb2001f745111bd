"""Capabilities: what a client may switch on, in one table. IRCv3 capability negotiation, version 302."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from hubbub.core.features.traits import TRAIT_LENGTH, TRAIT_LIMIT

MULTILINE_BYTES: Final = 16_384
MULTILINE_LINES: Final = 100
"""Longest message, in bytes with its line ends and in lines: what everybody may say at once, and as much as fits into
what may wait for a reader, whatever stands before each line."""


SUBSCRIPTIONS: Final = 50
"""Of how many keys of metadata one client may want to be told."""


class Capability(StrEnum):
    """What a client may switch on, by its name in the protocol."""

    ACCOUNT_NOTIFY = "account-notify"
    ACCOUNT_TAG = "account-tag"
    AWAY_NOTIFY = "away-notify"
    CHGHOST = "chghost"
    ECHO_MESSAGE = "echo-message"
    EXTENDED_MONITOR = "extended-monitor"
    EXTENDED_JOIN = "extended-join"
    MESSAGE_TAGS = "message-tags"
    MULTI_PREFIX = "multi-prefix"
    SASL = "sasl"
    SETNAME = "setname"
    SERVER_TIME = "server-time"
    USERHOST_IN_NAMES = "userhost-in-names"
    BATCH = "batch"
    LABELED_RESPONSE = "labeled-response"
    INVITE_NOTIFY = "invite-notify"
    STANDARD_REPLIES = "standard-replies"
    CAP_NOTIFY = "cap-notify"
    ACCOUNT_REGISTRATION = "draft/account-registration"
    PRE_AWAY = "draft/pre-away"
    STS = "sts"
    EXTENDED_ISUPPORT = "draft/extended-isupport"
    CHATHISTORY = "draft/chathistory"
    EVENT_PLAYBACK = "draft/event-playback"
    MULTILINE = "draft/multiline"
    READ_MARKER = "draft/read-marker"
    SEARCH = "soju.im/search"
    ZNC_PLAYBACK = "znc.in/playback"
    METADATA = "draft/metadata-3"
    MESSAGE_REDACTION = "draft/message-redaction"
    CHANNEL_RENAME = "draft/channel-rename"
    NO_IMPLICIT_NAMES = "draft/no-implicit-names"


Capabilities = frozenset[Capability]

VALUES: Final[Mapping[Capability, str]] = {
    Capability.METADATA: f"before-connect,max-subs={SUBSCRIPTIONS},max-keys={TRAIT_LIMIT},"
    f"max-value-bytes={TRAIT_LENGTH}",
    Capability.MULTILINE: f"max-bytes={MULTILINE_BYTES},max-lines={MULTILINE_LINES}",
}
"""What is told of a capability to clients that know version 302; none where it has no value."""

HEARD_DIFFERENTLY: Final = frozenset(
    {
        Capability.ACCOUNT_TAG,
        Capability.CHANNEL_RENAME,
        Capability.AWAY_NOTIFY,
        Capability.ECHO_MESSAGE,
        Capability.INVITE_NOTIFY,
        Capability.EXTENDED_JOIN,
        Capability.LABELED_RESPONSE,
        Capability.MESSAGE_REDACTION,
        Capability.MESSAGE_TAGS,
        Capability.MULTILINE,
        Capability.SERVER_TIME,
    }
)
"""Those that change how a record is heard: who has the same of them hears the very same bytes."""


ANSWERED_BY_FAIL: Final[Mapping[str, Capability]] = {
    "BATCH": Capability.MULTILINE,
    "CHATHISTORY": Capability.CHATHISTORY,
    "MARKREAD": Capability.READ_MARKER,
    "METADATA": Capability.METADATA,
    "REDACT": Capability.MESSAGE_REDACTION,
    "RENAME": Capability.CHANNEL_RENAME,
    "SEARCH": Capability.SEARCH,
    "SETNAME": Capability.SETNAME,
}
"""Commands whose specifications have standard replies of their own, by what switches those on.

`standard-replies` is for "other than ones enabled by a specific specification"; clients that wait for an answer to such
a command would wait in vain for anything else. IRCv3 standard-replies.
"""


def find_capability(name: str) -> Capability | None:
    """Return the capability of that name, if there is one; their names are case-sensitive."""
    try:
        return Capability(name)
    except ValueError:
        return None
