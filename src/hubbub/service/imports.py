"""What an import asks of a store: events that happened elsewhere, each with its own time and its name over there."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec
from msgspec.structs import replace

from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.features.annotating import Deleted, Edited, Pinned, Reacted
from hubbub.core.features.messages import Said
from hubbub.core.kinds import RoomId, Seq
from hubbub.core.room import RoomKind

IMPORT_CHUNK: Final = 500
"""How many drafts are looked at together."""


class ImportDraft(msgspec.Struct, frozen=True):
    """An event that happened elsewhere and waits for its place here.

    Where it is about a message, that is known by its name in the source only: `message` and `reply_to` are given here.
    """

    external_id: str
    """The event's name, which no other of its source has; it is kept once, however often it is imported."""
    time_ms: int
    event: AnyEvent
    about: str = ""
    """The message that it is about, or answers."""
    thread: str = ""
    """The message that began the thread."""


class RoomImport(msgspec.Struct, frozen=True):
    """What comes into one room."""

    room: RoomId
    drafts: Iterable[ImportDraft]
    """In order; read once."""
    external_id: str = ""
    """The room's name in the source, by which it is found again; empty while that is not to be known."""
    label: str = ""
    """From where it comes, to be told to those who are in the room; empty where nobody can be."""


class Publication(msgspec.Struct, frozen=True):
    """What a room that was staged becomes."""

    room: RoomId
    kind: RoomKind
    key: str
    name: str


def put_in_place(draft: ImportDraft, seqs: Mapping[str, Seq]) -> AnyEvent | None:
    """Return the event with the places of the messages it is about; None where that is not here.

    An answer to a message that is not here is no answer.
    """
    event = draft.event
    message = seqs.get(draft.about, Seq(0))
    match event:
        case Said():
            return replace(event, reply_to=message, thread=seqs.get(draft.thread, message)) if message else event
        case Deleted():
            return replace(event, message=message, thread=seqs.get(draft.thread, Seq(0))) if message else None
        case Edited() | Reacted() | Pinned():
            return replace(event, message=message) if message else None
        case _:
            return event


def place_new(drafts: Iterable[ImportDraft], seqs: dict[str, Seq], room: RoomId, last: Seq) -> dict[str, Record]:
    """Return records of those drafts that are new, by their names, behind the record `last`.

    `seqs` says where things of the source are, and is told where these will be.
    """
    records = {}
    for draft in drafts:
        event = None if draft.external_id in seqs else put_in_place(draft, seqs)
        if event is not None:
            last = seqs[draft.external_id] = Seq(last + 1)
            records[draft.external_id] = Record(room, last, draft.time_ms, event)
    return records


def chunks_of(drafts: Iterable[ImportDraft], size: int = IMPORT_CHUNK) -> Iterator[list[ImportDraft]]:
    """Yield the drafts in lists of at most so many."""
    chunk: list[ImportDraft] = []
    for draft in drafts:
        chunk.append(draft)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def names_in(drafts: Iterable[ImportDraft]) -> list[str]:
    """Return the names that drafts have, and those of the messages they are about."""
    names = dict.fromkeys(name for draft in drafts for name in (draft.external_id, draft.about, draft.thread))
    names.pop("", None)
    return list(names)
