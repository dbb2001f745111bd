"""Refusals: how a rule's no is told on IRC: by the numeric that is meant for it, or by a standard reply."""

from collections.abc import Iterator, Mapping
from typing import Final

from hubbub.core.kinds import Refusal, RefusalCode
from hubbub.gateways.irc.talk import Talk, as_parameter
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.numerics import Numeric

OF_CHANNELS: Final[Mapping[RefusalCode, Numeric]] = {
    "no_such_room": Numeric.ERR_NOSUCHCHANNEL,
    "bad_room_name": Numeric.ERR_BADCHANMASK,
    "not_a_member": Numeric.ERR_NOTONCHANNEL,
    "too_many_rooms": Numeric.ERR_TOOMANYCHANNELS,
    "needs_invitation": Numeric.ERR_INVITEONLYCHAN,
    "wrong_key": Numeric.ERR_BADCHANNELKEY,
    "room_full": Numeric.ERR_CHANNELISFULL,
    "banned": Numeric.ERR_BANNEDFROMCHAN,
    "not_allowed": Numeric.ERR_CHANOPRIVSNEEDED,
    "needs_account": Numeric.ERR_NEEDREGGEDNICK,
    "needs_voice": Numeric.ERR_CANNOTSENDTOCHAN,
    "muted": Numeric.ERR_CANNOTSENDTOCHAN,
    "slow_mode": Numeric.ERR_CANNOTSENDTOCHAN,
    "archived": Numeric.ERR_CANNOTSENDTOCHAN,
}
"""What is said of a channel; its name stands before the sentence."""


def refused_in(talk: Talk, command: str, channel: str, refusal: Refusal) -> Iterator[bytes]:
    """Say why something was not done in a channel."""
    number = OF_CHANNELS.get(refusal.code)
    if number is None:
        yield talk.refuse(command, refusal)
    else:
        yield talk.numeric(number, as_parameter(channel), text=refusal.sentence)


def unknown_command(talk: Talk, message: IrcMessage) -> Iterator[bytes]:
    """Say that there is no such command. It is quoted, so only where it can be a parameter."""
    yield talk.numeric(Numeric.ERR_UNKNOWNCOMMAND, as_parameter(message.command), text="There is no such command")
