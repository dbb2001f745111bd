"""ZNC's playback: clients that know it say to `*playback` from when on they want to be told what was said.

https://wiki.znc.in/Playback: `PLAY BUFFERS [FROM [TO]]`, in seconds since 1970; `LIST [BUFFERS]`, where there is
something. `CLEAR BUFFERS` marks as read what was said there: it is everybody's, and stays.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.attention_requests import MarkRead
from hubbub.core.conversations import CONVERSATION
from hubbub.core.kinds import MOST, Refusal
from hubbub.core.message_answers import ActiveList, History
from hubbub.core.queries import FindHistory, ListActive
from hubbub.gateways.irc import places
from hubbub.gateways.irc.playback import play
from hubbub.gateways.irc.talk import Question, Step, Talk
from hubbub.wire.irc.message import encode_line

NAME: Final = "*playback"
"""To whom it is said."""

BATCH: Final = "znc.in/playback"

PLAYED: Final = 100
"""Most messages of one room that are told at a time, the last ones."""

ROOMS_LIMIT: Final = 100
"""Most rooms and conversations that one line asks for."""

EVERYTHING: Final = "*"

BEGINNING: Final = "0"
"""Since when a buffer holds what was said, in seconds since 1970: what was said first is looked up for nobody."""


def hear(talk: Talk, text: str) -> Iterator[Step]:
    """Do what is wanted; nobody is there who could answer anything else."""
    verb, *words = text.split() or [""]
    match verb.upper():
        case "PLAY" if words:
            yield from _wind(talk, words)
        case "CLEAR" if words:
            yield from _clear(talk, words[0])
        case "LIST":
            wanted = frozenset(map(str.lower, words[0].split(","))) if words else frozenset({EVERYTHING})
            yield Question(ListActive(ROOMS_LIMIT), partial(_list, talk, wanted))
        case _:
            pass


def _wind(talk: Talk, words: list[str]) -> Iterator[Step]:
    """Ask for what was said in the buffers that are named, between the times that are."""
    since, until = (_milliseconds(words, place) for place in (1, 2))
    moments = range(since or 0, until or MOST)
    if words[0] == EVERYTHING:
        yield Question(ListActive(ROOMS_LIMIT, moments.start, moments.stop), partial(_play_all, talk, moments))
    for target in _named(words[0]):
        if target != EVERYTHING:
            yield _ask(talk, target, moments)


def _clear(talk: Talk, buffers: str) -> Iterator[Step]:
    """Mark as read up to now what is named, for all connections of the person; of a guest nothing is kept."""
    for target in _named(buffers):
        room = "" if target == EVERYTHING else _room_of(target)
        yield Question(MarkRead(room), partial(_cleared, talk))


def _cleared(talk: Talk, answer: Answer) -> Iterator[bytes]:
    if isinstance(answer, Refusal):
        yield _say(talk, answer.sentence)


def _list(talk: Talk, wanted: frozenset[str], answer: Answer) -> Iterator[bytes]:
    """Tell each buffer with when it begins and ends."""
    for active in answer.places if isinstance(answer, ActiveList) else ():
        name = active.room.removeprefix(CONVERSATION)
        if EVERYTHING in wanted or name.lower() in wanted:
            yield _say(talk, f"{name} {BEGINNING} {active.time_ms / 1_000:.3f}")


def _say(talk: Talk, text: str) -> bytes:
    source = f"{NAME}!znc@{talk.settings.names.server}"
    return encode_line("PRIVMSG", talk.nick, text=text, source=source)


def _named(buffers: str) -> list[str]:
    return [*dict.fromkeys(filter(None, buffers.split(",")[:ROOMS_LIMIT]))]


def _room_of(target: str) -> str:
    return target if target.startswith("#") else CONVERSATION + target


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
    return Question(
        FindHistory(_room_of(target), PLAYED, before_ms=moments.stop), partial(_play, talk, target, moments)
    )


def _play(talk: Talk, target: str, moments: range, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, History):
        records = [record for record in answer.records if record.time_ms > moments.start]
        if records:
            yield from play(talk, target, places.found(talk, target, answer), records, BATCH)
