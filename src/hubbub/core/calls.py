"""Calls: whom the messages of a room call, as its records tell."""

from collections.abc import Iterable

from msgspec.structs import replace

from hubbub.core.catalog import MESSAGE_EVENTS, Record
from hubbub.core.features.annotating import Deleted, Edited, Removed
from hubbub.core.features.messages import Confided, Said
from hubbub.core.kinds import PersonId, Seq
from hubbub.core.unread import EVERYBODY, Message


def calls_of(event: Said | Edited) -> tuple[PersonId, ...]:
    """Return whom something that is said calls, each once, `EVERYBODY` first."""
    if not event.mentions and not event.calls_all:
        return ()
    return tuple(dict.fromkeys((*((EVERYBODY,) if event.calls_all else ()), *event.mentions)))


def messages_in(records: Iterable[Record]) -> list[Message]:
    """Return the messages among all records of a room, as they are after them."""
    found: dict[Seq, Message] = {}
    for record in records:
        event = record.event
        match event:
            case Said():
                found[record.seq] = Message(record.seq, event.author, event.thread, calls_of(event))
            # Said to some only, it is nobody's here: it takes a place, and is counted for nobody.
            case Removed() | Confided():
                found[record.seq] = Message(record.seq, None)
            case _ if isinstance(event, MESSAGE_EVENTS):
                found[record.seq] = Message(record.seq, event.author)
            case Edited() | Deleted():
                if (message := found.get(event.message)) is not None:
                    found[event.message] = _revised(message, event)
            case _:
                pass
    return list(found.values())


def _revised(message: Message, event: Edited | Deleted) -> Message:
    match event:
        case Edited() if message.author is not None and event.text:
            return replace(message, calls=calls_of(event))
        case Deleted() if message.author is None:
            return replace(message, thread=event.thread)
        case _:
            return message
