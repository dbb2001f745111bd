"""WHOIS, everything that may be known of somebody: https://modern.ircdocs.horse/#whois-message."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.bans import USER
from hubbub.core.house import Person
from hubbub.core.kinds import Refusal
from hubbub.core.people_answers import PersonFound
from hubbub.core.queries import FindPerson
from hubbub.core.texts import with_article
from hubbub.gateways.irc import servers
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.filling import fill
from hubbub.gateways.irc.people import is_operator, prefix_in, speakable
from hubbub.gateways.irc.talk import Question, Step, Talk, as_parameter
from hubbub.wire.irc.message import LINE_LIMIT, IrcMessage
from hubbub.wire.irc.numerics import Numeric

ASKED_LIMIT: Final = 4
"""About how many people one command may ask."""


def whois(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Tell about somebody, or several; where two parameters are given, the first one is a server that is asked."""
    server, asked = message.param(0), message.param(1, message.param(0))
    names = list(dict.fromkeys(filter(None, asked.split(","))))
    if server.lower() != asked.lower() and not servers.is_this(talk, server):
        yield servers.unknown(talk, server)
    elif not names:
        yield talk.numeric(Numeric.ERR_NONICKNAMEGIVEN, text="Say about whom you ask: WHOIS ann")
    elif len(names) > ASKED_LIMIT:
        yield talk.numeric(
            Numeric.ERR_TOOMANYTARGETS, as_parameter(names[ASKED_LIMIT]), text=f"Ask about {ASKED_LIMIT} at a time"
        )
    else:
        for name in names:
            yield Question(FindPerson(name), partial(_found, talk, name))


def _found(talk: Talk, name: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, PersonFound):
        yield from _tell(talk, answer)
    elif isinstance(answer, Refusal):
        yield talk.numeric(Numeric.ERR_NOSUCHNICK, as_parameter(name), text=answer.sentence)
    yield talk.numeric(Numeric.RPL_ENDOFWHOIS, as_parameter(name), text="That is all")


def _tell(talk: Talk, found: PersonFound) -> Iterator[Step]:
    names, house = talk.settings.names, talk.settings.house
    person = house.find_named(found.name)
    if person is None:
        return  # he has left while he was looked up
    name = found.name
    yield talk.numeric(Numeric.RPL_WHOISUSER, name, USER, names.host(person.id), "*", text=found.about or name)
    yield from _rooms(talk, found, person)
    yield talk.numeric(Numeric.RPL_WHOISSERVER, name, names.server, text=talk.settings.network)
    yield from _presence(talk, found)
    if is_operator(house, person.id):
        role = with_article(house.role_of(person.id).value)
        yield talk.numeric(Numeric.RPL_WHOISOPERATOR, name, text=f"is {role} of this server")
    if account := names.account(person.id):
        yield talk.numeric(Numeric.RPL_WHOISACCOUNT, name, account, text="is logged in as")
    if found.is_bot:
        yield talk.numeric(Numeric.RPL_WHOISBOT, name, text=f"is a bot on {talk.settings.network}")
    yield from _glimpse(talk, person)


def _rooms(talk: Talk, found: PersonFound, person: Person) -> Iterator[Step]:
    """Tell in which channels of the asker's he is, and as what."""
    known = {room.name: room for room in talk.rooms.values()}
    shown = [prefix_in(known[room], person.id) + room if room in known else room for room in found.rooms]
    head = len(talk.numeric(Numeric.RPL_WHOISCHANNELS, found.name, text=""))
    for line in fill(shown, LINE_LIMIT - head):
        yield talk.numeric(Numeric.RPL_WHOISCHANNELS, found.name, text=line)


def _presence(talk: Talk, found: PersonFound) -> Iterator[Step]:
    if found.is_present and found.away is not None:
        yield talk.numeric(Numeric.RPL_AWAY, found.name, text=found.away or "away")
    elif not found.is_present:
        yield talk.numeric(Numeric.RPL_AWAY, found.name, text="is not here; what is written to him waits")
        if found.last_seen_ms is not None:
            seen = datetime.fromtimestamp(found.last_seen_ms / 1_000, UTC)
            yield talk.numeric(Numeric.RPL_WHOISSPECIAL, found.name, text=f"was here last {seen:%Y-%m-%d %H:%M} UTC")


def _glimpse(talk: Talk, person: Person) -> Iterator[Step]:
    glimpse = talk.settings.look(talk.require_person(), person)
    if glimpse is None:
        return
    for address in map(speakable, glimpse.addresses):
        yield talk.numeric(Numeric.RPL_WHOISACTUALLY, person.name, address, text="is actually using host")
        # One of the two is enough for oneself, as Ergo has it: clients show both alike.
        if person is not talk.person:
            yield talk.numeric(Numeric.RPL_WHOISHOST, person.name, text=f"is connecting from *@{address} {address}")
    if glimpse.is_encrypted:
        yield talk.numeric(Numeric.RPL_WHOISSECURE, person.name, text="is using a secure connection")
    if glimpse.since_ms is not None:
        times = str(glimpse.idle_seconds), str(glimpse.since_ms // 1_000)
        yield talk.numeric(Numeric.RPL_WHOISIDLE, person.name, *times, text="seconds idle, signon time")


COMMANDS: Final[Mapping[str, Entry]] = {"WHOIS": Entry(whois)}
