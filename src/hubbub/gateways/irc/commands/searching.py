"""Searching: SEARCH, as soju's clients ask it.

https://codeberg.org/emersion/soju/src/branch/master/doc/ext/search.md
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.conversations import CONVERSATION
from hubbub.core.kinds import MOST, Refusal
from hubbub.core.message_answers import Found, Hit
from hubbub.core.queries import FindMessages
from hubbub.core.room import Room, RoomKind, direct_key
from hubbub.gateways.irc.batches import batch
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.playback import lines_of
from hubbub.gateways.irc.talk import Question, Step, Talk, as_parameter
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.tags import parse_tags
from hubbub.wire.irc.timestamps import parse_time

BATCH: Final = "soju.im/search"

MOST_FOUND: Final = 100
"""Most messages of one answer, and as many as are told where nobody says how many."""

KNOWN: Final = frozenset({"in", "from", "after", "before", "text", "limit"})


class BadAttribute(Exception):  # noqa: N818 - named by what is wrong
    """An attribute that means nothing; the text is its name."""


def search(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Look for messages that are like this."""
    try:
        asked = _understand(parse_tags(message.params[0]))
    except BadAttribute as bad:
        yield talk.fail("SEARCH", "INVALID_PARAMS", as_parameter(str(bad)), text="That attribute means nothing so")
        return
    yield Question(asked, partial(_tell, talk))


def _understand(attributes: Mapping[str, str]) -> FindMessages:
    """Return what is asked; raises `BadAttribute`."""
    for name in attributes:
        if name not in KNOWN:
            raise BadAttribute(name)
    words = [_literally(word) for word in attributes.get("text", "").split()]
    words += [f"{name}:{_literally(attributes[name])}" for name in ("from", "in") if attributes.get(name)]
    since, until = (_milliseconds(attributes, name) for name in ("after", "before"))
    # What was said at that very moment is meant as well.
    before = None if until is None else min(until + 1, MOST)
    return FindMessages(" ".join(words), _limit(attributes), since_ms=since, before_ms=before)


def _literally(word: str) -> str:
    """Return a word that is looked for as it is, whatever the language of our searches would make of it."""
    return f'"{word.replace(chr(34), " ")}"'


def _milliseconds(attributes: Mapping[str, str], name: str) -> int | None:
    if name not in attributes:
        return None
    time_ms = parse_time(attributes[name])
    if time_ms is None:
        raise BadAttribute(name)
    return max(0, time_ms)


def _limit(attributes: Mapping[str, str]) -> int:
    text = attributes.get("limit", str(MOST_FOUND))
    if not (text.isascii() and text.isdecimal() and int(text[:9])):
        raise BadAttribute("limit")
    return min(int(text[:9]), MOST_FOUND)


def _tell(talk: Talk, answer: Answer) -> Iterator[Step]:
    match answer:
        case Found():
            # The oldest first, as the order of time is.
            lines = [line for hit in reversed(answer.hits) for line in _lines(talk, hit)]
            yield from batch(talk, BATCH, lines) if talk.has(Capability.BATCH) else lines
        case Refusal(code) if code != "try_again":
            yield talk.fail("SEARCH", "INVALID_PARAMS", text=answer.sentence)
        case _:
            yield talk.fail("SEARCH", "INTERNAL_ERROR", text="The search could not be run")


def _lines(talk: Talk, hit: Hit) -> list[bytes]:
    room = talk.settings.house.rooms.get(hit.record.room) or _conversation(talk, hit)
    return [] if room is None else lines_of(talk, room, hit.record)


def _conversation(talk: Talk, hit: Hit) -> Room | None:
    """Return a conversation in which nobody has spoken lately, as far as it has to be known."""
    other = talk.settings.house.find_named(hit.room.removeprefix(CONVERSATION))
    if other is None:
        return None
    return Room(hit.record.room, RoomKind.DIRECT, direct_key({talk.require_person().id, other.id}), "")


COMMANDS: Final[Mapping[str, Entry]] = {"SEARCH": Entry(search, least=1)}
