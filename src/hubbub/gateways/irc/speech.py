"""Speech: what was said, and what became of it, as lines of IRC."""

from functools import partial
from typing import Final

from hubbub.core.catalog import AnnotatingEvent, Record
from hubbub.core.features.annotating import Deleted, Edited, Reacted
from hubbub.core.features.messages import Announced, Said
from hubbub.core.house import House
from hubbub.core.kinds import PersonId
from hubbub.core.notes import MessageRef, Quote
from hubbub.core.room import Room, RoomKind, direct_people
from hubbub.gateways.file_phrases import FileLinks
from hubbub.gateways.irc.capabilities import Capabilities, Capability
from hubbub.gateways.irc.names import Names
from hubbub.gateways.irc.tagging import EDIT_TAG, REACT_TAGS, UNREACT_TAGS, Tagging, Tags, continued
from hubbub.wire.irc.ctcp import ACTION, encode_ctcp
from hubbub.wire.irc.message import LINE_LIMIT, encode_line
from hubbub.wire.irc.splitting import split_said
from hubbub.wire.splitting import UTF8_BYTES

EVERYBODY: Final = "$$*"
"""The target of what is said to everyone: a mask of servers. RFC 2812 section 3.3.1."""

SOMEBODY_GONE: Final = "*"
"""Stands for the nick of somebody who is not there any more and was a guest."""

ROOM: Final = LINE_LIMIT - len(": PRIVMSG  :\x01ACTION \x01\r\n")
"""Bytes of a source, a target and a text that fit into one line, however the text is said."""


class Speech:
    """How clients with certain capabilities hear what people say."""

    __slots__ = ("_house", "_links", "_names", "_redacts", "_tagging")

    def __init__(self, house: House, names: Names, capabilities: Capabilities, links: FileLinks) -> None:
        self._house = house
        self._names = names
        self._links = links
        self._tagging = Tagging(names, capabilities)
        self._redacts = Capability.MESSAGE_REDACTION in capabilities

    def said(self, room: Room, record: Record, said: Said) -> list[bytes]:
        """Return a message, in as many lines as it needs."""
        tags = self._tagging.of(record, said)
        text = self._links.text_of(said)
        if said.reply_to:
            if tags is not None and self._tagging.tells_ids:
                tags |= self._tagging.about(room.id, said.reply_to)
            else:
                text = _answering(record.quote, text)
        return self._spoken(self._target(room, said.author), said, text, tags)

    def announced(self, record: Record, announced: Announced) -> list[bytes]:
        """Return what was said to everyone."""
        said = Said(announced.author, announced.name, announced.text, "notice")
        return self._spoken(EVERYBODY, said, said.text, self._tagging.of(record, announced))

    def annotated(self, room: Room, record: Record, event: AnnotatingEvent) -> list[bytes]:
        """Return what became of a message, where the client has a place for it. See the architecture, section 6."""
        target, tags = self._target(room, event.author), self._tagging.of(record, event)
        source = self._names.author(event)
        if isinstance(event, Edited):
            return self._edited(room, target, event, tags)
        if isinstance(event, Deleted):
            if not self._redacts:
                return []
            params = [target, MessageRef(room.id, event.message), *([event.reason] if event.reason else [])]
            return [encode_line("REDACT", *params, source=source, tags=tags)]
        if tags is None or not self._tagging.tells_ids:
            return []
        reaction = REACT_TAGS if isinstance(event, Reacted) else UNREACT_TAGS
        about = self._tagging.about(room.id, event.message)
        return [encode_line("TAGMSG", target, source=source, tags=tags | about | {reaction[0]: event.reaction})]

    def _edited(self, room: Room, target: str, event: Edited, tags: Tags | None) -> list[bytes]:
        """Return what a message says now; who knows nothing of edits reads that somebody `fixed: …`."""
        if not event.text:
            return []
        if tags is not None and self._tagging.tells_ids:
            tags |= {EDIT_TAG: MessageRef(room.id, event.message)}
            return self._spoken(target, Said(event.author, event.name, event.text), event.text, tags)
        return self._spoken(target, Said(event.author, event.name, event.text, "action"), f"fixed: {event.text}", tags)

    def _spoken(self, target: str, said: Said, text: str, tags: Tags | None) -> list[bytes]:
        source, is_action = self._names.author(said), said.manner == "action"
        command = "NOTICE" if said.manner == "notice" else "PRIVMSG"
        if _is_short(source, target, text):
            text = encode_ctcp(ACTION, text) if is_action else text
            return [encode_line(command, target, text=text, source=source, tags=tags)]
        line = partial(encode_line, command, target, source=source)
        pieces = split_said(text, command, target, source=source, action=is_action)
        # IRCv3 multiline, fallback: clients that do not know it must not be sent blank lines.
        first, *others = [piece for piece in pieces if not piece.isspace()] or [text]
        further = continued(tags)
        return [line(text=first, tags=tags), *[line(text=piece, tags=further) for piece in others]]

    def _target(self, room: Room, author: PersonId) -> str:
        """Return to whom it was said: the channel, or what the other in a conversation of two is called now."""
        if room.kind is RoomKind.CHANNEL:
            return room.name
        others = [one for one in direct_people(room.kind, room.key) if one != author] or [author]
        other = self._house.find_by_id(others[0])
        return SOMEBODY_GONE if other is None else other.name


def _is_short(source: str, target: str, text: str) -> bool:
    """Return whether a text needs no splitting, as most do not: whether that can be told without measuring it."""
    size = len(source) + len(target) + len(text)
    if size > ROOM // UTF8_BYTES and not (size <= ROOM and text.isascii() and source.isascii() and target.isascii()):
        return False
    return "\n" not in text


def _answering(quote: Quote | None, text: str) -> str:
    return text if quote is None else f"> {quote.text or quote.name} : {text}"
