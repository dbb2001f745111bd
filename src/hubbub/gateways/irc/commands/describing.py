"""SETNAME: who somebody says he is. https://ircv3.net/specs/extensions/setname."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.features.portraits import Describe
from hubbub.core.kinds import Refusal
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.talk import Question, Step, Talk
from hubbub.gateways.irc.telling import own_line
from hubbub.wire.irc.message import IrcMessage


def setname(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Say who one is."""
    yield Question(Describe(message.params[0]), partial(_set, talk))


def _set(talk: Talk, answer: Answer) -> Iterator[Step]:
    """Confirm it; for who knows nothing of it, "the server SHOULD handle it silently"."""
    if isinstance(answer, Refusal):
        yield talk.fail("SETNAME", "INVALID_REALNAME", text=answer.sentence)
    elif talk.has(Capability.SETNAME):
        yield own_line(talk, "SETNAME", text=talk.require_person().about)


COMMANDS: Final[Mapping[str, Entry]] = {"SETNAME": Entry(setname, least=1)}
