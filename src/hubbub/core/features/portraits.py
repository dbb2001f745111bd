"""Portraits: what people say of themselves. What an account keeps of it stands in its owner's personal room."""

from typing import Final

from hubbub.core.kinds import Command, Event
from hubbub.core.room import Room

ABOUT_LIMIT: Final = 150
"""Longest description of oneself, in characters. Twice what IRC servers leave room for as a real name."""


class Describe(Command, frozen=True):
    """Say who one is, in a line that others see who ask about one; empty takes it away."""

    text: str


class MarkBot(Command, frozen=True):
    """Say that one is a program, so that nobody takes one for a person; or that one is none."""

    is_bot: bool = True


class Described(Event, frozen=True):
    """Somebody with an account has said who he is."""

    text: str


class BotMarked(Event, frozen=True):
    """Somebody with an account has said whether he is a program."""

    is_bot: bool


def apply_described(room: Room, event: Described) -> None:
    """Note who the person says he is."""
    room.about = event.text


def apply_bot_marked(room: Room, event: BotMarked) -> None:
    """Note whether the person is a program."""
    room.is_bot = event.is_bot
