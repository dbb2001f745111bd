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


def decide_block(
    room: Room, author: PersonId, name: str, people: list[tuple[PersonId, str]], *, silent: bool
) -> tuple[Blocked, ...]:
    """Return what changes in the blocker's room: nothing for those who are blocked in the same way already."""
    return tuple(
        Blocked(author, name, person, person_name, silent)
        for person, person_name in people
        if (block := room.blocks.get(person)) is None or block.silent != silent
    )


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
    room.blocks[event.person] = BlockState(event.person_name, event.silent)


def apply_unblocked(room: Room, event: Unblocked) -> None:
    """Take the block away, if there is one."""
    room.blocks.pop(event.person, None)
