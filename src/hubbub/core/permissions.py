"""Permissions: one table of who may do what in a channel, and the rule of ranks.

The server's administrators and owners act as an owner of every channel. Nobody acts on somebody of his own rank or a
higher one; the server's administrators rank above all owners of channels, and its owners above them.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from hubbub.core.catalog import AnyEvent, addressed
from hubbub.core.features.annotating import Deleted
from hubbub.core.house import House, no_such_room
from hubbub.core.kinds import PersonId, Refused, Seq
from hubbub.core.roles import RoomRole, ServerRole
from hubbub.core.room import Room, RoomKind, direct_people
from hubbub.core.texts import with_article
from hubbub.core.visitors import is_awaited, visitor_of


class Act(StrEnum):
    """What takes a right; its value stands in the audit."""

    READ = "read"
    SET_TOPIC = "topic"
    SET_LOCKED_TOPIC = "locked topic"
    SPEAK_WHERE_FEW_DO = "speak"
    SPEAK_FAST = "speak fast"
    CALL_ALL = "call all"
    ENTER_ANYHOW = "enter"
    INVITE = "invite"
    UNINVITE = "uninvite"
    KICK = "kick"
    BAN = "ban"
    UNBAN = "unban"
    SILENCE = "silence"
    UNSILENCE = "unsilence"
    EXCEPT = "except"
    UNEXCEPT = "unexcept"
    SEE_BANS = "bans"
    MUTE = "mute"
    UNMUTE = "unmute"
    CHANGE_PACE = "pace"
    MAKE_SPEAKER = "speaker"
    MAKE_MODERATOR = "role"
    CHANGE_SETTINGS = "settings"
    RENAME = "rename"
    SEE_AUDIT = "audit"
    HAVE_HOOKS = "webhooks"
    DELETE_MESSAGES = "delete"


LEAST: Final[Mapping[Act, RoomRole]] = {
    Act.READ: RoomRole.MEMBER,
    Act.SET_TOPIC: RoomRole.MEMBER,
    Act.SPEAK_WHERE_FEW_DO: RoomRole.SPEAKER,
    Act.SET_LOCKED_TOPIC: RoomRole.ASSISTANT,
    Act.SPEAK_FAST: RoomRole.ASSISTANT,
    Act.KICK: RoomRole.ASSISTANT,
    Act.MUTE: RoomRole.ASSISTANT,
    Act.UNMUTE: RoomRole.ASSISTANT,
    Act.MAKE_SPEAKER: RoomRole.ASSISTANT,
    Act.CALL_ALL: RoomRole.MODERATOR,
    Act.ENTER_ANYHOW: RoomRole.MODERATOR,
    Act.INVITE: RoomRole.MODERATOR,
    Act.UNINVITE: RoomRole.MODERATOR,
    Act.BAN: RoomRole.MODERATOR,
    Act.UNBAN: RoomRole.MODERATOR,
    Act.SILENCE: RoomRole.MODERATOR,
    Act.UNSILENCE: RoomRole.MODERATOR,
    Act.EXCEPT: RoomRole.MODERATOR,
    Act.UNEXCEPT: RoomRole.MODERATOR,
    Act.SEE_BANS: RoomRole.MODERATOR,
    Act.CHANGE_PACE: RoomRole.MODERATOR,
    Act.DELETE_MESSAGES: RoomRole.MODERATOR,
    Act.HAVE_HOOKS: RoomRole.MODERATOR,
    Act.MAKE_MODERATOR: RoomRole.DEPUTY,
    Act.CHANGE_SETTINGS: RoomRole.DEPUTY,
    Act.SEE_AUDIT: RoomRole.DEPUTY,
    Act.RENAME: RoomRole.OWNER,
}
"""The least role that may do something. `ENTER_ANYHOW` is to come in past invitations, keys, limits and bans;
`CHANGE_PACE` is who may speak and how often; `MAKE_MODERATOR` is to make anybody more than a speaker, or less again;
`CALL_ALL` is to have `@room` count as a mention of everybody."""

_USUAL: Final = {RoomRole.ASSISTANT: RoomRole.MODERATOR, RoomRole.DEPUTY: RoomRole.OWNER}
"""Who is there as a rule, above those who help him."""


def rank_in(house: House, room: Room, person: PersonId) -> int:
    """Return somebody's rank in a channel: that of his role there, or above all of them that of his role here."""
    server = house.role_of(person)
    if server is ServerRole.MEMBER:
        return room.roles.get(person, RoomRole.MEMBER).rank
    return RoomRole.OWNER.rank + server.rank


