"""Who is here, and who is away: AWAY, ISON, USERHOST, USERIP."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.bans import USER
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.house import Person
from hubbub.core.kinds import Refusal
from hubbub.gateways.irc import pre_away
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.filling import fill
from hubbub.gateways.irc.people import is_here, is_operator, speakable
from hubbub.gateways.irc.talk import Question, Step, Talk
from hubbub.wire.irc.message import LINE_LIMIT, IrcMessage
from hubbub.wire.irc.numerics import Numeric

ASKED_LIMIT: Final = 5
"""How many people's hosts one command tells. RFC 2812 section 4.8."""


def away(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Be away, for a reason, or be back. RFC 2812 section 4.1."""
    reason = message.param(0)
    if not talk.is_welcome:
        yield from pre_away.note(talk, reason)
        return
    reason = pre_away.read_reason(talk, reason)

    def done(answer: Answer) -> Iterator[Step]:
        if not isinstance(answer, Refusal):
            yield talk.numeric(Numeric.RPL_NOWAWAY, text="You have been marked as being away")
        else:
            yield talk.refuse("AWAY", answer)

    def back(answer: Answer) -> Iterator[Step]:
        # Who never was away is not, all the same.
        if not isinstance(answer, Refusal) or answer.code == "not_away":
            yield talk.numeric(Numeric.RPL_UNAWAY, text="You are no longer marked as being away")
        else:
            yield talk.refuse("AWAY", answer)

    yield Question(GoAway(reason), done) if reason else Question(ComeBack(), back)


def ison(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Tell who of these are here. RFC 2812 section 4.9."""
    asked = dict.fromkeys(" ".join(message.params).split())
    here = dict.fromkeys(person.name for person in _here(talk, asked))
    head = len(talk.numeric(Numeric.RPL_ISON, text=""))
    for line in list(fill(here, LINE_LIMIT - head)) or [""]:
        yield talk.numeric(Numeric.RPL_ISON, text=line)


def userhost(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Tell at which hosts people are seen. https://modern.ircdocs.horse/#rpluserhost-302."""
    names = talk.settings.names
    told = [_userhost(talk, person, names.host(person.id)) for person in _here(talk, message.params[:ASKED_LIMIT])]
    yield talk.numeric(Numeric.RPL_USERHOST, text=" ".join(told))


def userip(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Tell at which addresses people are, to those who may know; to others, where they are seen. InspIRCd, Ergo."""
    told = []
    for person in _here(talk, message.params[:ASKED_LIMIT]):
        glimpse = talk.settings.look(talk.require_person(), person)
        address = glimpse.addresses[0] if glimpse is not None and glimpse.addresses else ""
        told.append(_userhost(talk, person, speakable(address) or talk.settings.names.host(person.id)))
    yield talk.numeric(Numeric.RPL_USERIP, text=" ".join(told))


def _here(talk: Talk, names: Iterable[str]) -> Iterator[Person]:
    for name in names:
        person = talk.settings.house.find_named(name)
        if person is not None and person.is_present:
            yield person


def _userhost(talk: Talk, person: Person, host: str) -> str:
    operator = "*" if is_operator(talk.settings.house, person.id) else ""
    return f"{person.name}{operator}={'+' if is_here(person) else '-'}{USER}@{host}"


COMMANDS: Final[Mapping[str, Entry]] = {
    "AWAY": Entry(away, is_early=True),
    "ISON": Entry(ison, least=1, is_automatic=True),
    "USERHOST": Entry(userhost, least=1),
    "USERIP": Entry(userip, least=1),
}
