"""The text phrasebook: how everything sounds to people on netcat and telnet, and to the S0 and S4 clients."""

from collections.abc import Sequence
from typing import assert_never, get_args

from hubbub.core.catalog import (
    AnnotatingEvent,
    AnyEvent,
    DirectoryEvent,
    ModerationEvent,
    PinningEvent,
    QuietEvent,
    Record,
)
from hubbub.core.features.annotating import Deleted, Edited, Pinned, Reacted, Removed, Unpinned, Unreacted
from hubbub.core.features.importing import Imported
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Announced, Confided, Said
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.topics import TopicSet
from hubbub.core.room import Room, RoomKind
from hubbub.core.texts import clean_line
from hubbub.phrasing import message_phrases, phrases, room_phrases
from hubbub.phrasing.file_phrases import NO_LINKS, FileLinks
from hubbub.phrasing.stamps import Stamper
from hubbub.service.ports import Clock


class TextDialect:
    """How a room sounds: with its name before what is said there, unless it is the listener's current one."""

    echoes: frozenset[type[AnyEvent]] = frozenset({TopicSet, *get_args(PinningEvent), *get_args(ModerationEvent)})
    folds = True
    keeps_state = False
    hears_itself = False

    def __init__(
        self,
        stamper: Stamper,
        *,
        labelled: bool,
        announce: bool,
        line_end: str = "\n",
        links: FileLinks = NO_LINKS,
    ) -> None:
        self._stamper = stamper
        self._links = links
        self._labelled = labelled
        self.announce = announce
        """Whether comings and goings are told; may change at any time."""
        self._line_end = line_end

    def encode(self, room: Room, record: Record) -> bytes:  # noqa: C901 - a table
        """Return whole lines, each with its stamp, or nothing."""
        event = record.event
        match event:
            case Said():
                return self.encode_lines(record.time_ms, self._head(room, event, record), self._links.text_of(event))
            case Confided():
                return self.encode_lines(record.time_ms, self._label(room) + mark_confidant(event), event.text)
            case Announced():
                return self.encode_lines(record.time_ms, f"[BROADCAST FROM {event.name}] ", event.text)
            case Joined():
                return self._announcement(record, phrases.joined(room, event)) if self.announce else b""
            case Left():
                return self._announcement(record, phrases.left(room, event)) if self.announce else b""
            case Renamed():
                return self._announcement(record, phrases.renamed(event))
            case TopicSet():
                return self._announcement(record, phrases.topic_set(room, event))
            case Imported():
                return self._announcement(record, message_phrases.imported(room, event))
            case _ if isinstance(event, AnnotatingEvent | PinningEvent):
                return self._encode_annotation(room, record, event)
            case _ if isinstance(event, ModerationEvent):
                return self._announcement(record, room_phrases.moderated(room.name, event))
            case _ if isinstance(event, QuietEvent | DirectoryEvent):
                return b""
            case _:
                assert_never(event)

    def _encode_annotation(self, room: Room, record: Record, event: AnnotatingEvent | PinningEvent) -> bytes:
        """Return what is heard of what somebody does with a message."""
        label = self._label(room) if room.kind is RoomKind.CHANNEL else ""
        match event:
            case Edited():
                return (
                    self.encode_lines(record.time_ms, f"{label}[{event.name} fixed] ", event.text)
                    if event.text
                    else b""
                )
            case Deleted():
                return self._announcement(record, message_phrases.deletion(event))
            case Reacted() | Unreacted():
                return self.encode_lines(record.time_ms, label, f"[{message_phrases.reaction(record, event)}]")
            case Pinned() | Unpinned():
                return self._announcement(record, message_phrases.pinning(record, event))
            case _:
                assert_never(event)

    def encode_lines(self, time_ms: int, head: str, text: str) -> bytes:
        """Return the text with stamp and head before each of its lines, so that no line can pass for another's."""
        start = self._stamper.stamp(time_ms) + head
        end = self._line_end
        if "\n" in text:
            text = text.replace("\n", end + start)
        return f"{start}{text}{end}".encode()

    def _head(self, room: Room, said: Said, record: Record) -> str:
        answering = message_phrases.answering(record) if said.reply_to else ""
        if room.kind is RoomKind.DIRECT:
            return self.mark_private(said, answering)
        return self._label(room) + mark_speaker(said, answering)

    def _label(self, room: Room) -> str:
        return f"[{room.name}] " if self._labelled else ""

    def mark_private(self, said: Said, answering: str = "") -> str:
        """Return what stands before what somebody says to one person alone."""
        act = f"* {said.name} " if said.manner == "action" else ""
        return f"[PRIVATE FROM {said.name}{answering}] {act}"

    def _announcement(self, record: Record, sentence: str) -> bytes:
        return self.encode_lines(record.time_ms, "[SERVER] ", sentence)


