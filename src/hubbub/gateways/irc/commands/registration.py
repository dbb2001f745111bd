"""What a client says of itself before it is in, and how it leaves."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.directory import RESERVED_DAYS
from hubbub.core.features.renaming import Rename
from hubbub.core.kinds import Refusal, Refused
from hubbub.core.names import parse_name
from hubbub.gateways.conversation import Depart
from hubbub.gateways.irc import joining, refusals
from hubbub.gateways.irc.coming_in import bad_nick, try_to_come_in
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.talk import Question, Step, Steps, Talk, is_same_name
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.numerics import Numeric


def nick(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Choose a nick, or another one."""
    if not message.params or not message.params[0]:
        yield talk.numeric(Numeric.ERR_NONICKNAMEGIVEN, text="Say which nick you want: NICK ann")
        return
    wanted = message.params[0]
    if talk.is_welcome:
        yield Question(Rename(wanted), partial(_renamed, talk, talk.require_person().name, wanted))
        return
    try:
        parse_name(wanted)
    except Refused as refused:
        # At once, though others may have to be done with first: it is never going to be a nick.
        yield from bad_nick(talk, wanted, refused.refusal)
        return
    talk.registration.nick = wanted
    yield from try_to_come_in(talk)


def _renamed(talk: Talk, before: str, wanted: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal):
        yield from bad_nick(talk, wanted, answer)
        return
    yield from joining.renamed(talk)
    name = talk.require_person().name
    if talk.is_logged_in and name != before:
        # Elsewhere on IRC a nick is one thing and the account another: here it is what one logs in with.
        kept = "" if is_same_name(before, name) else f"; {before} stays yours for {RESERVED_DAYS} days"
        yield talk.notice(f"Your account is called {name} now{kept}.")


def user(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Say which user of his machine somebody is, and his real name. RFC 2812 section 3.1.3."""
    if talk.is_welcome:
        yield refusals.already_registered(talk)
        return
    talk.registration.user = message.params[0] or "~"
    talk.registration.realname = message.params[3]
    yield from try_to_come_in(talk)


def password(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Give the password of the account that has the nick."""
    if talk.is_welcome:
        yield refusals.already_registered(talk)
        return
    talk.registration.password = message.params[0]


def quit_(talk: Talk, message: IrcMessage) -> Iterator[Step]:  # noqa: ARG001 - every handler has it
    """Leave."""
    yield Depart(message.param(0))


def ping(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Answer with what was sent along."""
    yield talk.line("PONG", talk.settings.names.server, text=message.params[0])


def pong(talk: Talk, message: IrcMessage) -> Steps:  # noqa: ARG001 - every handler has it
    """Take it for a sign of life."""
    return ()


COMMANDS: Final[Mapping[str, Entry]] = {
    "NICK": Entry(nick, is_early=True),
    "USER": Entry(user, least=4, is_early=True),
    "PASS": Entry(password, least=1, is_early=True),
    "QUIT": Entry(quit_, is_early=True),
    "PING": Entry(ping, least=1, is_early=True, is_automatic=True, in_turn=False),
    "PONG": Entry(pong, is_early=True, is_automatic=True, in_turn=False),
}
