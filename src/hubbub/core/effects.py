"""Effects: what a command that was carried out makes of whoever asked, besides what is kept of it."""

from collections.abc import Collection
from typing import Final

from hubbub.core.catalog import AnyCommand
from hubbub.core.features.portraits import Describe, MarkBot
from hubbub.core.features.presence import AWAY_LIMIT, ComeBack, GoAway
from hubbub.core.features.senders import KNOCK_SECONDS
from hubbub.core.house import Person
from hubbub.core.kinds import PersonId
from hubbub.core.signals import AnySignal, Knocking
from hubbub.core.texts import clean_line

OF_ONESELF: Final = (GoAway, ComeBack, Describe, MarkBot)
"""What has effects. A tuple, for a union would be made anew for every message."""


def note_knocks(person: Person, signals: Collection[tuple[PersonId, AnySignal]], now_ms: int) -> None:
    """Note who has been told that somebody wants to write to him, and forget whom he may knock at again."""
    knocked = person.knocked
    for recipient, signal in signals:
        if isinstance(signal, Knocking):
            knocked.pop(recipient, None)
            knocked[recipient] = now_ms
    while knocked and now_ms >= knocked[oldest := next(iter(knocked))] + KNOCK_SECONDS * 1_000:
        del knocked[oldest]


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
