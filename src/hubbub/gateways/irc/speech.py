"""Speech: what was said, and what became of it, as lines of IRC."""

from functools import partial
from typing import Final, assert_never

from hubbub.core.catalog import AnnotatingEvent, AnyEvent, Record
from hubbub.core.features.annotating import Deleted, Edited, Reacted, Unreacted
from hubbub.core.features.messages import Announced, Confided, Said
from hubbub.core.house import House
from hubbub.core.kinds import PersonId
from hubbub.core.notes import MessageRef, Quote
from hubbub.core.room import Room, RoomKind, direct_people
from hubbub.gateways.irc.capabilities import Capabilities, Capability
from hubbub.gateways.irc.multiline import CONCAT_TAG
from hubbub.gateways.irc.multiline import KIND as MULTILINE_BATCH
from hubbub.gateways.irc.names import PREFIXES, Names
from hubbub.gateways.irc.tagging import EDIT_TAG, REACT_TAGS, UNREACT_TAGS, Tagging, Tags, continued
from hubbub.phrasing import message_phrases
from hubbub.phrasing.file_phrases import FileLinks
from hubbub.wire.irc.batch import TAG as BATCH_TAG
from hubbub.wire.irc.ctcp import ACTION, encode_ctcp
from hubbub.wire.irc.message import LINE_LIMIT, encode_line
from hubbub.wire.irc.splitting import split_multiline, split_said, text_room
from hubbub.wire.splitting import UTF8_BYTES

EVERYBODY: Final = "$$*"
"""The target of what is said to everyone: a mask of servers. RFC 2812 section 3.3.1."""

SOMEBODY_GONE: Final = "*"
"""Stands for the nick of somebody who is not there any more and was a guest."""

ROOM: Final = LINE_LIMIT - len(": PRIVMSG  :\x01ACTION \x01\r\n")
"""Bytes of a source, a target and a text that fit into one line, however the text is said."""


