"""Exempting: whom no ban of a channel concerns, and who comes in as if he were invited."""

from hubbub.core.bans import BAN_LIMIT
from hubbub.core.decisions.audit import audited
from hubbub.core.decisions.governing import governed, require_governed, unchanged
from hubbub.core.decisions.targets import find_target, parse_target
from hubbub.core.features.moderation import Except, Excepted, ExemptionList, Unexcept, Unexcepted, exemptions_in
from hubbub.core.kinds import Refused
from hubbub.core.permissions import Act
from hubbub.core.scene import Decision, Scene


def except_(scene: Scene, command: Except) -> Decision:
    """Let a moderator exempt people."""
    room = require_governed(scene, command.room, Act.EXCEPT)
    target, _ = parse_target(scene.house, command.target)
    exempt = exemptions_in(room, command.list)
    if target.id in exempt:
        return unchanged(room)
    if len(exempt) >= BAN_LIMIT:
        raise Refused("list_full", f"{room.name} has {BAN_LIMIT} such entries, the most. Take one back: /unexcept.")
    excepted = Excepted(scene.person.id, scene.person.name, target, command.list)
    return governed(scene, room, (excepted,), audited(scene, Act.EXCEPT, target.shown, room, _from_what(command.list)))


def unexcept(scene: Scene, command: Unexcept) -> Decision:
    """Let a moderator take that back, named as it is shown, or by whom it concerns."""
    room = require_governed(scene, command.room, Act.UNEXCEPT)
    target = find_target(scene.house, exemptions_in(room, command.list).values(), command.target)
    if target is None:
        raise Refused("unknown_person", f"'{command.target}' is not on that list of {room.name}. /bans shows who is.")
    event = Unexcepted(scene.person.id, scene.person.name, target, command.list)
    return governed(scene, room, (event,), audited(scene, Act.UNEXCEPT, target.shown, room, _from_what(command.list)))


def _from_what(which: ExemptionList) -> str:
    return f"from {which}"
