"""Deciding: what comes of a command, seen from the rules alone."""

from typing import assert_never

import msgspec

from hubbub.core.catalog import AnyCommand, AnyEvent
from hubbub.core.features.blocking import Block, Unblock, decide_block, decide_unblock
from hubbub.core.features.membership import Join, Leave, decide_join, decide_leave, require_room_left
from hubbub.core.features.messages import Broadcast, Say, Tell, decide_broadcast, decide_say, decide_tell
from hubbub.core.features.presence import AWAY_LIMIT, ComeBack, GoAway
from hubbub.core.features.renaming import Rename, Renamed
from hubbub.core.features.topics import SetTopic, decide_set_topic
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.limits import Limits
from hubbub.core.names import Name, find_key, parse_name, parse_room_name, suggest_name
from hubbub.core.queries import Answer, BlocksChanged, Called, Departed, Done, Outcome, Told
from hubbub.core.room import HOUSE_KEY, Room, RoomKind
from hubbub.core.signals import AnySignal, Hiding, Idling, Refusing, Returning
from hubbub.core.texts import clean_line

DONE = Done()


class Decision(msgspec.Struct, frozen=True):
    """What is to happen, all of it or nothing, and what the asker hears once it has."""

    events: tuple[tuple[Room, AnyEvent], ...] = ()
    answer: Answer = DONE
    signals: tuple[tuple[PersonId, AnySignal], ...] = ()
    claim: Name | None = None
    """A name to be made the asker's own at once, and to be taken back if the events cannot be kept."""


def decide(house: House, person: Person, command: AnyCommand, limits: Limits) -> Decision:  # noqa: C901 - a table
    """Return what comes of the command; raises `Refused` where a rule says no. Changes nothing.

    The rooms the command is about have been loaded: see `rooms_needed`.
    """
    match command:
        case Say():
            return _say(house, person, command, limits)
        case Tell():
            return _tell(house, person, command, limits)
        case Broadcast():
            return _broadcast(house, person, command, limits)
        case Join():
            return _join(house, person, command, limits)
        case Leave():
            room = _find_joined(house, person, command.room)
            left = decide_leave(room, person.id, person.name, command.reason)
            return Decision(((room, left),), Departed(room.name))
        case SetTopic():
            room = house.require_channel(command.room)
            topics = decide_set_topic(room, person.id, person.name, command)
            return Decision(tuple((room, event) for event in topics))
        case Rename():
            return _rename(house, person, command)
        case Block():
            return _block(house, person, command)
        case Unblock():
            return _unblock(house, person, command)
        case GoAway():
            return Decision(signals=_to_roommates(person, Idling(person.name, clean_line(command.message, AWAY_LIMIT))))
        case ComeBack():
            return Decision(signals=_to_roommates(person, Returning(person.name)))
        case _:
            assert_never(command)


def _find_joined(house: House, person: Person, name: str) -> Room:
    """Return a channel that the person is in; raises `Refused` with `not_a_member` for any other, whether it exists."""
    key = parse_room_name(name).key
    room = house.channels.get(key)
    if room is None or person.id not in room.members:
        raise Refused("not_a_member", f"You are not in {parse_room_name(name).shown}.")
    return room


def require_modest(person: Person, command: AnyCommand, limits: Limits) -> None:
    """Raise `Refused` for what asks too much, before anything is looked up, loaded or made for it."""
    match command:
        case Tell():
            _require_few(command.recipients, limits)
            decide_tell(person.id, person.name, command, limits.message_bytes)
        case Block() | Unblock():
            _require_few(command.names, limits)
        case Join():
            key = parse_room_name(command.room).key
            if all(room.key != key for room in person.channels.values()):
                require_room_left(len(person.channels), limits.rooms_per_person)
        case _:
            pass


def _require_few(names: tuple[str, ...], limits: Limits) -> None:
    if limits.recipients and len(names) > limits.recipients:
        raise Refused(
            "too_many_recipients",
            f"Those are {len(names)} names, and {limits.recipients} are the most at once. Use a room.",
        )


def people_asked(command: Tell, house: House) -> list[tuple[str, Person | None]]:
    """Return each person the message is for, once, as he was asked for, with None where there is nobody."""
    found: dict[str, tuple[str, Person | None]] = {}
    for asked in command.recipients:
        person = find_person(house, asked)
        found.setdefault(person.key if person else asked, (asked, person))
    return list(found.values())


def find_person(house: House, name: str) -> Person | None:
    """Return who is called so, however it is written, or None."""
    return house.find_person(find_key(name))


def _say(house: House, person: Person, command: Say, limits: Limits) -> Decision:
    room = house.require_channel(command.room)
    said = decide_say(room, person.id, person.name, command, limits.message_bytes)
    return Decision(((room, said),), DONE, _warn_of_refusers(house, person, room))


