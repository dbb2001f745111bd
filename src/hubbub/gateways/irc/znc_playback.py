"""ZNC's playback: clients that know it say to `*playback` from when on they want to be told what was said.

https://wiki.znc.in/Playback: `PLAY BUFFERS [FROM [TO]]`, in seconds since 1970; what was sent is kept as it is, so that
`CLEAR` has nothing to do.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.conversations import CONVERSATION
from hubbub.core.kinds import MOST
from hubbub.core.message_answers import ActiveList, History
from hubbub.core.queries import FindHistory, ListActive
from hubbub.gateways.irc import places
from hubbub.gateways.irc.playback import play
from hubbub.gateways.irc.talk import Question, Step, Talk

NAME: Final = "*playback"
"""To whom it is said."""

BATCH: Final = "znc.in/playback"

PLAYED: Final = 100
"""Most messages of one room that are told at a time, the last ones."""

ROOMS_LIMIT: Final = 100
"""Most rooms and conversations that one line asks for."""

EVERYTHING: Final = "*"


def hear(talk: Talk, text: str) -> Iterator[Step]:
    """Do what is wanted; nobody is there who could answer anything else."""
    verb, *words = text.split() or [""]
    if verb.upper() != "PLAY" or not words:
        return
    since, until = (_milliseconds(words, place) for place in (1, 2))
    moments = range(since or 0, until or MOST)
    if words[0] == EVERYTHING:
        yield Question(ListActive(ROOMS_LIMIT, moments.start, moments.stop), partial(_play_all, talk, moments))
    for target in dict.fromkeys(words[0].split(",")[:ROOMS_LIMIT]):
        if target != EVERYTHING:
            yield _ask(talk, target, moments)


def _milliseconds(words: list[str], place: int) -> int | None:
    """Return the time that stands there, given as seconds with a fraction; None for nothing or nonsense."""
    whole, _, fraction = (words[place] if len(words) > place else "").partition(".")
    digits = whole[:12] + fraction[:3].ljust(3, "0")
    return int(digits) if whole.isascii() and digits.isdecimal() else None


def _play_all(talk: Talk, moments: range, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, ActiveList):
        for active in answer.places:
            yield _ask(talk, active.room.removeprefix(CONVERSATION), moments)


def _ask(talk: Talk, target: str, moments: range) -> Question:
    room = target if target.startswith("#") else CONVERSATION + target
    return Question(FindHistory(room, PLAYED, before_ms=moments.stop), partial(_play, talk, target, moments))


def _play(talk: Talk, target: str, moments: range, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, History):
        records = [record for record in answer.records if record.time_ms > moments.start]
        if records:
            yield from play(talk, target, places.found(talk, target, answer), records, BATCH)
