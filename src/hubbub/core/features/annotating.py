"""Annotating: what people do with a message that was said: answer, edit, delete, react to and pin it."""

from typing import Final

import msgspec

from hubbub.core.files import FileId
from hubbub.core.kinds import Command, Event, Manner, PersonId, Seq
from hubbub.core.notes import AnyRef
from hubbub.core.roles import RoomRole
from hubbub.core.room import Pin, Room

PINS_LIMIT: Final = 100
"""Most messages pinned in one room: a list that people still read."""


class Reply(Command, frozen=True):
    """Answer a message, where it was said."""

    message: AnyRef
    text: str
    manner: Manner = "text"
    nonce: str = ""
    """See `nonces`."""
    files: tuple[FileId, ...] = ()
    """See `Say.files`."""


class Edit(Command, frozen=True):
    """Let one's own message say something else."""

    message: AnyRef
    text: str


class Delete(Command, frozen=True):
    """Let a message say nothing any more: one's own, or another's if one looks after the room.

    Of one's own reaction, by the id of its record: take it back.
    """

    message: AnyRef
    reason: str = ""


class React(Command, frozen=True):
    """Put an emoji or a short word under a message."""

    message: AnyRef
    reaction: str


class Unreact(Command, frozen=True):
    """Take one's reaction back."""

    message: AnyRef
    reaction: str


class PinMessage(Command, frozen=True):
    """Let a message stand where everybody finds it."""

    message: AnyRef


class UnpinMessage(Command, frozen=True):
    """Let it stand there no longer."""

    message: AnyRef


class Edited(Event, frozen=True):
    """A message says something else."""

    message: Seq
    text: str
    """Empty once the message is deleted."""
    mentions: tuple[PersonId, ...] = ()
    calls_all: bool = False


class Deleted(Event, frozen=True):
    """A message says nothing any more."""

    message: Seq
    writer: PersonId
    """Who had said it."""
    writer_name: str
    thread: Seq = Seq(0)
    """The thread it was in, if it did not begin it."""
    reason: str = ""
    to: RoomRole = RoomRole.MEMBER
    """For whom the message was: see `Confided`."""

    @property
    def is_moderated(self) -> bool:
        """Whether somebody else than its writer did it."""
        return self.author != self.writer


class Reacted(Event, frozen=True):
    """Somebody reacted to a message."""

    message: Seq
    reaction: str


class Unreacted(Event, frozen=True):
    """Somebody took a reaction back."""

    message: Seq
    reaction: str
    reacted: Seq = Seq(0)
    """The record of the reaction, where it was that which he deleted."""


class Pinned(Event, frozen=True):
    """A message was pinned."""

    message: Seq


class Unpinned(Event, frozen=True):
    """A message is pinned no longer."""

    message: Seq


class Removed(Event, frozen=True):
    """Stands in the place of a message that was deleted; `author` and `name` are its writer's."""

    by: str = ""
    """Who deleted it, as he was called then, if that was somebody else."""
    reason: str = ""
    to: RoomRole = RoomRole.MEMBER
    """For whom it was: see `Confided`."""


def apply_pinned(room: Room, event: Pinned, time_ms: int) -> None:
    """Let the message stand with the pinned ones, as the last one."""
    room.pins.pop(event.message, None)
    room.pins[event.message] = Pin(event.name, time_ms)


def apply_unpinned(room: Room, event: Unpinned) -> None:
    """Let it stand there no longer."""
    room.pins.pop(event.message, None)


def apply_deleted(room: Room, event: Deleted) -> None:
    """Pin nothing that is not there any more."""
    room.pins.pop(event.message, None)


def removed(event: Deleted) -> Removed:
    """Return what stands in the place of the deleted message."""
    by = event.name if event.is_moderated else ""
    return Removed(event.writer, event.writer_name, by, event.reason, event.to)


def blanked(event: Edited) -> Edited:
    """Return an edit of a message that was deleted since."""
    return msgspec.structs.replace(event, text="", mentions=(), calls_all=False)
