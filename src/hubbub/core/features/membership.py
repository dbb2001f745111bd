"""Membership: who is in a channel."""

from typing import Final

from hubbub.core.kinds import Command, Event, PersonId, Refused
from hubbub.core.room import Member, Room
from hubbub.core.texts import clean_line

REASON_LIMIT: Final = 300
"""Longest reason for leaving, in characters; the rest is cut off. About what one IRC line leaves room for."""


class Join(Command, frozen=True):
    """Come into a channel, which begins to exist if it does not."""

    room: str


class Leave(Command, frozen=True):
    """Go out of a channel."""

    room: str
    reason: str = ""


class Joined(Event, frozen=True):
    """Someone came into the room."""


class Left(Event, frozen=True):
    """Someone went out of the room."""

    reason: str = ""
    quitting: bool = False
    """Whether he left the server, and with it every room he was in."""


def decide_join(room: Room, author: PersonId, name: str, *, joined: int, room_limit: int) -> tuple[Joined, ...]:
    """Let someone in who is in `joined` rooms already; a member is told yes again, and nothing happens.

    Raises `Refused` with `too_many_rooms` when `room_limit` (0 = none) is reached.
    """
    if author in room.members:
        return ()
    require_room_left(joined, room_limit)
    return (Joined(author, name),)


def decide_leave(room: Room, author: PersonId, name: str, reason: str) -> Left:
    """Let a member go; raises `Refused` with `not_a_member` for anybody else."""
    require_member(room, author)
    return Left(author, name, clean_line(reason, REASON_LIMIT))


def apply_joined(room: Room, event: Joined) -> None:
    """Add the member; one who is there already keeps his place."""
    room.members[event.author] = Member(event.name)


def apply_left(room: Room, event: Left) -> None:
    """Take the member out, if he is there."""
    room.members.pop(event.author, None)


def require_room_left(joined: int, room_limit: int) -> None:
    """Raise `Refused` with `too_many_rooms` for someone who is in as many rooms as he may (0 = no limit)."""
    if room_limit and joined >= room_limit:
        raise Refused("too_many_rooms", f"You are in {joined} rooms, and {room_limit} is the most. Leave one first.")


def require_member(room: Room, person: PersonId) -> None:
    """Raise `Refused` with `not_a_member` unless the person is in the room."""
    if person not in room.members:
        raise Refused("not_a_member", f"You are not in {room.name}. Join it first.")


def quit_all(rooms: list[Room], author: PersonId, reason: str) -> list[tuple[Room, Left]]:
    """Return what happens in each of these rooms when someone leaves the server, by his name as it is there."""
    why = clean_line(reason, REASON_LIMIT)
    return [
        (room, Left(author, member.name, why, quitting=True))
        for room in rooms
        if (member := room.members.get(author)) is not None
    ]


def departures_of_absent(room: Room, present: set[PersonId]) -> list[Left]:
    """Return the departures nobody had time to write down: members who are no longer there, as after a crash."""
    return [
        Left(person, member.name, "connection lost", quitting=True)
        for person, member in room.members.items()
        if person not in present
    ]
