"""Blocking: refusing to hear people. Kept in the blocker's personal room."""

from typing import Final

from hubbub.core.kinds import Command, Event, PersonId, Seconds
from hubbub.core.room import Block as BlockState
from hubbub.core.room import Room
from hubbub.core.terms import Term, is_over

BLOCKS_LIMIT: Final = 500
"""Most people whom one may block, so that a state that is always loaded stays small."""


class Block(Command, frozen=True):
    """Hear these people no longer; they are told, unless it is done silently."""

    names: tuple[str, ...]
    silent: bool = False
    seconds: Seconds | None = None
    """How long; None is for ever."""


class Unblock(Command, frozen=True):
    """Hear these people again."""

    names: tuple[str, ...]


class Blocked(Event, frozen=True):
    """`author` refuses to hear `person` from now on."""

    person: PersonId
    person_name: str
    silent: bool = False
    term: Term | None = None


class Unblocked(Event, frozen=True):
    """`author` hears `person` again."""

    person: PersonId


def is_blocked_so(room: Room, person: PersonId, command: Block, now_ms: int) -> bool:
    """Return whether somebody is blocked in the same way already; a term always begins anew."""
    block = room.blocks.get(person)
    if block is None or is_over(block.term, now_ms):
        return False
    return block.silent == command.silent and block.term is None and command.seconds is None


def decide_unblock(
    room: Room, author: PersonId, name: str, asked: dict[str, PersonId | None]
) -> tuple[tuple[Unblocked, ...], tuple[str, ...]]:
    """Return what changes, and the names that are not blocked.

    `asked` holds who is called so now, if anybody is; someone is also meant by the name he was blocked under.
    """
    meant = {one: _find_blocked(room, one, person) for one, person in asked.items()}
    people = dict.fromkeys(person for person in meant.values() if person is not None)
    unknown = tuple(one for one, person in meant.items() if person is None)
    return tuple(Unblocked(author, name, person) for person in people), unknown


def _find_blocked(room: Room, asked: str, person: PersonId | None) -> PersonId | None:
    if person in room.blocks:
        return person
    return next((one for one, block in room.blocks.items() if block.name.casefold() == asked.casefold()), None)


def apply_blocked(room: Room, event: Blocked) -> None:
    """Add the block to its owner's room, in place of an older one."""
    room.blocks[event.person] = BlockState(event.person_name, event.silent, event.term)


def apply_unblocked(room: Room, event: Unblocked) -> None:
    """Take the block away, if there is one."""
    room.blocks.pop(event.person, None)
