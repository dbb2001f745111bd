"""Room roles: making somebody more than a member of a channel, or less."""

from hubbub.core.decisions.audit import audited
from hubbub.core.decisions.governing import find_anybody, governed, require_governed, unchanged
from hubbub.core.features.room_roles import RoleSet, SetRole
from hubbub.core.house import Person
from hubbub.core.kinds import Refused
from hubbub.core.permissions import Act, rank_in, require_above, require_may
from hubbub.core.roles import RoomRole
from hubbub.core.room import Room
from hubbub.core.scene import Decision, Scene
from hubbub.core.texts import with_article


def set_role(scene: Scene, command: SetRole) -> Decision:
    """Let an assistant make speakers, and a deputy anything up to himself; nobody acts on somebody of his rank.

    An owner may step down, if he is not the only one who has an account.
    """
    role = command.role
    room = require_governed(scene, command.room, Act.MAKE_SPEAKER)
    person = find_anybody(scene, command.name)
    before = room.roles.get(person.id, RoomRole.MEMBER)
    if person.id == scene.person.id:
        _require_stepping_down(scene, room, before, role)
    else:
        if max(before.rank, role.rank) > RoomRole.SPEAKER.rank:
            require_may(scene.house, room, scene.person.id, Act.MAKE_MODERATOR)
        require_above(scene.house, room, scene.person.id, person.id, person.name)
        _require_reached(scene, room, role)
    _require_lasting(scene, room, person, role)
    if before is role:
        return unchanged(room)
    event = RoleSet(scene.person.id, scene.person.name, person.id, person.name, role, before)
    return governed(scene, room, (event,), audited(scene, Act.MAKE_MODERATOR, person.name, room, role.value))


def _require_stepping_down(scene: Scene, room: Room, before: RoomRole, role: RoomRole) -> None:
    if role.rank > before.rank:
        raise Refused("not_allowed", "You cannot raise yourself.")
    if before is RoomRole.OWNER and role is not before and _is_last_owner(scene, room):
        raise Refused("not_allowed", f"You are the only owner of {room.name}. Make somebody else an owner first.")


def _require_reached(scene: Scene, room: Room, role: RoomRole) -> None:
    """Refuse to make somebody what the asker is less than."""
    if role.rank > rank_in(scene.house, room, scene.person.id):
        raise Refused("not_allowed", f"Only {with_article(role)} of {room.name} makes others that.")


def _require_lasting(scene: Scene, room: Room, person: Person, role: RoomRole) -> None:
    """Refuse what would end with a visit, or concern somebody who is not there and has no account."""
    if scene.house.account_of(person.id) is not None:
        return
    if person.id not in room.members:
        raise Refused("unknown_person", f"{person.name} has no account and is not in {room.name}.")
    if role is RoomRole.OWNER:
        raise Refused("needs_account", f"{person.name} has no account, and an owner of {room.name} needs one.")


def _is_last_owner(scene: Scene, room: Room) -> bool:
    """Return whether the asker's are the last hands: a guest owns a room only until he leaves."""
    owners = (one for one, role in room.roles.items() if role is RoomRole.OWNER and one != scene.person.id)
    return all(scene.house.account_of(one) is None for one in owners)
