"""Entries: what stands in a buffer, one below the other."""

from sys import intern
from typing import Final, Literal, assert_never

import msgspec
from msgspec.structs import replace

from hubbub.client.model import calls_one
from hubbub.core.catalog import (
    AnnotatingEvent,
    AnyEvent,
    DirectoryEvent,
    ModerationEvent,
    PersonalEvent,
    PinningEvent,
    QuietEvent,
    Record,
)
from hubbub.core.features.annotating import Removed, Reply
from hubbub.core.features.importing import Imported
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Announced, Broadcast, Confided, Said, Say, Tell
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.topics import TopicSet
from hubbub.core.files import FileView
from hubbub.core.kinds import PersonId, Seq
from hubbub.core.notes import NO_NOTE, Note, Quote

Kind = Literal["text", "action", "notice", "everyone", "some", "removed", "event"]
"""How it reads: something said, in one of its manners; to everyone on the server; to some of a room; what stands where
something was deleted; and what happened around it."""

Speech = Say | Tell | Reply | Broadcast
"""What may wait until it can be said."""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """Something that is stored on the server, as it looks now."""

    record: Record
    is_mine: bool = False
    calls_me: bool = False

    @property
    def seq(self) -> Seq:
        """Its place in the room."""
        return self.record.seq

    @property
    def id(self) -> str:
        """What it is called in requests: `ROOM-SEQ`."""
        return self.record.id

    @property
    def time_ms(self) -> int:
        """When it was, in milliseconds since 1970 UTC."""
        return self.record.time_ms

    @property
    def event(self) -> AnyEvent:
        """What happened."""
        return self.record.event

    @property
    def author(self) -> PersonId:
        """Who did it, whatever he is called."""
        return self.record.event.author

    @property
    def name(self) -> str:
        """Who did it, as he was called then."""
        return self.record.event.name

    @property
    def kind(self) -> Kind:
        """How it reads."""
        match self.record.event:
            case Said(manner=manner):
                return manner
            case Announced():
                return "everyone"
            case Confided():
                return "some"
            case Removed():
                return "removed"
            case _:
                return "event"

    @property
    def text(self) -> str:
        """What was said, as it reads now; empty where nothing was."""
        event = self.record.event
        return event.text if isinstance(event, Said | Confided | Announced) else ""

    @property
    def note(self) -> Note:
        """What became of it: edits, reactions, answers."""
        return self.record.note or NO_NOTE

    @property
    def quote(self) -> Quote | None:
        """What it answers, in a line, as far as that is known."""
        return self.record.quote

    @property
    def reply_to(self) -> Seq:
        """What it answers; 0 for nothing."""
        event = self.record.event
        return event.reply_to if isinstance(event, Said) else Seq(0)

    @property
    def files(self) -> tuple[FileView, ...]:
        """What stands with it."""
        event = self.record.event
        return event.files if isinstance(event, Said) else ()

    @property
    def nonce(self) -> str:
        """What whoever said it called it before it was stored; empty where he did not."""
        event = self.record.event
        return event.nonce if isinstance(event, Said | Confided | Announced) else ""


class Notice(msgspec.Struct, frozen=True, gc=False):
    """A sentence that only this client tells: an answer, or what it goes through."""

    seq: Seq
    """Behind which record it stands."""
    time_ms: int
    sentence: str
    is_error: bool = False


class Outgoing(msgspec.Struct, frozen=True):
    """Something that is to be said, until it is heard."""

    request: Speech
    """It has a nonce."""
    room: str
    """In which buffer it was written, by its name."""
    time_ms: int
    state: Literal["waiting", "sent", "refused"] = "waiting"
    sentence: str = ""
    """Why it was refused."""

    @property
    def nonce(self) -> str:
        """What it is called until it is stored, and by which it is said once however often it is sent."""
        return self.request.nonce

    @property
    def text(self) -> str:
        """What is to be said."""
        return self.request.text


Standing = Entry | Notice
"""What stands in a buffer for good."""

NOTHING_KNOWN: Final = PersonId("")


def entry_of(record: Record, you: PersonId) -> Entry:
    """Return how a record stands in a buffer of somebody's."""
    is_mine = record.event.author == you and you != NOTHING_KNOWN
    return Entry(_lean(record, is_mine=is_mine), is_mine, calls_one(record, you))


def _lean(record: Record, *, is_mine: bool) -> Record:
    """Return a record that takes little room: a hundred thousand of them are kept, said by a few people.

    Each has come with names of its own, and with what only its writer calls it.
    """
    event = record.event
    if type(event) is not Said:
        return record
    nonce = event.nonce if is_mine else ""
    return replace(record, event=replace(event, author=intern(event.author), name=intern(event.name), nonce=nonce))


def stands(event: AnyEvent) -> bool:
    """Return whether something that happened stands in a buffer itself; if not, it changes how other things look."""
    match event:
        case Said() | Confided() | Announced() | Removed():
            return True
        case Joined() | Left() | Renamed() | TopicSet() | Imported():
            return True
        case _ if isinstance(event, ModerationEvent | PinningEvent):
            return True
        case _ if isinstance(event, AnnotatingEvent | PersonalEvent | QuietEvent | DirectoryEvent):
            return False
        case _:
            assert_never(event)
