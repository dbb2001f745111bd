"""Effects: what a command that was carried out makes of whoever asked, besides what is kept of it."""

from typing import Final

from hubbub.core.catalog import AnyCommand
from hubbub.core.features.portraits import Describe, MarkBot
from hubbub.core.features.presence import AWAY_LIMIT, ComeBack, GoAway
from hubbub.core.house import Person
from hubbub.core.texts import clean_line

OF_ONESELF: Final = (GoAway, ComeBack, Describe, MarkBot)
"""What has effects. A tuple, for a union would be made anew for every message."""


def take_effect(person: Person, command: AnyCommand) -> None:
    """Let somebody be as he has asked to be seen."""
    match command:
        case GoAway():
            person.away = clean_line(command.message, AWAY_LIMIT)
        case ComeBack():
            person.away = None
        case Describe():
            person.about = clean_line(command.text)
        case MarkBot():
            person.is_bot = command.is_bot
        case _:
            pass
