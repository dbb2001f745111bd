"""Membership: who is in a channel."""

from collections.abc import Container
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from hubbub.core.kinds import Command, Event, PersonId, Refused, RoomId
from hubbub.core.roles import RoomRole
from hubbub.core.room import Member, Room
from hubbub.core.texts import clean_line

REASON_LIMIT: Final = 300
"""Longest reason for leaving, in characters; the rest is cut off. About what one IRC line leaves room for."""


CLOSING_REASON: Final = "account deleted"
"""Why somebody goes who closes his account, in nobody's words but the house's own."""

LOST_REASON: Final = "connection lost"
"""Why somebody is gone whose departure nobody had time to write down."""

HOUSE_REASONS: Final = frozenset({CLOSING_REASON, LOST_REASON})
"""What the house says itself; every other reason is in the words of whoever goes."""


class Departure(NamedTuple):
    """Why somebody leaves the server."""

    reason: str = ""
    by: str = ""
    """Who sends him off it, whose words these are then; empty where they are his own."""


SILENTLY: Final = Departure()
"""Nobody says why."""


class Join(Command, frozen=True):
    """Come into a channel, which begins to exist if it does not."""

    room: str
    key: str = ""
    """What one has to know there, if anything."""


class Leave(Command, frozen=True):
    """Go out of a channel."""

    room: str
    reason: str = ""


class Joined(Event, frozen=True):
    """Someone came into the room."""

    founding: bool = False
    """Whether he made it: then it is his, a guest's as long as he is in, unless somebody else was faster."""
    by: str = ""
    """Who took him in, as he was called then; empty if he came by himself."""


class Left(Event, frozen=True):
    """Someone went out of the room."""

    reason: str = ""
    quitting: bool = False
    """Whether he left the server, and with it every room he was in."""
    resigning: bool = False
    """Whether he gives up what he is there, as a guest does, who is somebody else when he comes again."""
    by: str = ""
    """Who sent him off the server, as he was called then, and said why; empty if he went by himself."""


def decide_leave(room: Room, author: PersonId, name: str, reason: str, *, resigning: bool) -> Left:
    """Let a member go; raises `Refused` with `not_a_member` for anybody else."""
    require_member(room, author)
    return Left(author, name, clean_line(reason, REASON_LIMIT), resigning=resigning and author in room.roles)


def apply_joined(room: Room, event: Joined, time_ms: int) -> None:
    """Add the member; one who is there already keeps his place. Who is the first ever, and made the room, owns it."""
    member = room.members.get(event.author)
    room.members[event.author] = Member(event.name, room.seq if member is None else member.since)
    if event.founding and not room.is_founded:
        room.roles[event.author] = RoomRole.OWNER
    if not room.is_founded:
        room.is_founded, room.founded_ms = True, time_ms


def apply_left(room: Room, event: Left) -> None:
    """Take the member out, if he is there. Of those who are never seen again nothing is left."""
    room.members.pop(event.author, None)
    if event.quitting or event.resigning:
        room.roles.pop(event.author, None)
    if event.quitting:
        room.mutes.pop(event.author, None)


def require_room_left(joined: int, room_limit: int) -> None:
    """Raise `Refused` with `too_many_rooms` for someone who is in as many rooms as he may (0 = no limit)."""
    if room_limit and joined >= room_limit:
        raise Refused("too_many_rooms", f"You are in {joined} rooms, and {room_limit} is the most. Leave one first.")


def require_member(room: Room, person: PersonId) -> None:
    """Raise `Refused` with `not_a_member` unless the person is in the room."""
    if person not in room.members:
        raise Refused("not_a_member", f"You are not in {room.name}. Join it first.")


def quit_all(
    rooms: list[Room], author: PersonId, departure: Departure, muted_in: Container[RoomId] = ()
) -> list[tuple[Room, Left]]:
    """Return what happens in each of these rooms when someone leaves the server, by his name as it is there.

    Where he is muted, he does not say why: see `decisions.speaking.muted_among`.
    """
    why = clean_line(departure.reason, REASON_LIMIT)
    return [
        (room, Left(author, member.name, "" if room.id in muted_in else why, quitting=True, by=departure.by))
        for room in rooms
        if (member := room.members.get(author)) is not None
    ]


def departures_of_absent(room: Room, present: AbstractSet[PersonId]) -> list[Left]:
    """Return the departures nobody had time to write down: members who are no longer there, as after a crash."""
    return [
        Left(person, member.name, LOST_REASON, quitting=True)
        for person, member in room.members.items()
        if person not in present
    ]
