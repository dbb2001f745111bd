"""Welcoming: what a client is told when it is in."""

from collections.abc import Iterator

from hubbub.core.account_answers import LoggedIn
from hubbub.core.room import RoomKind
from hubbub.gateways.irc import channel_modes, isupport, joining, missed
from hubbub.gateways.irc.talk import Step, Talk
from hubbub.wire.irc.numerics import Numeric

USER_MODES = "BRgiorsw"


def welcome(talk: Talk) -> Iterator[bytes]:
    """Welcome somebody, and tell him in which channels he is."""
    settings, person = talk.settings, talk.require_person()
    # Clients take from 001 what they are called, whatever they wanted to be.
    talk.told_name = person.name
    network = settings.network
    yield talk.numeric(Numeric.RPL_WELCOME, text=f"Welcome to {network}, {talk.nick}")
    yield talk.numeric(Numeric.RPL_YOURHOST, text=f"Your host is {settings.names.server}, running {settings.software}")
    yield talk.numeric(Numeric.RPL_CREATED, text=f"This server was started {settings.started}")
    yield talk.numeric(
        Numeric.RPL_MYINFO,
        settings.names.server,
        settings.software.replace(" ", "-"),
        USER_MODES,
        channel_modes.LETTERS,
        channel_modes.LETTERS_WITH_PARAMETER,
    )
    yield from isupport.tell(talk)
    yield from lusers(talk)
    yield from motd(talk)
    talk.is_welcome = True
    for room in talk.rooms.values():
        if room.kind is RoomKind.CHANNEL:
            yield from joining.joined(talk, room)


def remind(talk: Talk, answer: LoggedIn | None) -> Iterator[Step]:
    """Tell how far he has read, or what he has not read, as the client wants it."""
    for room in [*talk.rooms.values()]:
        if room.kind is RoomKind.CHANNEL:
            yield from joining.marked(talk, room)
    if answer is not None:
        yield from missed.play_unread(talk, answer)


def lusers(talk: Talk) -> Iterator[bytes]:
    """Tell how many are here; what there is none of is left out. https://modern.ircdocs.horse/#lusers-message.

    Everybody is invisible (user mode `i`), and whoever is, is counted as that only, as servers do.
    """
    census = talk.settings.census
    people, most = census.people, census.most
    clients = "client" if people == 1 else "clients"
    yield talk.numeric(Numeric.RPL_LUSERCLIENT, text=f"There are 0 users and {people} invisible on 1 server")
    if census.operators:
        yield talk.numeric(Numeric.RPL_LUSEROP, str(census.operators), text="operators are here")
    if unknown := census.unknown:
        yield talk.numeric(Numeric.RPL_LUSERUNKNOWN, str(unknown), text="connections have not said who they are")
    if census.channels:
        yield talk.numeric(Numeric.RPL_LUSERCHANNELS, str(census.channels), text="channels have somebody in them")
    yield talk.numeric(Numeric.RPL_LUSERME, text=f"I have {people} {clients} and 0 servers")
    for number, where in ((Numeric.RPL_LOCALUSERS, "local"), (Numeric.RPL_GLOBALUSERS, "global")):
        yield talk.numeric(number, str(people), str(most), text=f"Current {where} users {people}, max {most}")


def motd(talk: Talk) -> Iterator[bytes]:
    """Tell the message of the day."""
    lines = talk.settings.motd
    if not lines:
        yield talk.numeric(Numeric.ERR_NOMOTD, text="There is no message of the day")
        return
    yield talk.numeric(Numeric.RPL_MOTDSTART, text=f"- {talk.settings.names.server} Message of the day -")
    for line in lines:
        yield talk.numeric(Numeric.RPL_MOTD, text=f"- {line}")
    yield talk.numeric(Numeric.RPL_ENDOFMOTD, text="That is all")
