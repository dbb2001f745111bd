"""Reading: how far somebody has read, told to his clients.

https://ircv3.net/specs/extensions/read-marker
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.attention_answers import MarkFound
from hubbub.core.attention_requests import FindMark
from hubbub.core.conversations import CONVERSATION
from hubbub.core.signals import Marking
from hubbub.core.unread import NO_THREAD
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.talk import Question, Step, Talk
from hubbub.wire.irc.timestamps import format_time

UNREAD: Final = "*"
"""Stands for a time where nothing is known to be read."""


def mark(talk: Talk, target: str, answer: Answer) -> bytes:
    """Return how far somebody has read."""
    time_ms = answer.time_ms if isinstance(answer, MarkFound) else 0
    return talk.line("MARKREAD", target, f"timestamp={format_time(time_ms)}" if time_ms else UNREAD)


def follow(talk: Talk, signal: Marking) -> Iterator[Step]:
    """Tell what somebody has read on another connection: of one room, or of all that the client is in."""
    if not talk.has(Capability.READ_MARKER) or signal.thread != NO_THREAD:
        return
    rooms = [signal.room] if signal.room else [room.name for room in talk.rooms.values() if room.name]
    for room in rooms:
        yield Question(FindMark(room), partial(_tell, talk, room.removeprefix(CONVERSATION)))


def _tell(talk: Talk, target: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, MarkFound):
        yield mark(talk, target, answer)
