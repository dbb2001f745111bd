"""Message phrases: what is said about messages, and how one that was answered or edited looks, in plain lines."""

from collections.abc import Callable
from typing import Final

from hubbub.core.catalog import MessageCommand, PinningEvent, Record
from hubbub.core.features.annotating import (
    Delete,
    Deleted,
    Edit,
    Edited,
    PinMessage,
    Pinned,
    React,
    Reacted,
    Removed,
    Reply,
    UnpinMessage,
    Unpinned,
    Unreact,
    Unreacted,
)
from hubbub.core.features.importing import Imported
from hubbub.core.features.messages import Confided, Said
from hubbub.core.message_answers import Exported, MessageFound
from hubbub.core.notes import NO_NOTE, Quote
from hubbub.core.room import Room
from hubbub.core.texts import clean_line, in_brackets, join_words, plural

VERSION_LENGTH: Final = 200
"""Longest part of an earlier version that is shown, in characters."""


def quoted(quote: Quote | None) -> str:
    """Return what stands for a message: who said it, and how it begins as far as it is known."""
    if quote is None:
        return "a message"
    return f'{quote.name} "{quote.text}"' if quote.text else quote.name


def answering(record: Record) -> str:
    """Return what stands behind a speaker's name if he answers something."""
    event = record.event
    if not isinstance(event, Said) or not event.reply_to or record.quote is None:
        return ""
    return f" → {quoted(record.quote)}"


def reaction(record: Record, event: Reacted | Unreacted) -> str:
    """Return who reacted to what."""
    return f"{event.name} {reacting(record, event)}"


def reacting(record: Record, event: Reacted | Unreacted) -> str:
    """Return the same without who, for where his name stands anyhow."""
    to_what = _possession(record.quote)
    if isinstance(event, Reacted):
        return f"reacted {event.reaction} to {to_what}"
    return f"took {event.reaction} back from {to_what}"


def addressees(event: Confided) -> str:
    """Return for whom something is that is for some of a room only."""
    return f"to {plural(event.to)}"


def deletion(event: Deleted) -> str:
    """Return who deleted what."""
    return f"{event.name} {deleting(event)}."


def deleting(event: Deleted) -> str:
    """Return the same without who, for where his name stands anyhow."""
    if event.is_moderated:
        return f"deleted a message from {event.writer_name}{in_brackets(event.reason)}"
    return "deleted a message"


def pinning(record: Record, event: PinningEvent) -> str:
    """Return who pinned what."""
    match event:
        case Pinned():
            return f"{event.name} pinned {_possession(record.quote)}."
        case Unpinned():
            return f"{event.name} unpinned {_possession(record.quote)}."


def imported(room: Room, event: Imported) -> str:
    """Return what came into a room, and from where."""
    what = "1 message is" if event.messages == 1 else f"{event.messages} messages are"
    return f"{what} new in {room.name}, from {event.name}. /history shows the last ones."


def exported(answer: Exported) -> str:
    """Return how much of a room was printed, and how to have all of it."""
    what = "1 message" if answer.messages == 1 else f"{answer.messages} messages"
    if answer.is_all and answer.before is not None:
        return f"{what}, and none before."
    if answer.is_all:
        return f"{what}: all that you may read in {answer.room}."
    last = "The last " if answer.before is None else ""
    return f"{last}{what} of {answer.room}. Those before: /export {answer.room} before {answer.first}"


def fixed_line(event: Edited) -> str:
    """Return an edit as one who knows nothing of edits understands it."""
    return f"* {event.name} fixed: {event.text}"


def gone(event: Removed) -> str:
    """Return what stands in history where a message was."""
    return f"(deleted by {event.by}{in_brackets(event.reason)})" if event.by else "(deleted)"


def aftermath(record: Record) -> str:
    """Return what stands behind a message in history if something became of it."""
    note = record.note
    if note is None:
        return ""
    parts = ["(edited)"] if note.edits else []
    if note.reactions:
        counted = ", ".join(f"{one} {len(people)}" for one, people in note.reactions.items())
        parts.append(f"({counted})")
    if note.replies:
        parts.append(f"({note.replies} {'reply' if note.replies == 1 else 'replies'})")
    return "".join(f" {part}" for part in parts)


def _possession(quote: Quote | None) -> str:
    if quote is None:
        return "a message"
    return f'"{quote.text}" from {quote.name}' if quote.text else f"a message from {quote.name}"


def versions(found: MessageFound, stamp: Callable[[int], str]) -> list[str]:
    """Return what became of a message: what it said before, who reacted how, and its id."""
    record = found.record
    note = record.note or NO_NOTE
    told = [f'{stamp(version.time_ms)}it said: "{_one_line(version.text)}"' for version in note.versions]
    told += [f"{reaction} from {join_words(tuple(people.values()))}" for reaction, people in note.reactions.items()]
    return [*told, f"Its id is {record.id}."]


def done(command: MessageCommand) -> str:
    """Return what somebody is told who has done that; empty where he sees it anyhow."""
    match command:
        case Edit():
            return "It says that now."
        case Delete():
            return "It is deleted."
        case React():
            return f"You reacted with {clean_line(command.reaction)}."
        case Unreact():
            return "Your reaction is taken back."
        case Reply() | PinMessage() | UnpinMessage():
            return ""


def _one_line(text: str) -> str:
    return clean_line(text, VERSION_LENGTH)
