"""Ranking: giving people roles in a channel and taking them, as IRC means it.

Here somebody has one role at a time, and the higher one is more in everything: so who is more already is not made less
by being given a lower one, and only the role that somebody has can be taken.
"""

from hubbub.core.features.room_roles import SetRole
from hubbub.core.roles import RoomRole
from hubbub.gateways.irc.talk import Talk


def wish(talk: Talk, channel: str, name: str, role: RoomRole, *, is_set: bool) -> SetRole | None:
    """Return what has to be asked so that somebody has a role, or has it not; None where it is so already."""
    now = _role_of(talk, channel, name)
    if now is not None and (now.rank >= role.rank if is_set else now is not role):
        return None
    return SetRole(channel, name, role if is_set else RoomRole.MEMBER)


def _role_of(talk: Talk, channel: str, name: str) -> RoomRole | None:
    """Return what a member is in a channel that one is in; None for anybody else."""
    room, person = talk.find_room(channel), talk.settings.house.find_named(name)
    if room is None or person is None or person.id not in room.members:
        return None
    return room.roles.get(person.id, RoomRole.MEMBER)