def mark_speaker(said: Said, answering: str = "") -> str:
    """Return what stands before what somebody says in a room, perhaps as an answer."""
    match said.manner:
        case "text":
            return f"[{said.name}{answering}] "
        case "action":
            return f"* {said.name} "
        case "notice":
            return f"[{said.name}] (notice) "
        case _:
            assert_never(said.manner)


def mark_confidant(event: Confided) -> str:
    """Return what stands before what somebody says to some of a room."""
    addressees = message_phrases.addressees(event)
    match event.manner:
        case "text":
            return f"[{event.name} {addressees}] "
        case "action":
            return f"[{addressees}] * {event.name} "
        case "notice":
            return f"[{event.name} {addressees}] (notice) "
        case _:
            assert_never(event.manner)


class TextVoice:
    """Everything a text connection is told; one for all connections with the same line end."""

    def __init__(  # noqa: PLR0913 - what there is to hear it by
        self,
        clock: Clock,
        stamper: Stamper,
        *,
        announce: bool,
        line_end: str = "\n",
        links: FileLinks = NO_LINKS,
        dialect: type[TextDialect] = TextDialect,
    ) -> None:
        self.announces = announce
        self._links = links
        self._clock = clock
        self._stamper = stamper
        self._line_end = line_end
        self._current = dialect(stamper, labelled=False, announce=announce, line_end=line_end, links=links)
        self._other = dialect(stamper, labelled=True, announce=announce, line_end=line_end, links=links)

    def dialect(self, *, current: bool) -> TextDialect:
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
        return self._current.encode_lines(self._clock.time_ms(), "[SERVER] ", clean_line(sentence))

    def lines(self, lines: Sequence[str]) -> bytes:
        """Return lines that somebody wants to keep: with nothing before them."""
        return "".join(line + self._line_end for line in lines).encode()

    def confirm(self, names: Sequence[str], text: str) -> bytes:
        """Return what a sender sees of his private message."""
        return self._current.encode_lines(self._clock.time_ms(), f"[PRIVATE TO {', '.join(names)}] ", text)

    def recall(self, records: Sequence[Record], *, private: bool = False, numbered: bool = False) -> bytes:
        """Return what was said earlier, with a line wherever another day begins."""
        day = self._stamper.day(self._clock.time_ms())
        told = []
        for number, record in enumerate(records, 1):
            event = record.event
            if not isinstance(event, Said | Confided | Removed):
                continue
            if (that_day := self._stamper.day(record.time_ms)) != day:
                day = that_day
                told.append(self._current.encode_lines(record.time_ms, "[SERVER] ", f"On {day}:"))
            head, text = self._recalled(record, event, private=private)
            told.append(self._current.encode_lines(record.time_ms, f"#{number} {head}" if numbered else head, text))
        return b"".join(told)

    def _recalled(self, record: Record, event: Said | Confided | Removed, *, private: bool) -> tuple[str, str]:
        """Return what stands before a message in history, and what it says."""
        if isinstance(event, Removed):
            return f"[{event.name}] ", message_phrases.gone(event) + message_phrases.aftermath(record)
        if isinstance(event, Confided):
            return mark_confidant(event), event.text
        answering = message_phrases.answering(record)
        text = self._links.text_of(event) + message_phrases.aftermath(record)
        head = self._current.mark_private(event, answering) if private else mark_speaker(event, answering)
        return head, text
