"""Presence: being away, and being back."""

from hubbub.core.features.presence import AWAY_LIMIT, ComeBack, GoAway
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.scene import Decision, Scene
from hubbub.core.signals import AnySignal, Idling, Returning
from hubbub.core.texts import clean_line


def go_away(scene: Scene, command: GoAway) -> Decision:
    """Let those who share a room with someone know that he is away; who knows already is not told again."""
    message = clean_line(command.message, AWAY_LIMIT)
    if scene.person.away == message:
        return Decision()
    return Decision(signals=_to_roommates(scene, Idling(scene.person.name, message)))


def come_back(scene: Scene, _command: ComeBack) -> Decision:
    """Let them know that he is back; raises `Refused` with `not_away` for someone who never was away."""
    if scene.person.away is None:
        raise Refused("not_away", "You are not away.")
    return Decision(signals=_to_roommates(scene, Returning(scene.person.name)))


def _to_roommates(scene: Scene, signal: AnySignal) -> tuple[tuple[PersonId, AnySignal], ...]:
    """Address a signal to everybody who shares a room with the asker and does not refuse to hear him."""
    person, deaf = scene.person, scene.house.refusers_of(scene.person.id)
    roommates = {member for room in person.channels.values() for member in room.members}
    return tuple((roommate, signal) for roommate in roommates if roommate != person.id and roommate not in deaf)
