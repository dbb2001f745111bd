"""Speaking: PRIVMSG and NOTICE, to channels and to people."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from hubbub.core.answers import Answer, Outcome, Told
from hubbub.core.features.messages import Say, Tell
from hubbub.core.kinds import Manner, Refusal
from hubbub.gateways.irc import refusals
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.talk import NOTHING, Question, Step, Steps, Talk
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.numerics import Numeric

ACTION: Final = "\x01ACTION "
"""How `/me` is said. https://modern.ircdocs.horse/ctcp"""


def say(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Say something to channels and people."""
    params = message.params
    if not params or not params[0]:
        yield talk.numeric(Numeric.ERR_NORECIPIENT, text=f"Say to whom: {message.command} #lobby :hello")
        return
    if len(params) < 2 or not params[1]:  # noqa: PLR2004 - a target and a text
        yield talk.numeric(Numeric.ERR_NOTEXTTOSEND, text="There is nothing to say in an empty message")
        return
    text, manner = _understand(message.command, params[1])
    for target in params[0].split(","):
        if target.startswith("#"):
            yield Question(Say(target, text, manner), partial(_said, talk, message.command, target))
        else:
            yield Question(Tell((target,), text, manner), partial(_told, talk, message.command))


def _understand(command: str, text: str) -> tuple[str, Manner]:
    if text.startswith(ACTION):
        return text[len(ACTION) :].removesuffix("\x01"), "action"
    return text, "notice" if command == "NOTICE" else "text"


def _said(talk: Talk, command: str, channel: str, answer: Answer) -> Steps:
    if not isinstance(answer, Refusal):
        return NOTHING
    if answer.code == "not_a_member":
        return (talk.numeric(Numeric.ERR_CANNOTSENDTOCHAN, channel, text=answer.sentence),)
    return refusals.refused_in(talk, command, channel, answer)


def _told(talk: Talk, command: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal):
        yield talk.refuse(command, answer)
    elif isinstance(answer, Told):
        for outcome in answer.outcomes:
            yield from _outcome(talk, outcome)


def _outcome(talk: Talk, outcome: Outcome) -> Iterator[bytes]:
    """Say what became of a message for one of its recipients; nothing where it simply arrived."""
    match outcome.status:
        case "unknown":
            yield talk.numeric(Numeric.ERR_NOSUCHNICK, outcome.name, text="Nobody is called so")
        case "refused":
            yield talk.numeric(Numeric.ERR_TARGUMODEG, outcome.name, text="does not take messages from you")
        case "delivered" if outcome.away is not None:
            yield talk.numeric(Numeric.RPL_AWAY, outcome.name, text=outcome.away or "away")
        case "waiting":
            yield talk.numeric(Numeric.RPL_AWAY, outcome.name, text="is not here and will see it later")
        case _:
            pass


COMMANDS: Final[Mapping[str, Entry]] = {
    "PRIVMSG": Entry(say, in_turn=False),
    "NOTICE": Entry(say, in_turn=False),
}
