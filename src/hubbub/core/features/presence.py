"""Presence: whether someone is there. True for a moment, so it is told by signals and leaves no events."""

from typing import Final

from hubbub.core.kinds import Command

AWAY_LIMIT: Final = 300
"""Longest away message, in characters; the rest is cut off. About what one IRC line leaves room for."""


class GoAway(Command, frozen=True):
    """Be away from now on; whoever writes to one learns the message."""

    message: str


class ComeBack(Command, frozen=True):
    """Be there again."""
