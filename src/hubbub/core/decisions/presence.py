"""Presence: being away, and being back."""

from hubbub.core.catalog import AnyEvent
from hubbub.core.features.presence import AWAY_LIMIT, CameBack, ComeBack, GoAway, WentAway
from hubbub.core.house import Person
from hubbub.core.kinds import PersonId
from hubbub.core.room import Room, RoomKind
from hubbub.core.scene import Decision, Scene
from hubbub.core.signals import AnySignal, Idling, Returning
from hubbub.core.texts import clean_line


def go_away(scene: Scene, command: GoAway) -> Decision:
    """Let those who share a room with someone know that he is away."""
    person = scene.person
    message = clean_line(command.message, AWAY_LIMIT)
    kept = _for_account(scene, WentAway(person.id, person.name, message))
    return Decision(kept, signals=_to_roommates(person, Idling(person.name, message)))


def come_back(scene: Scene, _command: ComeBack) -> Decision:
    """Let them know that he is back."""
    person = scene.person
    kept = _for_account(scene, CameBack(person.id, person.name))
    return Decision(kept, signals=_to_roommates(person, Returning(person.name)))


def _for_account(scene: Scene, event: AnyEvent) -> tuple[tuple[Room, AnyEvent], ...]:
    """Return what is to be kept for someone who has an account; a guest's presence ends with him."""
    room = scene.house.find_room(RoomKind.PERSONAL, scene.person.id)
    if room is None or scene.house.account_of(scene.person.id) is None:
        return ()
    return ((room, event),)


def _to_roommates(person: Person, signal: AnySignal) -> tuple[tuple[PersonId, AnySignal], ...]:
    roommates = {member for room in person.channels.values() for member in room.members}
    return tuple((roommate, signal) for roommate in roommates if roommate != person.id)
