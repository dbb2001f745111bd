"""Tagging: what stands before a line, for those who want to know. IRCv3 message-tags."""

from typing import Final

from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.kinds import RoomId, Seq
from hubbub.core.notes import MessageRef
from hubbub.gateways.irc.capabilities import Capabilities, Capability
from hubbub.gateways.irc.names import Names
from hubbub.wire.irc.timestamps import format_time

REPLY_TAGS: Final = ("+draft/reply", "+reply")
"""Which message is answered: the draft's name, which clients know, and the one meant to stay. client-tags/reply."""

REACT_TAGS: Final = ("+draft/react", "+react")
"""How somebody reacts to it, the draft's name first. client-tags/react."""

UNREACT_TAGS: Final = ("+draft/unreact", "+unreact")
"""Which reaction he takes back, alike."""

EDIT_TAG: Final = "+draft/edit"
"""Which message says this instead. No specification has it yet; some clients and servers do."""

TYPING_TAG: Final = "+typing"
"""Whether somebody is writing. client-tags/typing."""

BOT_TAG: Final = "bot"
"""Whether whoever says it is a program. IRCv3 bot-mode."""

CLIENT_TAGS: Final = (*REPLY_TAGS, *REACT_TAGS, *UNREACT_TAGS, EDIT_TAG, TYPING_TAG)
"""Tags of clients that mean something to everybody here. Others are dropped: nobody could say who may be sent them, nor
delete them. `CLIENTTAGDENY` of message-tags."""

Tags = dict[str, str]


class Tagging:
    """Which tags clients with certain capabilities are sent."""

    __slots__ = ("_names", "_tells_accounts", "_tells_time", "has_any", "tells_ids")

    def __init__(self, names: Names, capabilities: Capabilities) -> None:
        self._names = names
        self._tells_time = Capability.SERVER_TIME in capabilities
        self.tells_ids = Capability.MESSAGE_TAGS in capabilities
        """Whether they know of messages by their ids, and of what is said of them."""
        self._tells_accounts = Capability.ACCOUNT_TAG in capabilities
        self.has_any = self._tells_time or self.tells_ids or self._tells_accounts

    def of(self, record: Record, event: AnyEvent) -> Tags | None:
        """Return what stands before the line that tells of a record; server tags come before those of clients."""
        if not self.has_any:
            return None
        tags = {}
        if self._tells_time:
            tags["time"] = format_time(record.time_ms)
        if self.tells_ids:
            tags["msgid"] = record.id
            if self._names.is_bot(event.author):
                tags[BOT_TAG] = ""
        if self._tells_accounts and (account := self._names.account(event.author)):
            tags["account"] = account
        return tags

    def about(self, room: RoomId, message: Seq) -> Tags:
        """Return which message something is about."""
        return dict.fromkeys(REPLY_TAGS, MessageRef(room, message))


def continued(tags: Tags | None) -> Tags | None:
    """Return the tags of a message's further lines: its id, and what it answers, stand before the first one alone.

    IRCv3 multiline, fallback.
    """
    if tags is None or "msgid" not in tags:
        return tags
    return {key: value for key, value in tags.items() if key in {"time", "account", BOT_TAG}}
