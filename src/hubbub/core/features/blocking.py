"""Blocking: refusing to hear people. Kept in the blocker's personal room."""

from hubbub.core.kinds import Command, Event, PersonId
from hubbub.core.room import Block as BlockState
from hubbub.core.room import Room


class Block(Command, frozen=True):
    """Hear these people no longer; they are told, unless it is done silently."""

    names: tuple[str, ...]
    silent: bool = False


class Unblock(Command, frozen=True):
    """Hear these people again."""

    names: tuple[str, ...]


class Blocked(Event, frozen=True):
    """`author` refuses to hear `person` from now on."""

    person: PersonId
    person_name: str
    silent: bool = False


class Unblocked(Event, frozen=True):
    """`author` hears `person` again."""

    person: PersonId


def apply_blocked(room: Room, event: Blocked) -> None:
    """Add the block to its owner's room, in place of an older one."""
    room.blocks[event.person] = BlockState(event.person_name, event.silent)


def apply_unblocked(room: Room, event: Unblocked) -> None:
    """Take the block away, if there is one."""
    room.blocks.pop(event.person, None)
