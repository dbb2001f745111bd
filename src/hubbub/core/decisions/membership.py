"""Membership: coming into channels, and going out of them."""

from hmac import compare_digest

from hubbub.core.bans import Visitor
from hubbub.core.decisions.speaking import is_muted
from hubbub.core.features.membership import Join, Joined, Leave, decide_leave, require_room_left
from hubbub.core.kinds import Refused
from hubbub.core.names import parse_room_name
from hubbub.core.permissions import Act, may
from hubbub.core.room import LOBBY, Room
from hubbub.core.room_answers import Departed
from hubbub.core.scene import Decision, Scene
from hubbub.core.terms import time_left
from hubbub.core.texts import in_brackets
from hubbub.core.visitors import find_ban, is_awaited, visitor_from


def join(scene: Scene, command: Join) -> Decision:
    """Let someone into a channel; a member is told yes again, and nothing happens.

    Raises `Refused` with `archived`, `banned`, `needs_account`, `needs_invitation`, `wrong_key`, `room_full` or
    `too_many_rooms`.
    """
    person = scene.person
    room = scene.house.require_channel(command.room)
    if person.id in room.members:
        return Decision()
    if not may(scene.house, room, person.id, Act.ENTER_ANYHOW):
        require_welcome(scene, room, command.key)
    require_open(room)
    require_room_left(len(person.channels), scene.limits.rooms_per_person)
    return Decision(((room, Joined(person.id, person.name, founding=is_founding(room))),))


def leave(scene: Scene, command: Leave) -> Decision:
    """Let someone out of a channel; what a guest is there ends with it."""
    person = scene.person
    room = _find_joined(scene, command.room)
    is_guest = scene.house.account_of(person.id) is None
    # It is read by all who are in: whoever may not speak there does not speak in going.
    reason = "" if is_muted(scene, room) else command.reason
    left = decide_leave(room, person.id, person.name, reason, resigning=is_guest)
    return Decision(((room, left),), Departed(room.name))


def require_open(room: Room) -> None:
    """Raise `Refused` with `archived` where a channel is only there to be read."""
    if room.settings.is_archived:
        raise Refused("archived", f"{room.name} is archived: it can be read by those who are in, and nothing else.")


def require_welcome(scene: Scene, room: Room, key: str) -> None:
    """Raise `Refused` where the channel does not take the asker in, who is nobody in particular there."""
    settings, person = room.settings, scene.person
    is_invited = person.id in room.invited
    if room.bans or room.awaited:
        visitor = visitor_from(scene.house, person.id, person.key, scene.address)
        _require_not_banned(room, visitor, scene.now_ms)
        is_invited = is_invited or is_awaited(room, visitor)
    if settings.access == "private" and not is_invited:
        raise Refused("needs_invitation", f"{room.name} is for those who are invited. Ask somebody who is in.")
    if settings.accounts_only and not is_invited and scene.house.account_of(person.id) is None:
        raise Refused("needs_account", f"{room.name} is for those who have an account. Open one: /register PASSWORD")
    if settings.key and not is_invited and not compare_digest(settings.key.encode(), key.encode()):
        said = "That is not the key." if key else "It needs a key."
        raise Refused("wrong_key", f"{said} Come in with /join {room.name} KEY.")
    if settings.member_limit and len(room.members) >= settings.member_limit:
        raise Refused("room_full", f"{room.name} is full: {settings.member_limit} is the most. Try again later.")


def _require_not_banned(room: Room, visitor: Visitor, now_ms: int) -> None:
    ban = find_ban(room, visitor, now_ms)
    if ban is not None:
        until, why = time_left(ban.term, now_ms), in_brackets(ban.reason)
        left = 0.0 if ban.term is None else ban.term.seconds_left(now_ms)
        raise Refused("banned", f"You are banned from {room.name} by {ban.name}{until}{why}.", retry_seconds=left)


def is_founding(room: Room) -> bool:
    """Return whether somebody makes the channel, and it becomes his.

    It must have no records, kept or decided; an older version's room has records and nobody who founded it, and stays
    nobody's. Of two who make it on two nodes at once, the store's order says whose it is.
    """
    return not room.seq and not room.is_founded and room.key != LOBBY


def _find_joined(scene: Scene, name: str) -> Room:
    """Return a channel that the person is in; raises `Refused` with `not_a_member` for any other, whether it exists."""
    parsed = parse_room_name(name)
    room = scene.house.channels.get(parsed.key)
    if room is None or scene.person.id not in room.members:
        raise Refused("not_a_member", f"You are not in {parsed.shown}.")
    return room