def _warn_of_refusers(house: House, person: Person, room: Room) -> tuple[tuple[PersonId, AnySignal], ...]:
    """Tell the speaker, once a room, who does not see him there; silent blocks stay silent."""
    refusers = house.refusers_of(person.id)
    if not refusers or room.id in person.warned:
        return ()
    names = tuple(
        sorted(
            refuser.name
            for other in refusers
            if (refuser := house.people.get(other)) is not None
            and (room.kind is RoomKind.HOUSE or other in room.members)
            and (block := house.find_block(other, person.id)) is not None
            and not block.silent
        )
    )
    return ((person.id, Hiding(room.name, names)),) if names else ()


def _tell(house: House, person: Person, command: Tell, limits: Limits) -> Decision:
    asked = people_asked(command, house)
    if not asked:
        raise Refused("nobody", "Say whom the message is for.")
    _require_few(command.recipients, limits)
    said = decide_tell(person.id, person.name, command, limits.message_bytes)
    told = [_tell_one(house, person, name, recipient) for name, recipient in asked]
    events = tuple((room, said) for _, room in told if room is not None)
    return Decision(events, Told(said.text, tuple(outcome for outcome, _ in told)))


def _tell_one(house: House, person: Person, asked: str, recipient: Person | None) -> tuple[Outcome, Room | None]:
    """Return what becomes of a message for one recipient, and the room it is said in, if it is."""
    if recipient is None:
        return Outcome(asked, "unknown"), None
    block = house.find_block(recipient.id, person.id)
    if block is not None and not block.silent:
        return Outcome(recipient.name, "refused"), None
    room = None if block is not None else house.direct_room(person.id, recipient.id)
    return Outcome(recipient.name, "delivered", recipient.away), room


def _broadcast(house: House, person: Person, command: Broadcast, limits: Limits) -> Decision:
    room = house.find_room(RoomKind.HOUSE, HOUSE_KEY)
    if room is None:
        raise LookupError(HOUSE_KEY)
    announced = decide_broadcast(person.id, person.name, command, limits.message_bytes)
    return Decision(((room, announced),), DONE, _warn_of_refusers(house, person, room))


def _join(house: House, person: Person, command: Join, limits: Limits) -> Decision:
    room = house.require_channel(command.room)
    joined = len(person.channels)
    events: tuple[AnyEvent, ...] = decide_join(
        room, person.id, person.name, joined=joined, room_limit=limits.rooms_per_person
    )
    return Decision(tuple((room, event) for event in events))


def _rename(house: House, person: Person, command: Rename) -> Decision:
    name = parse_name(command.name)
    if name.key != person.key and not house.is_free(name.key):
        raise name_taken(house, name)
    if name.shown == person.name:
        return Decision(answer=Called(name.shown))
    renamed = Renamed(person.id, person.name, name.shown)
    return Decision(tuple((room, renamed) for room in person.channels.values()), Called(name.shown), claim=name)


def name_taken(house: House, name: Name) -> Refused:
    """Return the refusal of a name that somebody else has, with one that is free."""
    suggestion = suggest_name(name.shown, house.is_free)
    return Refused("name_taken", f"Username '{name.shown}' is already taken.", suggestion=suggestion)


def _block(house: House, person: Person, command: Block) -> Decision:
    people, unknown = _find_people(house, command.names)
    if not people and not unknown:
        raise Refused("nobody", "Say whom you want to block.")
    if person in people:
        raise Refused("nobody", "You cannot block yourself.")
    room = _personal_room(house, person)
    events = decide_block(
        room, person.id, person.name, [(other.id, other.name) for other in people], silent=command.silent
    )
    told = () if command.silent else tuple((event.person, Refusing(person.name)) for event in events)
    answer = BlocksChanged(tuple(other.name for other in people), unknown)
    return Decision(tuple((room, event) for event in events), answer, told)


def _unblock(house: House, person: Person, command: Unblock) -> Decision:
    room = _personal_room(house, person)
    asked = {name: other.id if (other := find_person(house, name)) else None for name in command.names if name}
    events, unknown = decide_unblock(room, person.id, person.name, asked)
    answer = BlocksChanged(tuple(room.blocks[event.person].name for event in events), unknown)
    return Decision(tuple((room, event) for event in events), answer)


def _find_people(house: House, names: tuple[str, ...]) -> tuple[list[Person], tuple[str, ...]]:
    """Return the people called so, each once, and the names nobody has; empty names are ignored."""
    found: dict[PersonId, Person] = {}
    unknown = []
    for name in filter(None, names):
        person = find_person(house, name)
        if person is None:
            unknown.append(name)
        else:
            found[person.id] = person
    return list(found.values()), tuple(dict.fromkeys(unknown))


def _personal_room(house: House, person: Person) -> Room:
    room = house.find_room(RoomKind.PERSONAL, person.id)
    if room is None:
        raise LookupError(person.id)
    return room


def _to_roommates(person: Person, signal: AnySignal) -> tuple[tuple[PersonId, AnySignal], ...]:
    roommates = {member for room in person.channels.values() for member in room.members}
    return tuple((roommate, signal) for roommate in roommates if roommate != person.id)
