"""Inviting: letting people come into a channel."""

from hubbub.core.decisions.governing import find_anybody, governed, require_governed, unchanged
from hubbub.core.decisions.membership import require_open
from hubbub.core.decisions.speaking import require_heard
from hubbub.core.features.inviting import INVITATION_LIMIT, Invite, Invited, Uninvite, Uninvited
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.names import find_key
from hubbub.core.permissions import Act
from hubbub.core.room import Room
from hubbub.core.scene import Decision, Scene
from hubbub.core.signals import Inviting


def invite(scene: Scene, command: Invite) -> Decision:
    """Let a moderator invite somebody, who is told unless he refuses to hear the moderator."""
    room = require_governed(scene, command.room, Act.INVITE)
    require_open(room)
    person = find_anybody(scene, command.name)
    if person.id in room.members:
        return unchanged(room)
    if len(room.invited) >= INVITATION_LIMIT and person.id not in room.invited:
        raise Refused("list_full", f"{room.name} has {INVITATION_LIMIT} invitations, the most. /uninvite somebody.")
    is_heard = require_heard(scene, person)
    event = Invited(scene.person.id, scene.person.name, person.id, person.name)
    decision = governed(scene, room, (event,))
    told = ((person.id, Inviting(room.name, scene.person.name)),) if is_heard else ()
    return Decision(decision.events, decision.answer, told)


def uninvite(scene: Scene, command: Uninvite) -> Decision:
    """Let a moderator take an invitation back."""
    room = require_governed(scene, command.room, Act.UNINVITE)
    person, name = _find_invited(scene, room, command.name)
    return governed(scene, room, (Uninvited(scene.person.id, scene.person.name, person, name),))


def _find_invited(scene: Scene, room: Room, text: str) -> tuple[PersonId, str]:
    person = scene.house.find_named(text)
    if person is not None and person.id in room.invited:
        return person.id, person.name
    key = find_key(text)
    for invited, name in room.invited.items():
        if find_key(name) == key:
            return invited, name
    raise Refused("unknown_person", f"'{text}' is not invited into {room.name}.")
