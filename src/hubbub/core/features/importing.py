"""Importing: what was said elsewhere comes into a room, and those who are there hear one sentence of it."""

from hubbub.core.kinds import Event, Seq
from hubbub.core.room import Room


class Imported(Event, frozen=True):
    """What follows was brought in from elsewhere, all at once; `name` says from where."""

    records: int
    """How many records follow of which nobody is told one by one."""
    messages: int = 0
    """How many of them are messages."""


def apply_imported(room: Room, event: Imported) -> None:
    """Note how far they go."""
    room.imported_to = Seq(room.seq + 1 + event.records)
