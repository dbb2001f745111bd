"""Refusals: how a rule's no is told on IRC: by the numeric that is meant for it, or by a standard reply."""

from collections.abc import Iterator, Mapping
from typing import Final

from hubbub.core.kinds import Refusal, RefusalCode
from hubbub.gateways.irc.talk import Talk, as_parameter
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.numerics import Numeric

OF_CHANNELS: Final[Mapping[RefusalCode, Numeric]] = {
    "no_such_room": Numeric.ERR_NOSUCHCHANNEL,
    "bad_room_name": Numeric.ERR_NOSUCHCHANNEL,
    "not_a_member": Numeric.ERR_NOTONCHANNEL,
    "not_allowed": Numeric.ERR_CHANOPRIVSNEEDED,
    "needs_account": Numeric.ERR_NEEDREGGEDNICK,
    "needs_voice": Numeric.ERR_CANNOTSENDTOCHAN,
    "muted": Numeric.ERR_CANNOTSENDTOCHAN,
    "slow_mode": Numeric.ERR_CANNOTSENDTOCHAN,
    "archived": Numeric.ERR_CANNOTSENDTOCHAN,
}
"""What is said of a channel; its name stands before the sentence."""

OF_ENTERING: Final[Mapping[RefusalCode, Numeric]] = {
    **OF_CHANNELS,
    "bad_room_name": Numeric.ERR_BADCHANMASK,
    "too_many_rooms": Numeric.ERR_TOOMANYCHANNELS,
    "needs_invitation": Numeric.ERR_INVITEONLYCHAN,
    "wrong_key": Numeric.ERR_BADCHANNELKEY,
    "room_full": Numeric.ERR_CHANNELISFULL,
    "banned": Numeric.ERR_BANNEDFROMCHAN,
    # Not a word of its own, but one that every client shows: nobody is taken in any more.
    "archived": Numeric.ERR_INVITEONLYCHAN,
}
"""What is said of a channel to which somebody is not let in. https://modern.ircdocs.horse/#join-message"""

OF_GOVERNING: Final[Mapping[RefusalCode, Numeric]] = {
    **OF_CHANNELS,
    **dict.fromkeys(("needs_voice", "muted", "slow_mode", "archived"), Numeric.ERR_CHANOPRIVSNEEDED),
}
"""What is said of a channel in which somebody may not do something else than speak."""

OF_KNOCKING: Final[Mapping[RefusalCode, Numeric]] = {
    **OF_ENTERING,
    "bad_room_name": Numeric.ERR_NOSUCHCHANNEL,
    "unchanged": Numeric.ERR_KNOCKONCHAN,
    "not_needed": Numeric.ERR_CHANOPEN,
    "too_fast": Numeric.ERR_TOOMANYKNOCK,
}
"""What is said of a channel in which somebody may not even ask to be let in."""

_NUMERICS: Final[Mapping[str, Mapping[RefusalCode, Numeric]]] = {
    "JOIN": OF_ENTERING,
    "KNOCK": OF_KNOCKING,
    **dict.fromkeys(("TOPIC", "INVITE", "KICK", "MODE", "RENAME"), OF_GOVERNING),
}


def refused_in(talk: Talk, command: str, channel: str, refusal: Refusal) -> Iterator[bytes]:
    """Say why something was not done in a channel."""
    number = _NUMERICS.get(command, OF_CHANNELS).get(refusal.code)
    if number is Numeric.ERR_CHANOPRIVSNEEDED and talk.find_room(channel) is None:
        number = Numeric.ERR_NOTONCHANNEL
    if number is None:
        yield talk.refuse(command, refusal)
    else:
        yield talk.numeric(number, as_parameter(channel), text=refusal.sentence)


def not_registered(talk: Talk) -> bytes:
    """Say that a command is for those who are in."""
    return talk.numeric(Numeric.ERR_NOTREGISTERED, text="Say who you are first: NICK and USER")


def already_registered(talk: Talk) -> bytes:
    """Say that a command is for those who are not in yet."""
    return talk.numeric(Numeric.ERR_ALREADYREGISTERED, text="You are in already")


def nobody(talk: Talk, name: str) -> bytes:
    """Say that nobody is called so."""
    return talk.numeric(Numeric.ERR_NOSUCHNICK, as_parameter(name), text="Nobody is called so")


def unfit_mode(talk: Talk, channel: str, letter: str, parameter: str, why: str) -> bytes:
    """Say that a mode cannot have this parameter. https://modern.ircdocs.horse/#errinvalidmodeparam-696."""
    number = Numeric.ERR_INVALIDMODEPARAM
    return talk.numeric(number, as_parameter(channel), letter, as_parameter(parameter), text=why)


def unknown_person(talk: Talk, channel: str, name: str) -> bytes:
    """Say that somebody is not in a channel, or nowhere at all."""
    person = talk.settings.house.find_named(name)
    if person is None:
        return nobody(talk, name)
    return talk.numeric(
        Numeric.ERR_USERNOTINCHANNEL, as_parameter(person.name), as_parameter(channel), text="They are not in there"
    )


def refused_operator(talk: Talk, command: str, refusal: Refusal) -> bytes:
    """Say why something was not done that those do who look after the server."""
    if refusal.code == "not_allowed":
        return talk.numeric(Numeric.ERR_NOPRIVILEGES, text=refusal.sentence)
    return talk.refuse(command, refusal)


def unknown_command(talk: Talk, message: IrcMessage) -> Iterator[bytes]:
    """Say that there is no such command. It is quoted, so only where it can be a parameter."""
    yield talk.numeric(Numeric.ERR_UNKNOWNCOMMAND, as_parameter(message.command), text="There is no such command")
