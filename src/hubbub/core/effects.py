"""Effects: what a command that was carried out makes of whoever asked, besides what is kept of it."""

from collections.abc import Collection
from typing import Final

from hubbub.core.catalog import AnyCommand
from hubbub.core.features.inviting import ASK_IN_SECONDS, INVITE_SECONDS, AskIn, Invite
from hubbub.core.features.portraits import Describe, MarkBot
from hubbub.core.features.presence import AWAY_LIMIT, ComeBack, GoAway
from hubbub.core.features.senders import KNOCK_SECONDS
from hubbub.core.house import Person
from hubbub.core.kinds import PersonId
from hubbub.core.names import find_key, parse_room_name
from hubbub.core.signals import AnySignal, Knocking
from hubbub.core.texts import clean_line

OF_ONESELF: Final = (GoAway, ComeBack, Describe, MarkBot)
"""What has effects. A tuple, for a union would be made anew for every message."""


EFFECTIVE: Final = (*OF_ONESELF, AskIn, Invite)
"""The same, with what is remembered for a while only."""


def note_knocks(person: Person, signals: Collection[tuple[PersonId, AnySignal]], now_ms: int) -> None:
    """Note who has been told that somebody wants to write to him, and forget whom he may knock at again."""
    knocked = person.knocked
    for recipient, signal in signals:
        if isinstance(signal, Knocking):
            knocked.pop(recipient, None)
            knocked[recipient] = now_ms
    while knocked and now_ms >= knocked[oldest := next(iter(knocked))] + KNOCK_SECONDS * 1_000:
        del knocked[oldest]


def take_effect(person: Person, command: AnyCommand, now_ms: int) -> None:
    """Let somebody be as he has asked to be seen, and remember what he may not ask again at once."""
    match command:
        case GoAway():
            person.away = clean_line(command.message, AWAY_LIMIT)
        case ComeBack():
            person.away = None
        case Describe():
            person.about = clean_line(command.text)
        case MarkBot():
            person.is_bot = command.is_bot
        case AskIn():
            _remember(person.asked_in, parse_room_name(command.room).key, now_ms, ASK_IN_SECONDS)
        case Invite():
            _remember(person.invited, find_key(command.name), now_ms, INVITE_SECONDS)
        case _:
            pass


def _remember(asked: dict[str, int], key: str, now_ms: int, seconds: int) -> None:
    for old in [one for one, at in asked.items() if abs(now_ms - at) >= seconds * 1_000]:
        del asked[old]
    asked[key] = now_ms
