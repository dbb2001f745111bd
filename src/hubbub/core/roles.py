"""Roles: how much somebody may do, on the server and in a room."""

from enum import StrEnum


class ServerRole(StrEnum):
    """What an account is on the server, from the least to the most."""

    MEMBER = "member"
    ADMINISTRATOR = "administrator"
    OWNER = "owner"

    @property
    def rank(self) -> int:
        """Place in the order: who ranks higher may do more."""
        return _SERVER_RANKS[self]


class RoomRole(StrEnum):
    """What somebody is in a room, from the least to the most."""

    MEMBER = "member"
    SPEAKER = "speaker"
    ASSISTANT = "assistant"
    MODERATOR = "moderator"
    DEPUTY = "deputy"
    OWNER = "owner"

    @property
    def rank(self) -> int:
        """Place in the order: who ranks higher may do more."""
        return _ROOM_RANKS[self]


_SERVER_RANKS = {role: rank for rank, role in enumerate(ServerRole)}
_ROOM_RANKS = {role: rank for rank, role in enumerate(RoomRole)}
