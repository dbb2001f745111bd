"""Presence: being away, and being back."""

from hubbub.core.catalog import AnyEvent
from hubbub.core.features.presence import AWAY_LIMIT, CameBack, ComeBack, GoAway, WentAway
from hubbub.core.house import Person
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.room import Room, RoomKind
from hubbub.core.scene import Decision, Scene
from hubbub.core.signals import AnySignal, Idling, Returning
from hubbub.core.texts import clean_line


def go_away(scene: Scene, command: GoAway) -> Decision:
    """Let those who share a room with someone know that he is away; who knows already is not told again."""
    person = scene.person
    message = clean_line(command.message, AWAY_LIMIT)
    if person.away == message:
        return Decision()
    kept = for_account(scene, WentAway(person.id, person.name, message))
    return Decision(kept, signals=to_roommates(scene, Idling(person.name, message)))


def come_back(scene: Scene, _command: ComeBack) -> Decision:
    """Let them know that he is back; raises `Refused` with `not_away` for someone who never was away."""
    person = scene.person
    if person.away is None:
        raise Refused("not_away", "You are not away.")
    kept = for_account(scene, CameBack(person.id, person.name))
    return Decision(kept, signals=to_roommates(scene, Returning(person.name)))


def for_account(scene: Scene, event: AnyEvent) -> tuple[tuple[Room, AnyEvent], ...]:
    """Return what is to be kept for someone who has an account; a guest's presence ends with him."""
    room = scene.house.find_room(RoomKind.PERSONAL, scene.person.id)
    if room is None or scene.house.account_of(scene.person.id) is None:
        return ()
    return ((room, event),)


def to_roommates(scene: Scene, signal: AnySignal) -> tuple[tuple[PersonId, AnySignal], ...]:
    """Address a signal to everybody who shares a room with the asker and does not refuse to hear him."""
    deaf = scene.house.refusers_of(scene.person.id)
    return tuple((roommate, signal) for roommate in roommates_of(scene.person) if roommate not in deaf)


def roommates_of(person: Person) -> set[PersonId]:
    """Return everybody else who is in a room that somebody is in."""
    roommates = {member for room in person.channels.values() for member in room.members}
    roommates.discard(person.id)
    return roommates
