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
from hubbub.wire.irc.message import IrcMessage, encode_line


def setname(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Say who one is."""
    yield Question(Describe(message.params[0]), partial(_set, talk))


def _set(talk: Talk, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal):
        yield talk.fail("SETNAME", "INVALID_REALNAME", text=answer.sentence)
    elif talk.has(Capability.SETNAME):
        yield encode_line("SETNAME", text=talk.require_person().about, source=talk.source)
    else:
        yield talk.notice("Who asks about you is told so.")


COMMANDS: Final[Mapping[str, Entry]] = {"SETNAME": Entry(setname, least=1)}
