"""Governing: what all decisions of those who look after a channel have in common."""

from hubbub.core.catalog import AnyEvent, ModerationEvent
from hubbub.core.house import Person
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.permissions import Act, require_may, require_visible
from hubbub.core.room import Room
from hubbub.core.room_answers import Governed
from hubbub.core.scene import DONE, Decision, Scene


def require_governed(scene: Scene, name: str, act: Act) -> Room:
    """Return the channel in which somebody wants to do something.

    Raises `Refused` with `no_such_room`, `bad_room_name` or `not_allowed`.
    """
    room = require_visible(scene.house, name, scene.person.id)
    require_may(scene.house, room, scene.person.id, act)
    return room


def governed(scene: Scene, room: Room, events: tuple[ModerationEvent, ...], *beside: tuple[Room, AnyEvent]) -> Decision:
    """Return the decision of these events in a channel, and what happens elsewhere with them.

    Whoever is in the channel hears them there; whoever is not is answered with them.
    """
    hears = scene.person.id in room.members and events
    answer = DONE if hears else Governed(room.name, events)
    return Decision((*((room, event) for event in events), *beside), answer)


def unchanged(room: Room) -> Decision:
    """Return the decision of what is so already."""
    return Decision(answer=Governed(room.name, ()))


def find_member(scene: Scene, room: Room, name: str) -> tuple[PersonId, str]:
    """Return who in the channel is called so, and how he writes it; raises `Refused` with `unknown_person`."""
    person = scene.house.find_named(name)
    member = None if person is None else room.members.get(person.id)
    if person is None or member is None:
        raise Refused("unknown_person", f"There is no '{name}' in {room.name}. /list shows who is there.")
    return person.id, member.name


def find_anybody(scene: Scene, name: str) -> Person:
    """Return who is called so, here or with an account; raises `Refused` with `unknown_person`."""
    person = scene.house.find_named(name)
    if person is None:
        raise Refused("unknown_person", f"User '{name}' not found.")
    return person