def require_administrator(house: House, person: PersonId) -> None:
    """Raise `Refused` with `not_allowed` for whoever does not look after the server."""
    if house.role_of(person) is ServerRole.MEMBER:
        raise Refused("not_allowed", "Only administrators of this server may see that.")


def role_in(house: House, room: Room, person: PersonId) -> RoomRole:
    """Return as what somebody acts in a channel."""
    return RoomRole.OWNER if house.role_of(person) is not ServerRole.MEMBER else room.roles.get(person, RoomRole.MEMBER)


def may(house: House, room: Room, person: PersonId, act: Act) -> bool:
    """Return whether somebody has the right to do something in a channel; in a group, each may let others in."""
    if act is Act.INVITE and room.settings.is_group and person in room.members:
        return True
    return role_in(house, room, person).rank >= LEAST[act].rank


def require_may(house: House, room: Room, person: PersonId, act: Act) -> None:
    """Raise `Refused` with `not_allowed` for whoever has not the right."""
    if not may(house, room, person, act):
        least = _usual(room, LEAST[act])
        whom = "Ask one." if room.roles else "It has none: ask an administrator of this server."
        raise Refused("not_allowed", f"Only {with_article(least)} of {room.name} may do that. {whom}")


def require_above(house: House, room: Room, asker: PersonId, person: PersonId, name: str) -> None:
    """Raise `Refused` with `not_allowed` unless the asker ranks above somebody, who is called `name`."""
    if person == asker:
        raise Refused("not_allowed", "You cannot do that to yourself.")
    if rank_in(house, room, asker) <= rank_in(house, room, person):
        theirs, mine = _standing(house, room, person), _standing(house, room, asker)
        and_you = "as you are" if theirs == mine else f"and you are {mine}"
        raise Refused("not_allowed", f"{name} is {theirs}, {and_you}: only somebody above may do that.")


def is_visible(house: House, room: Room, person: PersonId) -> bool:
    """Return whether somebody may know that a channel exists."""
    return (
        not (room.settings.access == "private" or room.settings.is_hidden)
        or person in room.members
        or person in room.invited
        or _is_awaited(house, room, person)
        or rank_in(house, room, person) > RoomRole.MEMBER.rank
    )


def _is_awaited(house: House, room: Room, person: PersonId) -> bool:
    """Return whether a channel takes somebody in as if he were invited: then he may know of it, too."""
    if not room.awaited:
        return False
    found = house.find_by_id(person)
    return is_awaited(room, visitor_of(house, person, "" if found is None else found.name))


def require_visible(house: House, name: str, person: PersonId) -> Room:
    """Return the channel of that name.

    Raises `Refused` with `no_such_room` where there is none that he may know of, and with `bad_room_name`.
    """
    room = house.require_channel(name)
    require_seen(house, room, person)
    return room


def require_seen(house: House, room: Room, person: PersonId) -> None:
    """Raise `Refused` with `no_such_room` for whoever may not know of the channel."""
    if not is_visible(house, room, person):
        raise no_such_room(room.key)


def hidden_until(room: Room, person: PersonId) -> Seq | None:
    """Return the last record of a room that somebody may not read, 0 where he may read all; None: he may read none."""
    if person in direct_people(room.kind, room.key):
        return Seq(0)
    member = room.members.get(person) if room.kind is RoomKind.CHANNEL else None
    if member is None:
        return None
    return Seq(0) if room.settings.history == "everyone" else member.since


def hears(house: House, room: Room, person: PersonId, event: AnyEvent) -> bool:
    """Return whether somebody in a room may know of an event there, by the role that he has now.

    What is said to some of a room is for them and for who said it, and so is what becomes of it.
    """
    least = addressed(event)
    if least is RoomRole.MEMBER or person == event.author or role_in(house, room, person).rank >= least.rank:
        return True
    return isinstance(event, Deleted) and person == event.writer


def _standing(house: House, room: Room, person: PersonId) -> str:
    server = house.role_of(person)
    if server is not ServerRole.MEMBER:
        return f"{with_article(server)} of this server"
    role = room.roles.get(person, RoomRole.MEMBER)
    return f"{with_article(role)} of {room.name}"


def _usual(room: Room, least: RoomRole) -> RoomRole:
    """Return whom to ask who has at least this role: few channels have assistants or deputies."""
    return least if least in room.roles.values() else _USUAL.get(least, least)
