"""Ejection: what administrators do with people who may not stay on the server, or not come."""

from hubbub.core.bans import BAN_LIMIT, Visitor, concerns
from hubbub.core.decisions.accounts import require_role
from hubbub.core.decisions.audit import audited
from hubbub.core.decisions.targets import find_target, parse_target
from hubbub.core.features.ejection import (
    BanFromServer,
    Eject,
    Ejected,
    ServerBanned,
    ServerUnbanned,
    UnbanFromServer,
)
from hubbub.core.features.membership import REASON_LIMIT
from hubbub.core.house import CONSOLE, House, Person
from hubbub.core.kinds import Refused
from hubbub.core.names import find_key
from hubbub.core.roles import ServerRole
from hubbub.core.scene import Decision, Scene
from hubbub.core.terms import is_over, term_of, time_left
from hubbub.core.texts import clean_line, in_brackets


def eject(scene: Scene, command: Eject) -> Decision:
    """Let an administrator send somebody away who ranks below him."""
    require_role(scene, ServerRole.ADMINISTRATOR)
    key, person = find_key(command.name), scene.house.find_named(command.name)
    # Who sits at the machine does not know which guests are on a server that runs.
    if not key or (person is None and scene.person.id != CONSOLE):
        raise Refused("unknown_person", f"User '{command.name}' not found.")
    _require_below(scene, person)
    shown = command.name if person is None else person.name
    reason = clean_line(command.reason, REASON_LIMIT)
    ejected = Ejected(scene.person.id, scene.person.name, key, shown, reason)
    return Decision(((scene.house.require_directory(), ejected), audited(scene, "eject", shown, None, reason)))


def ban_from_server(scene: Scene, command: BanFromServer) -> Decision:
    """Let an administrator keep people off the server."""
    require_role(scene, ServerRole.ADMINISTRATOR)
    target, person = parse_target(scene.house, command.target)
    _require_below(scene, person)
    bans = scene.house.directory.bans
    in_force = [ban for ban in bans.values() if not is_over(ban.term, scene.now_ms)]
    if len(in_force) >= BAN_LIMIT and target.id not in bans:
        raise Refused("list_full", f"There are {BAN_LIMIT} bans, the most. Lift one first: /serverbans")
    reason = clean_line(command.reason, REASON_LIMIT)
    banned = ServerBanned(scene.person.id, scene.person.name, target, reason, term_of(command.seconds, scene.now_ms))
    audit = audited(scene, "server ban", target.shown, None, reason)
    return Decision(((scene.house.require_directory(), banned), audit))


def unban_from_server(scene: Scene, command: UnbanFromServer) -> Decision:
    """Let an administrator lift a ban, named as it is shown, or by whom it concerns."""
    require_role(scene, ServerRole.ADMINISTRATOR)
    target = find_target(scene.house, scene.house.directory.bans.values(), command.target)
    if target is None:
        raise Refused("unknown_person", f"'{command.target}' is not banned. /serverbans shows who is.")
    unbanned = ServerUnbanned(scene.person.id, scene.person.name, target)
    audit = audited(scene, "server unban", target.shown, None)
    return Decision(((scene.house.require_directory(), unbanned), audit))


def require_welcome(house: House, visitor: Visitor, now_ms: int) -> None:
    """Raise `Refused` with `banned` for somebody who is kept off the server; nobody keeps administrators off."""
    if house.role_of(visitor.id) is not ServerRole.MEMBER:
        return
    for ban in house.directory.bans.values():
        if not is_over(ban.term, now_ms) and concerns(ban.target, visitor):
            raise Refused(
                "banned",
                f"You are banned from this server{time_left(ban.term, now_ms)}.{in_brackets(ban.reason)}",
            )


def _require_below(scene: Scene, person: Person | None) -> None:
    """Raise `Refused` with `not_allowed` unless the asker ranks above somebody on the server."""
    if person is None:
        return
    theirs, mine = scene.house.role_of(person.id), scene.house.role_of(scene.person.id)
    if theirs.rank >= mine.rank:
        raise Refused(
            "not_allowed", f"{person.name} is {theirs.value} of this server: only somebody above may do that."
        )
