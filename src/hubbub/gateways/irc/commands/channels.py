"""Coming into channels and going out of them, what they are about, and who is there."""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import zip_longest
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.topics import SetTopic
from hubbub.core.kinds import Refusal, Refused
from hubbub.core.permissions import require_visible
from hubbub.core.queries import FindTopic
from hubbub.core.room import RoomKind
from hubbub.core.room_answers import Departed, TopicFound
from hubbub.gateways.conversation import Charge
from hubbub.gateways.irc import joining, refusals
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.talk import Question, Step, Talk, as_parameter
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.numerics import Numeric
from hubbub.wire.irc.standard_replies import ReplyKind

NOWHERE: Final = "0"
"""What one joins to go out of all channels. RFC 2812 section 3.2.1."""


def join(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Come into channels; what the client is told comes with its coming in."""
    if message.params[0] == NOWHERE:
        rooms = [room for room in talk.rooms.values() if room.kind is RoomKind.CHANNEL]
        for room in rooms:
            yield Question(Leave(room.name, ""), partial(_left, talk, room.name, ""))
        return
    channels = message.params[0].split(",")
    keys = message.params[1].split(",") if len(message.params) > 1 else []
    for channel, key in zip_longest(channels, keys[: len(channels)], fillvalue=""):
        if channel.startswith("#"):
            yield Question(Join(channel, key), partial(_joined, talk, channel, key))
        else:
            yield talk.numeric(Numeric.ERR_NOSUCHCHANNEL, as_parameter(channel), text="A channel's name begins with #")


def part(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Go out of channels."""
    reason = message.param(1)
    for channel in message.params[0].split(","):
        yield Question(Leave(channel, reason), partial(_left, talk, channel, reason))


def _left(talk: Talk, channel: str, reason: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal):
        yield from refusals.refused_in(talk, "PART", channel, _why_not_there(talk, channel, answer))
    else:
        yield from joining.parted(talk, answer.room if isinstance(answer, Departed) else channel, reason)


def _why_not_there(talk: Talk, channel: str, refusal: Refusal) -> Refusal:
    """Return why the client is in no such channel: also that there is none, or none that it may know of.

    https://modern.ircdocs.horse/#part-message
    """
    try:
        require_visible(talk.settings.house, channel, talk.require_person().id)
    except Refused as refused:
        return refused.refusal
    return refusal


def _joined(talk: Talk, channel: str, key: str, answer: Answer) -> Iterator[Step]:
    """Say why nothing came of it; otherwise what happens says it all."""
    if isinstance(answer, Refusal) and answer.code == "room_renamed":
        yield from _redirected(talk, channel, key, answer)
    elif isinstance(answer, Refusal):
        yield from refusals.refused_in(talk, "JOIN", channel, answer)
    elif key and (room := talk.find_room(channel)) is not None and room.settings.key == key:
        # Who is in already comes in with any.
        talk.keys[room.id] = key


def _redirected(talk: Talk, channel: str, key: str, refusal: Refusal) -> Iterator[Step]:
    """Say what the channel is called now; who does not know that this can be is taken there.

    https://ircv3.net/specs/extensions/channel-rename, channel redirection and fallback
    """
    names, sentence = (as_parameter(channel), refusal.suggestion), f"{channel} is called {refusal.suggestion} now"
    if talk.has(Capability.CHANNEL_RENAME):
        yield talk.reply(ReplyKind.FAIL, "JOIN", "CHANNEL_RENAMED", *names, text=sentence)
    else:
        yield talk.numeric(Numeric.ERR_LINKCHANNEL, *names, text=sentence)
        yield Question(Join(refusal.suggestion, key), partial(_joined, talk, refusal.suggestion, key))


def topic(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Say what a channel is about, or ask."""
    channel = message.params[0]
    if len(message.params) > 1:
        yield Question(SetTopic(channel, message.params[1]), partial(_topic_found, talk, channel))
    else:
        yield Question(FindTopic(channel), partial(_topic_found, talk, channel))


def _topic_found(talk: Talk, channel: str, answer: Answer) -> Iterator[Step]:
    """Tell the topic; also to whoever set it to what it is, of which nobody hears."""
    if isinstance(answer, TopicFound):
        yield from joining.topic(talk, answer.room, answer.topic)
    elif isinstance(answer, Refusal):
        yield from refusals.refused_in(talk, "TOPIC", channel, answer)


def names(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """List who is in channels; without any, nothing, for a list of everybody is nobody's business."""
    for channel in dict.fromkeys(message.params[0].split(",")) if message.params else ("*",):
        room = talk.find_room(channel)
        # Each list may be long, and so costs the pace of a command.
        yield Charge()
        if room is None:
            yield joining.end_of_names(talk, as_parameter(channel))
        else:
            yield from joining.names(talk, room)


COMMANDS: Final[Mapping[str, Entry]] = {
    "JOIN": Entry(join, least=1, in_turn=False),
    "PART": Entry(part, least=1, in_turn=False),
    "TOPIC": Entry(topic, least=1),
    "NAMES": Entry(names, is_dear=True),
}
