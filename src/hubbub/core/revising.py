"""Revising: how a message looks after what was done to it. Pure, and total: no order of events makes it fail."""

from typing import Final, assert_never

from msgspec.structs import replace

from hubbub.core.catalog import MESSAGE_EVENTS, AnnotatingEvent, AnyEvent, PinningEvent, Record
from hubbub.core.features.annotating import Deleted, Edited, Reacted, Unreacted, removed
from hubbub.core.features.messages import Confided, Said
from hubbub.core.kinds import Seq
from hubbub.core.notes import NO_NOTE, Note, Version

NOT_REVISED: Final[tuple[Seq, ...]] = ()


def revised_by(record: Record) -> tuple[Seq, ...]:
    """Return which earlier messages of its room look different after a record."""
    event = record.event
    # First, and in the quickest way: most of what happens is said, and answers nothing.
    if type(event) is Said and not event.thread:
        return NOT_REVISED
    match event:
        case Said():
            subjects: tuple[Seq, ...] = (event.thread,)
        case Deleted():
            subjects = (event.message, event.thread)
        case Edited() | Reacted() | Unreacted():
            subjects = (event.message,)
        case _:
            return NOT_REVISED
    return tuple(seq for seq in dict.fromkeys(subjects) if 0 < seq < record.seq)


def shown(record: Record, note: Note | None) -> Record:
    """Return a message, as it was said, as it looks with this note."""
    if note is None:
        return record
    event = record.event
    if note.edits and isinstance(event, MESSAGE_EVENTS):
        event = replace(event, text=note.text)
    return replace(record, event=event, note=note)


def revise(message: Record, change: Record) -> Record:
    """Return how a message looks after a record that is about it; `message` is as it looked before."""
    note, event = message.note or NO_NOTE, change.event
    if isinstance(event, Said | Deleted) and message.seq == event.thread:
        return replace(message, note=_count_reply(note, change))
    if isinstance(message.event, Confided) and isinstance(event, Deleted):
        return replace(message, event=removed(event))
    if not isinstance(message.event, MESSAGE_EVENTS) or not isinstance(event, AnnotatingEvent):
        return message  # it was deleted, or erased, before
    match event:
        case Edited():
            return _edit(message, note, change, event)
        case Deleted():
            left = replace(NO_NOTE, replies=note.replies, last_reply=note.last_reply)
            return replace(message, event=removed(event), note=left if note.replies else None)
        case Reacted():
            return replace(message, note=_add_reaction(note, event))
        case Unreacted():
            return replace(message, note=_take_reaction(note, event))
        case _:
            assert_never(event)


def _count_reply(note: Note, change: Record) -> Note:
    if isinstance(change.event, Said):
        return replace(note, replies=note.replies + 1, last_reply=change.seq)
    return replace(note, replies=max(0, note.replies - 1))


def _edit(message: Record, note: Note, change: Record, event: Edited) -> Record:
    said = message.event
    if not isinstance(said, MESSAGE_EVENTS) or not event.text:
        return message
    before = Version(said.text, note.edited_ms or message.time_ms)
    note = replace(
        note,
        versions=(*note.versions, before),
        text=event.text,
        edited_ms=change.time_ms,
        edits=(*note.edits, change.seq),
    )
    return replace(message, event=replace(said, text=event.text), note=note)


def _add_reaction(note: Note, event: Reacted) -> Note:
    reactors = note.reactions.get(event.reaction, {})
    return replace(note, reactions=note.reactions | {event.reaction: reactors | {event.author: event.name}})


def _take_reaction(note: Note, event: Unreacted) -> Note:
    reactors = {
        person: name for person, name in note.reactions.get(event.reaction, {}).items() if person != event.author
    }
    others = {reaction: people for reaction, people in note.reactions.items() if reaction != event.reaction}
    if not reactors:
        return replace(note, reactions=others)
    return replace(note, reactions=note.reactions | {event.reaction: reactors})


def subject_of(event: AnyEvent) -> Seq:
    """Return the message that an event is about, of which its hearers have to be told; 0 for none."""
    if isinstance(event, Said):
        return event.reply_to
    return event.message if isinstance(event, Reacted | Unreacted | PinningEvent) else Seq(0)


def thread_of(message: Record) -> Seq:
    """Return the first message of the thread that a message is in, or that it begins."""
    event = message.event
    return (event.thread if isinstance(event, Said) else Seq(0)) or message.seq
