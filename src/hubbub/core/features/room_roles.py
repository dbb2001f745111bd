"""Room roles: what somebody may do in a channel."""

from hubbub.core.kinds import Command, Event, PersonId
from hubbub.core.roles import RoomRole
from hubbub.core.room import Room


class SetRole(Command, frozen=True):
    """Make somebody something else in a channel, from its owner to a mere member."""

    room: str
    name: str
    role: RoomRole


class RoleSet(Event, frozen=True):
    """Somebody has become something else in the room."""

    person: PersonId
    person_name: str
    role: RoomRole
    before: RoomRole | None = None
    """What he was; None where an older version did not write it down."""


def apply_role_set(room: Room, event: RoleSet) -> None:
    """Give somebody his new role; a mere member needs none."""
    if event.role is RoomRole.MEMBER:
        room.roles.pop(event.person, None)
    else:
        room.roles[event.person] = event.role
