"""Records as a program hears them: what happened, where, when, and whether it was oneself who did it."""

from datetime import UTC, datetime
from typing import Generic, TypeVar

import msgspec

from hubbub.core import catalog
from hubbub.core.catalog import AnyEvent
from hubbub.core.features.messages import Announced, Confided, Said
from hubbub.core.kinds import Event, PersonId, RoomId, Seq
from hubbub.core.notes import Note, Quote
from hubbub.phrasing.stamps import local_time

E_co = TypeVar("E_co", bound=Event, covariant=True)


class Record(msgspec.Struct, Generic[E_co], frozen=True):
    """Something that happened and is stored.

    >>> async for record in hub:
    ...     if isinstance(record.event, Said):
    ...         print(record.room, record.event.name, record.text)
    """

    room: str
    """Where, as one may be told so oneself: `#tea`, or `@bob` for the conversation with him."""
    event: E_co
    """What: `Said`, `Joined`, `Edited` …, each with the `name` of who did it."""
    room_id: RoomId
    seq: Seq
    """Its place in the room: later records have greater ones."""
    time_ms: int
    """When, in milliseconds since 1970 UTC."""
    quote: Quote | None = None
    """What it is about, if that is another message."""
    note: Note | None = None
    """What became of it until it was asked for: reactions, edits, answers."""
    is_mine: bool = False
    """Whether one did it oneself, here or on another connection."""

    @property
    def id(self) -> str:
        """Return what the message is called in requests: `ROOM-SEQ`."""
        return f"{self.room_id}-{self.seq}"

    @property
    def time(self) -> datetime:
        """Return when it was, in UTC; `.astimezone()` makes it local."""
        return local_time(self.time_ms).astimezone(UTC)

    @property
    def text(self) -> str:
        """Return what was said; empty where nothing was."""
        return self.event.text if isinstance(self.event, Said | Confided | Announced) else ""


def record_of(stored: catalog.Record, room: str, you: PersonId) -> Record[AnyEvent]:
    """Return how somebody hears what is stored."""
    return Record(
        room,
        stored.event,
        stored.room,
        stored.seq,
        stored.time_ms,
        stored.quote,
        stored.note,
        stored.event.author == you,
    )


def stored_of(heard: Record[AnyEvent]) -> catalog.Record:
    """Return what is stored, as somebody has heard it."""
    return catalog.Record(heard.room_id, heard.seq, heard.time_ms, heard.event, heard.note, heard.quote)
