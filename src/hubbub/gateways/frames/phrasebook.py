"""The frames phrasebook: how everything sounds to clients that know only a name and a text."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Final, assert_never, get_args

from hubbub.core.catalog import AnyEvent, DirectoryEvent, ModerationEvent, PinningEvent, QuietEvent, Record
from hubbub.core.features.annotating import Deleted, Edited, Pinned, Reacted, Removed, Unpinned, Unreacted
from hubbub.core.features.importing import Imported
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Announced, Confided, Said
from hubbub.core.features.moderation import Kicked
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.topics import TopicSet
from hubbub.core.notes import Quote
from hubbub.core.room import Room, RoomKind
from hubbub.core.texts import clean_line
from hubbub.phrasing import message_phrases, phrases, room_phrases
from hubbub.phrasing.file_phrases import NO_LINKS, FileLinks
from hubbub.phrasing.stamps import Stamper
from hubbub.service.ports import Clock
from hubbub.wire.frames.header_frames import encode_header_pair
from hubbub.wire.frames.json_frames import encode_chat, encode_join, encode_leave
from hubbub.wire.frames.messages import encode_messages
from hubbub.wire.frames.text_frames import encode_text_frames

SERVER: Final = "server"
"""Who speaks when nobody does; no person may be called so."""

_GOVERNING: Final[frozenset[type[AnyEvent]]] = frozenset(
    {TopicSet, *get_args(PinningEvent), *get_args(ModerationEvent)}
)
"""What everybody in a room hears, whoever did it included."""


PRIVATE: Final = " [private]"
"""Stands before what is said to one person alone."""


class FramesDialect(ABC):
    """How a room sounds in one of the dialects: with its name, unless it is the listener's current one."""

    folds = True
    keeps_state = False
    hears_itself = False

    def __init__(self, *, echoes: bool, labelled: bool, announce: bool, links: FileLinks = NO_LINKS) -> None:
        self._links = links
        self.echoes: frozenset[type[AnyEvent]] = _GOVERNING | {Said, Confided, Announced} if echoes else _GOVERNING
        self._labelled = labelled
        self.announce = announce
        """Whether comings and goings are told; may change at any time."""

    @abstractmethod
    def say(self, sender: str, text: str) -> bytes:
        """Return the frames that show who said what."""

    @abstractmethod
    def join(self, name: str) -> bytes:
        """Return the frames that show who came, if there are such."""

    @abstractmethod
    def leave(self, name: str) -> bytes:
        """Return the frames that show who went, if there are such."""

    def encode(self, room: Room, record: Record) -> bytes:  # noqa: C901 - a table
        """Return whole frames, or nothing."""
        event = record.event
        match event:
            case Said():
                return self.say(event.name + self._mark(room), act(event, record.quote, self._links))
            case Confided():
                return self.say(sender_of(event) + self._mark(room), act(in_words(event)))
            case Announced():
                return self.say(f"{event.name} [broadcast]", event.text)
            case Joined():
                return self.join(event.name) if self.announce and not self._labelled else b""
            case Left():
                return self.leave(event.name) if self.announce and not self._labelled else b""
            case Renamed():
                return self.say(SERVER, phrases.renamed(event))
            case TopicSet():
                return self.say(SERVER, phrases.topic_set(room, event))
            case Imported():
                return self.say(SERVER, message_phrases.imported(room, event))
            case Edited():
                return self.say(event.name + self._mark(room), message_phrases.fixed_line(event)) if event.text else b""
            case Deleted() | Reacted() | Unreacted():
                return b""
            case Pinned() | Unpinned():
                return self.say(SERVER, message_phrases.pinning(record, event))
            case _ if isinstance(event, ModerationEvent):
                gone = self.leave(event.person_name) if isinstance(event, Kicked) and not self._labelled else b""
                return gone + self.say(SERVER, room_phrases.moderated(room.name, event))
            case _ if isinstance(event, QuietEvent | DirectoryEvent):
                return b""
            case _:
                assert_never(event)

    def _mark(self, room: Room) -> str:
        """Return what stands behind the speaker's name, where nobody can put it: in a text he could."""
        if room.kind is RoomKind.DIRECT:
            return PRIVATE
        return f" [{room.name}]" if self._labelled else ""


def sender_of(event: Confided) -> str:
    """Return who says something to some of a room, and to whom, where nobody can put it: a name holds no bracket."""
    return f"{event.name} [{message_phrases.addressees(event)}]"


def in_words(event: Confided) -> Said:
    """Return the words alone of what is for some of a room."""
    return Said(event.author, event.name, event.text, event.manner)


