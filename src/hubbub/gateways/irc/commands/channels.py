"""Coming into channels and going out of them, what they are about, and who is there."""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import zip_longest
from typing import Final

from hubbub.core.answers import Answer, Departed, TopicFound
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.topics import SetTopic
from hubbub.core.kinds import Refusal
from hubbub.core.queries import FindTopic
from hubbub.gateways.irc import joining, refusals
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.talk import Question, Step, Talk, as_parameter
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.numerics import Numeric


def join(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Come into channels; what the client is told comes with its coming in."""
    channels = message.params[0].split(",")
    keys = message.params[1].split(",") if len(message.params) > 1 else []
    for channel, key in zip_longest(channels, keys[: len(channels)], fillvalue=""):
        if channel.startswith("#"):
            yield Question(Join(channel, key), partial(_refused, talk, "JOIN", channel))
        else:
            yield talk.numeric(Numeric.ERR_NOSUCHCHANNEL, as_parameter(channel), text="A channel's name begins with #")


def part(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Go out of channels."""
    reason = message.params[1] if len(message.params) > 1 else ""
    for channel in message.params[0].split(","):
        yield Question(Leave(channel, reason), partial(_left, talk, channel, reason))


def _left(talk: Talk, channel: str, reason: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal):
        yield from refusals.refused_in(talk, "PART", as_parameter(channel), answer)
    else:
        yield from joining.parted(talk, answer.room if isinstance(answer, Departed) else channel, reason)


def _refused(talk: Talk, command: str, channel: str, answer: Answer) -> Iterator[Step]:
    """Say why nothing came of it; otherwise what happens says it all."""
    if isinstance(answer, Refusal):
        yield from refusals.refused_in(talk, command, as_parameter(channel), answer)


def topic(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Say what a channel is about, or ask."""
    channel = message.params[0]
    if len(message.params) > 1:
        yield Question(SetTopic(channel, message.params[1]), partial(_refused, talk, "TOPIC", channel))
    else:
        yield Question(FindTopic(channel), partial(_topic_found, talk, channel))


def _topic_found(talk: Talk, channel: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, TopicFound):
        yield from joining.topic(talk, answer.room, answer.topic)
    elif isinstance(answer, Refusal):
        yield from refusals.refused_in(talk, "TOPIC", as_parameter(channel), answer)


def names(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """List who is in a channel."""
    for channel in message.params[0].split(",") if message.params else ():
        room = talk.find_room(channel)
        if room is None:
            yield talk.numeric(Numeric.RPL_ENDOFNAMES, as_parameter(channel), text="End of the list")
        else:
            yield from joining.names(talk, room)


COMMANDS: Final[Mapping[str, Entry]] = {
    "JOIN": Entry(join, least=1, in_turn=False),
    "PART": Entry(part, least=1, in_turn=False),
    "TOPIC": Entry(topic, least=1),
    "NAMES": Entry(names),
}
