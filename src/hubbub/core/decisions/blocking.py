"""Blocking: refusing to hear people, and hearing them again."""

from hubbub.core.catalog import AnyEvent
from hubbub.core.features.blocking import (
    BLOCKS_LIMIT,
    Block,
    Blocked,
    Unblock,
    Unblocked,
    decide_unblock,
    is_blocked_so,
)
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.people_answers import BlocksChanged
from hubbub.core.room import Room, RoomKind
from hubbub.core.scene import Decision, Scene
from hubbub.core.signals import Accepting, Refusing
from hubbub.core.terms import is_over, term_of


def block(scene: Scene, command: Block) -> Decision:
    """Let someone refuse to hear people; they are told, unless it is done silently.

    Raises `Refused` with `nobody` or `list_full`.
    """
    person = scene.person
    people, unknown = _find_people(scene.house, command.names)
    if not people and not unknown:
        raise Refused("nobody", "Say whom you want to block.")
    if person in people:
        raise Refused("nobody", "You cannot block yourself.")
    room = _personal_room(scene)
    term = term_of(command.seconds, scene.now_ms)
    events = [
        Blocked(person.id, person.name, other.id, other.name, command.silent, term)
        for other in people
        if not is_blocked_so(room, other.id, command, scene.now_ms)
    ]
    all_events: tuple[AnyEvent, ...] = (*_make_room(scene, room, {event.person for event in events}), *events)
    told = () if command.silent else tuple((event.person, Refusing(person.name)) for event in events)
    changed = {event.person for event in events}
    answer = BlocksChanged(
        tuple(other.name for other in people if other.id in changed),
        unknown,
        tuple(other.name for other in people if other.id not in changed),
    )
    return Decision(tuple((room, event) for event in all_events), answer, told)


def unblock(scene: Scene, command: Unblock) -> Decision:
    """Let someone hear people again."""
    person = scene.person
    room = _personal_room(scene)
    asked = {name: other.id if (other := scene.house.find_named(name)) else None for name in command.names if name}
    events, unknown = decide_unblock(room, person.id, person.name, asked)
    answer = BlocksChanged(tuple(_name_now(scene, room, event.person) for event in events), unknown)
    # Whoever was never told that he is refused is not told that he is not.
    told = tuple((event.person, Accepting(person.name)) for event in events if not room.blocks[event.person].silent)
    return Decision(tuple((room, event) for event in events), answer, told)


def _make_room(scene: Scene, room: Room, wanted: set[PersonId]) -> tuple[Unblocked, ...]:
    """Return which blocks that are over make room for those that are wanted, if the list is full."""
    kept = {one: block for one, block in room.blocks.items() if one not in wanted}
    if not wanted or len(kept) + len(wanted) <= BLOCKS_LIMIT:
        return ()
    over = [one for one, block in kept.items() if is_over(block.term, scene.now_ms)]
    if len(kept) - len(over) + len(wanted) > BLOCKS_LIMIT:
        raise Refused("list_full", f"{BLOCKS_LIMIT} people are the most that you can block. /unblock somebody first.")
    return tuple(Unblocked(scene.person.id, scene.person.name, one) for one in over)


def _find_people(house: House, names: tuple[str, ...]) -> tuple[list[Person], tuple[str, ...]]:
    """Return the people called so, each once, and the names nobody has; empty names are ignored."""
    found: dict[PersonId, Person] = {}
    unknown = []
    for name in filter(None, names):
        person = house.find_named(name)
        if person is None:
            unknown.append(name)
        else:
            found[person.id] = person
    return list(found.values()), tuple(dict.fromkeys(unknown))


def _name_now(scene: Scene, room: Room, blocked: PersonId) -> str:
    """Return what somebody is called now, or was when he was blocked if he is not here."""
    present = scene.house.people.get(blocked)
    return room.blocks[blocked].name if present is None else present.name


def _personal_room(scene: Scene) -> Room:
    room = scene.house.find_room(RoomKind.PERSONAL, scene.person.id)
    if room is None:
        raise LookupError(scene.person.id)
    return room