def act(said: Said, quote: Quote | None = None, links: FileLinks = NO_LINKS) -> str:
    """Return the text as it stands after its speaker's name, and after what it answers; its files behind it."""
    text = links.text_of(said)
    if quote is not None and said.reply_to:
        return f"> {quote.text or quote.name} : {text}"
    match said.manner:
        case "text":
            return text
        case "action":
            return f"* {said.name} {text}"
        case "notice":
            return f"(notice) {text}"
        case _:
            assert_never(said.manner)


class HeaderDialect(FramesDialect):
    """Pairs of frames with fixed headers; nobody comes or goes in them."""

    def say(self, sender: str, text: str) -> bytes:
        """Return one pair a line, or more."""
        return b"".join(encode_header_pair(sender, text))

    def join(self, name: str) -> bytes:  # noqa: ARG002 - there is no such frame
        """Return nothing: there is no such frame."""
        return b""

    def leave(self, name: str) -> bytes:  # noqa: ARG002 - there is no such frame
        """Return nothing: there is no such frame."""
        return b""


class JsonDialect(FramesDialect):
    """JSON objects after their length."""

    def say(self, sender: str, text: str) -> bytes:
        """Return one object a line, or more."""
        return b"".join(encode_chat(sender, text))

    def join(self, name: str) -> bytes:
        """Return the object that says that someone came."""
        return encode_join(name)

    def leave(self, name: str) -> bytes:
        """Return the object that says that someone went."""
        return encode_leave(name)


class TextFramesDialect(HeaderDialect):
    """`name: text` after its length; nobody comes or goes here either."""

    def say(self, sender: str, text: str) -> bytes:
        """Return one frame a line, or more."""
        return b"".join(encode_text_frames(sender, text))


class RelayDialect(HeaderDialect):
    """`name: text` as a message of its own."""

    def say(self, sender: str, text: str) -> bytes:
        """Return one message a line."""
        return encode_messages(sender, text)


class FramesVoice:
    """Everything a frames connection is told; one for all connections of a dialect."""

    def __init__(  # noqa: PLR0913 - how frames look, each in its own way
        self,
        dialect: type[FramesDialect],
        clock: Clock,
        stamper: Stamper,
        *,
        echoes: bool,
        announce: bool,
        links: FileLinks = NO_LINKS,
    ) -> None:
        self.announces = announce
        self._links = links
        self._clock = clock
        self._stamper = stamper
        self._current = dialect(echoes=echoes, labelled=False, announce=announce, links=links)
        self._other = dialect(echoes=echoes, labelled=True, announce=announce, links=links)

    def dialect(self, *, current: bool) -> FramesDialect:
        """Return how a room is heard."""
        return self._current if current else self._other

    def set_announce(self, announce: bool) -> None:  # noqa: FBT001 - the one thing its name says
        """Tell of comings and goings from now on, or not."""
        self.announces = self._current.announce = self._other.announce = announce

    def stamp(self, time_ms: int) -> str:
        """Return when something was, as people read it."""
        return self._stamper.full_stamp(time_ms, self._clock.time_ms())

    def notice(self, sentence: str) -> bytes:
        """Return what the server says to this client alone."""
        return self._current.say(SERVER, clean_line(sentence))

    def lines(self, lines: Sequence[str]) -> bytes:
        """Return lines that somebody wants to keep, each by itself."""
        return b"".join(self._current.say(SERVER, line) for line in lines if line)

    def join(self, name: str) -> bytes:
        """Return what shows a client that it is in itself."""
        return self._current.join(name)

    def confirm(self, names: Sequence[str], text: str) -> bytes:
        """Return what a sender sees of his private message."""
        return self._current.say(SERVER, f"to {', '.join(names)}: {text}")

    def recall(self, records: Sequence[Record], *, private: bool = False, numbered: bool = False) -> bytes:
        """Return what was said earlier, with its time."""
        now_ms = self._clock.time_ms()
        told = []
        for number, record in enumerate(records, 1):
            event = record.event
            if isinstance(event, Said | Confided | Removed):
                stamp = self._stamper.full_stamp(record.time_ms, now_ms)
                mark = PRIVATE if private else ""
                place = f"#{number} " if numbered else ""
                sender = sender_of(event) if isinstance(event, Confided) else event.name
                told.append(self._current.say(sender + mark, place + stamp + self._recalled(record, event)))
        return b"".join(told)

    def _recalled(self, record: Record, event: Said | Confided | Removed) -> str:
        if isinstance(event, Removed):
            return message_phrases.gone(event) + message_phrases.aftermath(record)
        if isinstance(event, Confided):
            return act(in_words(event))
        return act(event, record.quote, self._links) + message_phrases.aftermath(record)
