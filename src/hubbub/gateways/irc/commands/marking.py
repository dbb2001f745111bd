"""Marking: MARKREAD, how far somebody has read.

https://ircv3.net/specs/extensions/read-marker
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.attention_requests import FindMark, MarkRead
from hubbub.core.conversations import CONVERSATION
from hubbub.core.kinds import Refusal
from hubbub.gateways.irc import reading
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.talk import Question, Step, Talk, as_parameter
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.timestamps import AtTime, parse_selector

UNKNOWN: Final = "no_such_room"
"""Why nothing is known of what somebody has read though he may ask: he has talked with nobody there."""


def markread(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Say how far one has read, or ask."""
    if not message.params:
        yield talk.fail("MARKREAD", "NEED_MORE_PARAMS", text="Say which channel or whom: MARKREAD #lobby")
        return
    target = message.params[0]
    room = target if target.startswith("#") else CONVERSATION + target
    if len(message.params) == 1:
        yield Question(FindMark(room), partial(_tell, talk, target))
        return
    point = parse_selector(message.params[1])
    if isinstance(point, AtTime) and point.time_ms >= 0:
        yield Question(MarkRead(room, at_ms=point.time_ms), partial(_marked, talk, target, room))
    else:
        context = (as_parameter(target), as_parameter(message.params[1]))
        yield talk.fail("MARKREAD", "INVALID_PARAMS", *context, text="Say timestamp=YYYY-MM-DDThh:mm:ss.sssZ")


def _marked(talk: Talk, target: str, room: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal):
        yield _refuse(talk, target, answer)
    else:
        yield Question(FindMark(room), partial(_tell, talk, target))


def _tell(talk: Talk, target: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal) and not (answer.code == UNKNOWN and _may_be(talk, target)):
        yield _refuse(talk, target, answer)
    else:
        yield reading.mark(talk, target, answer)


def _may_be(talk: Talk, target: str) -> bool:
    """Return whether there is such a room for the client, or such a person."""
    if target.startswith("#"):
        return talk.find_room(target) is not None
    return talk.settings.house.find_named(target) is not None


def _refuse(talk: Talk, target: str, refusal: Refusal) -> bytes:
    # That of an internal error is for what went wrong here; which target there is none, the client can know.
    code = "INTERNAL_ERROR" if _may_be(talk, target) else "INVALID_PARAMS"
    return talk.fail("MARKREAD", code, as_parameter(target), text=refusal.sentence)


COMMANDS: Final[Mapping[str, Entry]] = {"MARKREAD": Entry(markread)}