class Speech:
    """How clients with certain capabilities hear what people say."""

    __slots__ = ("_house", "_knows_multiline", "_links", "_names", "_redacts", "_tagging")

    def __init__(self, house: House, names: Names, capabilities: Capabilities, links: FileLinks) -> None:
        self._house = house
        self._names = names
        self._links = links
        self._tagging = Tagging(names, capabilities)
        self._redacts = Capability.MESSAGE_REDACTION in capabilities
        self._knows_multiline = Capability.MULTILINE in capabilities

    def said(self, room: Room, record: Record, said: Said) -> list[bytes]:
        """Return a message, in as many lines as it needs."""
        tags = self._tagging.of(record, said)
        text = self._links.text_of(said)
        if said.reply_to:
            if tags is not None and self._tagging.tells_ids:
                tags |= self._tagging.about(room.id, said.reply_to)
            else:
                text = _answering(record.quote, text)
        return self._spoken(record, self._target(room, said.author), said, text, tags)

    def confided(self, room: Room, record: Record, confided: Confided) -> list[bytes]:
        """Return what was said to those of a channel who have a role: `PRIVMSG @#tea`."""
        said = Said(confided.author, confided.name, confided.text, confided.manner)
        target = f"{PREFIXES[confided.to]}{room.name}"
        return self._spoken(record, target, said, said.text, self._tagging.of(record, confided))

    def announced(self, record: Record, announced: Announced) -> list[bytes]:
        """Return what was said to everyone."""
        said = Said(announced.author, announced.name, announced.text, "notice")
        return self._spoken(record, EVERYBODY, said, said.text, self._tagging.of(record, announced))

    def annotated(self, room: Room, record: Record, event: AnnotatingEvent) -> list[bytes]:
        """Return what became of a message; where the client has no place for it, in a sentence."""
        target, tags = self._target(room, event.author), self._tagging.of(record, event)
        if isinstance(event, Edited):
            return self._edited(record, target, event, tags)
        line = partial(encode_line, source=self._names.author(event))
        if self.tells_in_words(event):
            return [line("NOTICE", target, text=_in_words(record, event), tags=tags)]
        match event:
            case Deleted():
                params = [target, MessageRef(room.id, event.message), *([event.reason] if event.reason else [])]
                return [line("REDACT", *params, tags=tags)]
            case Unreacted() if event.reacted and self._redacts:
                return [line("REDACT", target, MessageRef(room.id, event.reacted), tags=tags)]
            case Reacted() | Unreacted():
                reaction = REACT_TAGS if isinstance(event, Reacted) else UNREACT_TAGS
                about = self._tagging.about(room.id, event.message)
                return [line("TAGMSG", target, tags=(tags or {}) | about | {reaction[0]: event.reaction})]
            case _:
                assert_never(event)

    def tells_in_words(self, event: AnyEvent) -> bool:
        """Return whether the client has no place for what becomes of a message, and reads of it when it happens."""
        match event:
            case Deleted():
                return not self._redacts
            case Reacted():
                return not self._tagging.tells_ids
            case Unreacted():
                return not self._tagging.tells_ids and not (event.reacted and self._redacts)
            case _:
                return False

    def _edited(self, record: Record, target: str, event: Edited, tags: Tags | None) -> list[bytes]:
        """Return what a message says now; who knows nothing of edits reads that somebody `fixed: …`.

        No capability says who knows of them. catgirl, rcirc, The Lounge and others have tags, leave out those that they
        do not know, and would show the text as if it were said twice; who cannot take a message back cannot change it.
        """
        if not event.text:
            return []
        if tags is not None and self._tagging.tells_ids:
            tags |= {EDIT_TAG: MessageRef(record.room, event.message)}
        if tags is not None and self._tagging.tells_ids and self._redacts:
            return self._spoken(record, target, Said(event.author, event.name, event.text), event.text, tags)
        fixed = Said(event.author, event.name, event.text, "action")
        return self._spoken(record, target, fixed, f"fixed: {event.text}", tags)

    def _spoken(self, record: Record, target: str, said: Said, text: str, tags: Tags | None) -> list[bytes]:
        source, manner = self._names.author(said), said.manner
        command = "NOTICE" if manner == "notice" else "PRIVMSG"
        if _is_short(source, target, text):
            spoken = encode_ctcp(ACTION, text) if manner == "action" else text
            return [encode_line(command, target, text=spoken, source=source, tags=tags)]
        line = partial(encode_line, command, target, source=source)
        if self._knows_multiline and manner == "text":
            return self._in_batch(record, target, text, tags, source)
        pieces = split_said(text, command, target, source=source, action=manner == "action")
        # IRCv3 multiline, fallback: clients that do not know it must not be sent blank lines.
        first, *more = [piece for piece in pieces if not piece.isspace()] or [text]
        further = continued(tags)
        return [line(text=first, tags=tags), *[line(text=piece, tags=further) for piece in more]]

    def _in_batch(self, record: Record, target: str, text: str, tags: Tags | None, source: str) -> list[bytes]:
        """Return a text as a batch that is the same for everybody; what fits into one line needs none."""
        parts = split_multiline(text, text_room("PRIVMSG", target, source=source))
        if len(parts) == 1:
            return [encode_line("PRIVMSG", target, text=text, source=source, tags=tags)]
        # No other batch of a connection can be called so: those of one are numbered.
        reference = record.id
        inside, continued_inside = {BATCH_TAG: reference}, {BATCH_TAG: reference, CONCAT_TAG: ""}
        line = partial(encode_line, "PRIVMSG", target, source=source)
        return [
            encode_line("BATCH", f"+{reference}", MULTILINE_BATCH, target, source=source, tags=tags),
            *[line(text=part.text, tags=continued_inside if part.continues else inside) for part in parts],
            encode_line("BATCH", f"-{reference}", source=source),
        ]

    def _target(self, room: Room, author: PersonId) -> str:
        """Return to whom it was said: the channel, or what the other in a conversation of two is called now."""
        if room.kind is RoomKind.CHANNEL:
            return room.name
        others = [one for one in direct_people(room.kind, room.key) if one != author] or [author]
        other = self._house.find_by_id(others[0])
        return room.name or SOMEBODY_GONE if other is None else other.name


def _is_short(source: str, target: str, text: str) -> bool:
    """Return whether a text needs no splitting, as most do not: whether that can be told without measuring it."""
    size = len(source) + len(target) + len(text)
    if size > ROOM // UTF8_BYTES and not (size <= ROOM and text.isascii() and source.isascii() and target.isascii()):
        return False
    return "\n" not in text


def _in_words(record: Record, event: Deleted | Reacted | Unreacted) -> str:
    """Return it as its author does it: his name stands before the line. What was deleted is not said once more."""
    return message_phrases.deleting(event) if isinstance(event, Deleted) else message_phrases.reacting(record, event)


def _answering(quote: Quote | None, text: str) -> str:
    return text if quote is None else f"> {quote.text or quote.name} : {text}"
