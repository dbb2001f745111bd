"""Presence: whether someone is there.

True for a moment, so the others are told by signals. What an account keeps of it stands in its owner's personal room:
his away message, and when he was here last.
"""

from typing import Final

from hubbub.core.kinds import Command, Event
from hubbub.core.room import Room

AWAY_LIMIT: Final = 300
"""Longest away message, in characters; the rest is cut off. About what one IRC line leaves room for."""


class GoAway(Command, frozen=True):
    """Be away from now on; whoever writes to one learns the message."""

    message: str


class ComeBack(Command, frozen=True):
    """Be there again."""


class WentAway(Event, frozen=True):
    """Somebody with an account is away, on all his connections."""

    message: str


class CameBack(Event, frozen=True):
    """He is there again."""


class Disconnected(Event, frozen=True):
    """The last connection of somebody with an account has ended: what is said to him from now on waits."""


def apply_went_away(room: Room, event: WentAway) -> None:
    """Note why the person is away."""
    room.away = event.message


def apply_came_back(room: Room) -> None:
    """Note that he is there."""
    room.away = None


def apply_disconnected(room: Room, time_ms: int) -> None:
    """Note when he was here last."""
    room.gone_ms = time_ms
