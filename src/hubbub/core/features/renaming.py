"""Renaming: people changing what they are called."""

from hubbub.core.kinds import Command, Event
from hubbub.core.room import Member, Room


class Rename(Command, frozen=True):
    """Be called something else from now on."""

    name: str


class Renamed(Event, frozen=True):
    """Someone in the room changed his name; `name` is the old one."""

    new_name: str


def apply_renamed(room: Room, event: Renamed) -> None:
    """Call the member by his new name, if he is there."""
    member = room.members.get(event.author)
    if member is not None:
        room.members[event.author] = Member(event.new_name, member.since)
