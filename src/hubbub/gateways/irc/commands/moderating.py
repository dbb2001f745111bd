"""Whom a channel lets in, and whom it puts out, and what it is called: INVITE, KNOCK, KICK and RENAME."""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import repeat
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.features.inviting import AskIn, Invite
from hubbub.core.features.moderation import Kick
from hubbub.core.features.settings import RenameRoom
from hubbub.core.kinds import Refusal, RefusalCode
from hubbub.core.room_answers import Governed
from hubbub.gateways.irc import afar, costs, refusals
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.talk import Question, Step, Talk, as_parameter
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.numerics import Numeric


def kick(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Put people out: several of one channel, or one of each of several. RFC 2812 section 3.2.8."""
    channels, names = message.params[0].split(","), message.params[1].split(",")
    reason = message.param(2)
    if len(channels) not in {1, len(names)}:
        yield talk.numeric(Numeric.ERR_NEEDMOREPARAMS, "KICK", text="Name one channel, or as many as people")
        return
    for channel, name in zip(channels if len(channels) > 1 else repeat(channels[0]), names, strict=False):
        yield Question(Kick(channel, name, reason), partial(_kicked, talk, channel, name))


def _kicked(talk: Talk, channel: str, name: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal) and answer.code == "unknown_person":
        yield refusals.unknown_person(talk, channel, name)
    elif isinstance(answer, Refusal):
        yield from refusals.refused_in(talk, "KICK", channel, answer)
    elif isinstance(answer, Governed):
        yield from afar.tell(talk, answer)


def invite(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Let somebody into a channel, or list where one is invited oneself."""
    if not message.params:
        yield from _invitations(talk)
    elif len(message.params) == 1:
        yield talk.numeric(Numeric.ERR_NEEDMOREPARAMS, "INVITE", text="Invite whom where: INVITE bob #lobby")
    else:
        name, channel = message.params[:2]
        yield Question(Invite(channel, name), partial(_invited, talk, name, channel))


def _invited(talk: Talk, name: str, channel: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal):
        if answer.code == "unknown_person":
            yield refusals.nobody(talk, name)
        else:
            yield from refusals.refused_in(talk, "INVITE", channel, answer)
        return
    person = talk.settings.house.find_named(name)
    shown = name if person is None else person.name
    if isinstance(answer, Governed) and not answer.events:
        yield talk.numeric(Numeric.ERR_USERONCHANNEL, as_parameter(shown), answer.room, text="is in there already")
        return
    yield talk.numeric(
        Numeric.RPL_INVITING, as_parameter(shown), answer.room if isinstance(answer, Governed) else channel
    )
    if person is not None and person.away is not None:
        yield talk.numeric(Numeric.RPL_AWAY, as_parameter(shown), text=person.away or "away")


def _invitations(talk: Talk) -> Iterator[Step]:
    """List where one is invited; all channels are looked at for that.

    https://modern.ircdocs.horse/#rplinvitelist-336
    """
    person, channels = talk.require_person().id, list(talk.settings.house.channels.values())
    yield from (
        talk.numeric(Numeric.RPL_INVITELIST, room.name)
        for room in channels
        if person in room.invited and person not in room.members
    )
    yield from costs.of(len(channels))
    yield talk.numeric(Numeric.RPL_ENDOFINVITELIST, text="End of the list")


def knock(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Ask to be let in. https://github.com/solanum-ircd/solanum/blob/main/help/opers/knock, and `KNOCK` of 005."""
    channel, text = message.params[0], message.param(1)
    yield Question(AskIn(channel, text), partial(_knocked, talk, channel))


def _knocked(talk: Talk, channel: str, answer: Answer) -> Iterator[Step]:
    if not isinstance(answer, Refusal):
        yield talk.numeric(Numeric.RPL_KNOCKDLVR, as_parameter(channel), text="They have been asked")
    else:
        yield from refusals.refused_in(talk, "KNOCK", channel, answer)


def rename(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Call a channel something else. https://ircv3.net/specs/extensions/channel-rename."""
    channel, new_name = message.params[:2]
    if not new_name.startswith("#"):
        sentence = "A channel's name begins with #"
        yield talk.fail("RENAME", "CANNOT_RENAME", as_parameter(channel), as_parameter(new_name), text=sentence)
        return
    renaming = RenameRoom(channel, new_name, message.param(2))
    yield Question(renaming, partial(_renamed, talk, channel, new_name))


def _renamed(talk: Talk, channel: str, new_name: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Governed):
        yield from afar.tell(talk, answer)
    elif isinstance(answer, Refusal) and answer.code in NOT_RENAMED:
        code = NOT_RENAMED[answer.code]
        yield talk.fail("RENAME", code, as_parameter(channel), as_parameter(new_name), text=answer.sentence)
    elif isinstance(answer, Refusal):
        yield from refusals.refused_in(talk, "RENAME", channel, answer)


NOT_RENAMED: Final[Mapping[RefusalCode, str]] = {
    "name_taken": "CHANNEL_NAME_IN_USE",
    "bad_room_name": "CANNOT_RENAME",
}
"""What is told where the new name cannot be; where the client may not, a numeric says so."""

COMMANDS: Final[Mapping[str, Entry]] = {
    "INVITE": Entry(invite, is_dear_alone=True),
    "KNOCK": Entry(knock, least=1),
    "KICK": Entry(kick, least=2),
    "RENAME": Entry(rename, least=2),
}
