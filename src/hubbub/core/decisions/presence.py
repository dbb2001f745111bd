"""Presence: being away, and being back."""

from hubbub.core.features.presence import AWAY_LIMIT, ComeBack, GoAway
from hubbub.core.house import Person
from hubbub.core.kinds import PersonId
from hubbub.core.scene import Decision, Scene
from hubbub.core.signals import AnySignal, Idling, Returning
from hubbub.core.texts import clean_line


def go_away(scene: Scene, command: GoAway) -> Decision:
    """Let those who share a room with someone know that he is away."""
    idling = Idling(scene.person.name, clean_line(command.message, AWAY_LIMIT))
    return Decision(signals=_to_roommates(scene.person, idling))


def come_back(scene: Scene, _command: ComeBack) -> Decision:
    """Let them know that he is back."""
    return Decision(signals=_to_roommates(scene.person, Returning(scene.person.name)))


def _to_roommates(person: Person, signal: AnySignal) -> tuple[tuple[PersonId, AnySignal], ...]:
    roommates = {member for room in person.channels.values() for member in room.members}
    return tuple((roommate, signal) for roommate in roommates if roommate != person.id)
