"""Membership: coming into channels, and going out of them."""

from hubbub.core.features.membership import Join, Leave, decide_join, decide_leave
from hubbub.core.kinds import Refused
from hubbub.core.names import parse_room_name
from hubbub.core.queries import Departed
from hubbub.core.room import Room
from hubbub.core.scene import Decision, Scene


def join(scene: Scene, command: Join) -> Decision:
    """Let someone into a channel."""
    person = scene.person
    room = scene.house.require_channel(command.room)
    events = decide_join(
        room, person.id, person.name, joined=len(person.channels), room_limit=scene.limits.rooms_per_person
    )
    return Decision(tuple((room, event) for event in events))


def leave(scene: Scene, command: Leave) -> Decision:
    """Let someone out of a channel."""
    person = scene.person
    room = _find_joined(scene, command.room)
    left = decide_leave(room, person.id, person.name, command.reason)
    return Decision(((room, left),), Departed(room.name))


def _find_joined(scene: Scene, name: str) -> Room:
    """Return a channel that the person is in; raises `Refused` with `not_a_member` for any other, whether it exists."""
    parsed = parse_room_name(name)
    room = scene.house.channels.get(parsed.key)
    if room is None or scene.person.id not in room.members:
        raise Refused("not_a_member", f"You are not in {parsed.shown}.")
    return room
