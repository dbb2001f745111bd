"""Moderation: putting people out of a channel, keeping them out, and keeping them silent."""

from hubbub.core.bans import BAN_LIMIT, Target, concerns
from hubbub.core.decisions.audit import audited
from hubbub.core.decisions.governing import find_anybody, find_member, governed, require_governed, unchanged
from hubbub.core.decisions.targets import find_target, parse_target
from hubbub.core.features.membership import REASON_LIMIT
from hubbub.core.features.moderation import (
    Ban,
    Banned,
    Kick,
    Kicked,
    Mute,
    Muted,
    Unban,
    Unbanned,
    Unmute,
    Unmuted,
    bans_in,
)
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.names import find_key
from hubbub.core.permissions import Act, rank_in, require_above
from hubbub.core.room import Room
from hubbub.core.scene import Decision, Scene
from hubbub.core.terms import is_over, term_of
from hubbub.core.texts import clean_line
from hubbub.core.visitors import is_exempt, visitor_of


def kick(scene: Scene, command: Kick) -> Decision:
    """Let a moderator put somebody out who ranks below him."""
    room = require_governed(scene, command.room, Act.KICK)
    person, name = find_member(scene, room, command.name)
    require_above(scene.house, room, scene.person.id, person, name)
    reason = clean_line(command.reason, REASON_LIMIT)
    kicked = Kicked(scene.person.id, scene.person.name, person, name, reason)
    return governed(scene, room, (kicked,), audited(scene, Act.KICK, name, room, reason))


def ban(scene: Scene, command: Ban) -> Decision:
    """Let a moderator keep people out or silent; those whom he keeps out, and who rank below him, are put out."""
    act, is_silencing = Act.SILENCE if command.is_silencing else Act.BAN, command.is_silencing
    room = require_governed(scene, command.room, act)
    target = _parse_target(scene, room, command.target)
    bans = bans_in(room, is_silencing=is_silencing)
    in_force = [one for one in bans.values() if not is_over(one.term, scene.now_ms)]
    if len(in_force) >= BAN_LIMIT and target.id not in bans:
        raise Refused("list_full", f"{room.name} has {BAN_LIMIT} bans, the most. Lift one first: /bans, /unban.")
    reason, term = clean_line(command.reason, REASON_LIMIT), term_of(command.seconds, scene.now_ms)
    asker = scene.person
    put_out = tuple(
        Kicked(asker.id, asker.name, person, name, reason, is_banned=True, term=term)
        for person, name in (() if is_silencing else _concerned(scene, room, target))
    )
    before = bans.get(target.id)
    is_so = before is not None and (before.target.key, before.reason, before.term) == (target.key, reason, term)
    banned = () if is_so else (Banned(asker.id, asker.name, target, reason, term, is_silencing),)
    if not put_out and not banned:
        return unchanged(room)
    # Who is put out hears nothing after that: he is told once, and alone.
    return governed(scene, room, (*put_out, *banned), audited(scene, act, target.shown, room, reason))


def unban(scene: Scene, command: Unban) -> Decision:
    """Let a moderator lift a ban, named as it is shown, or by whom it concerns."""
    act = Act.UNSILENCE if command.is_silencing else Act.UNBAN
    room = require_governed(scene, command.room, act)
    target = _find_ban(scene, room, command)
    unbanned = Unbanned(scene.person.id, scene.person.name, target, command.is_silencing)
    return governed(scene, room, (unbanned,), audited(scene, act, target.shown, room))


def mute(scene: Scene, command: Mute) -> Decision:
    """Let a moderator keep somebody silent who ranks below him, also before he comes."""
    room = require_governed(scene, command.room, Act.MUTE)
    person = find_anybody(scene, command.name)
    require_above(scene.house, room, scene.person.id, person.id, person.name)
    reason, term = clean_line(command.reason, REASON_LIMIT), term_of(command.seconds, scene.now_ms)
    muted = Muted(scene.person.id, scene.person.name, person.id, person.name, reason, term)
    return governed(scene, room, (muted,), audited(scene, Act.MUTE, person.name, room, reason))


def unmute(scene: Scene, command: Unmute) -> Decision:
    """Let a moderator give somebody his voice back who ranks below him."""
    room = require_governed(scene, command.room, Act.UNMUTE)
    person, name = _find_muted(scene, room, command.name)
    require_above(scene.house, room, scene.person.id, person, name)
    unmuted = Unmuted(scene.person.id, scene.person.name, person, name)
    return governed(scene, room, (unmuted,), audited(scene, Act.UNMUTE, name, room))


def _parse_target(scene: Scene, room: Room, text: str) -> Target:
    """Return whom a moderator means; whoever it is must rank below him."""
    target, person = parse_target(scene.house, text)
    if person is not None:
        require_above(scene.house, room, scene.person.id, person.id, person.name)
    return target


def _concerned(scene: Scene, room: Room, target: Target) -> list[tuple[PersonId, str]]:
    house = scene.house
    mine = rank_in(house, room, scene.person.id)
    return [
        (person, member.name)
        for person, member in room.members.items()
        if concerns(target, visitor := visitor_of(house, person, member.name))
        and not is_exempt(room, visitor)
        and rank_in(house, room, person) < mine
    ]


def _find_ban(scene: Scene, room: Room, command: Unban) -> Target:
    text = command.target
    target = find_target(scene.house, bans_in(room, is_silencing=command.is_silencing).values(), text)
    if target is None:
        what = "silent in" if command.is_silencing else "banned from"
        raise Refused("unknown_person", f"'{text}' is not {what} {room.name}. /bans shows who is.")
    return target


def _find_muted(scene: Scene, room: Room, text: str) -> tuple[PersonId, str]:
    person = scene.house.find_named(text)
    if person is not None and person.id in room.mutes:
        return person.id, person.name
    key = find_key(text)
    for muted, state in room.mutes.items():
        if find_key(state.person_name) == key:
            return muted, state.person_name
    raise Refused("unknown_person", f"'{text}' is not muted in {room.name}.")
