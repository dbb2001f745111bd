"""What those do who look after the server: OPER, KILL, REHASH and WALLOPS.

An operator is whoever has the account of an administrator, however he has logged in; OPER is one way of doing so.
https://modern.ircdocs.horse/#operator-messages
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from hubbub.core.account_answers import LoggedIn
from hubbub.core.account_requests import LogIn
from hubbub.core.answers import Answer
from hubbub.core.attention_requests import WatchAudit
from hubbub.core.features.alerting import Alert
from hubbub.core.features.ejection import Eject
from hubbub.core.features.reloading import ReloadSettings
from hubbub.core.kinds import Refusal
from hubbub.gateways.irc import identity, refusals
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.heralding import own_mode
from hubbub.gateways.irc.people import NOTICES_MODE, WALLOPS_MODE, is_operator
from hubbub.gateways.irc.talk import Question, Step, Talk
from hubbub.wire.irc.message import IrcMessage, encode_line
from hubbub.wire.irc.numerics import Numeric


def oper(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Log in as an administrator; whose account administers nothing is not logged in by this."""
    name, password = message.params[0], message.params[1]
    found = talk.settings.house.find_named(name)
    if found is None or not is_operator(talk.settings.house, found.id):
        yield talk.numeric(Numeric.ERR_NOOPERHOST, text="That account administers nothing here")
    else:
        yield Question(LogIn(name, password), partial(_proven, talk))


def _proven(talk: Talk, answer: Answer) -> Iterator[Step]:
    person = talk.require_person()
    if isinstance(answer, LoggedIn):
        yield from identity.logged_in(talk, person.id, has_become=True)
    elif isinstance(answer, Refusal) and answer.code == "wrong_password":
        yield talk.numeric(Numeric.ERR_PASSWDMISMATCH, text=answer.sentence)
        return
    elif isinstance(answer, Refusal) and answer.code != "already_registered":
        yield talk.refuse("OPER", answer)
        return
    if is_operator(talk.settings.house, person.id):
        yield talk.numeric(Numeric.RPL_YOUREOPER, text="You are an operator of this server now")
        yield Question(WatchAudit(), partial(_watching, talk))


def _watching(talk: Talk, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal):
        yield own_mode(talk, "+o")
    else:
        talk.own_modes.add(NOTICES_MODE)
        yield own_mode(talk, f"+o{NOTICES_MODE}")


def kill(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Send somebody off the server, and tell everybody why; he may come back, unless he is banned.

    https://modern.ircdocs.horse/#kill-message
    """
    name, reason = message.params[0], message.params[1].strip()
    found = talk.settings.house.find_named(name)
    if not is_operator(talk.settings.house, talk.require_person().id):
        yield talk.numeric(Numeric.ERR_NOPRIVILEGES, text="Only administrators of this server may do that")
    elif not reason:
        yield talk.numeric(Numeric.ERR_NEEDMOREPARAMS, "KILL", text="Say why: KILL nick :why")
    elif name.lower() == talk.settings.names.server.lower():
        yield talk.numeric(Numeric.ERR_CANTKILLSERVER, text="A server cannot be killed")
    elif found is None or not found.is_present:
        yield refusals.nobody(talk, name)
    else:
        yield Question(Eject(name, reason), partial(_refused, talk, "KILL"))


def wallops(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Tell all administrators something. RFC 2812 section 4.7."""
    yield Question(Alert(message.params[0]), partial(_alerted, talk, message.params[0]))


def _alerted(talk: Talk, text: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal):
        yield from _refused(talk, "WALLOPS", answer)
    elif WALLOPS_MODE in talk.own_modes:
        yield encode_line("WALLOPS", text=text, source=talk.source)


def rehash(talk: Talk, message: IrcMessage) -> Iterator[Step]:  # noqa: ARG001 - every handler has it
    """Have the server read its settings again. RFC 2812 section 4.2."""
    yield Question(ReloadSettings(), partial(_reloading, talk))


def _reloading(talk: Talk, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal):
        yield from _refused(talk, "REHASH", answer)
    else:
        yield talk.numeric(Numeric.RPL_REHASHING, "settings", text="The settings are read again; the log tells more")


def _refused(talk: Talk, command: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal):
        yield refusals.refused_operator(talk, command, answer)


COMMANDS: Final[Mapping[str, Entry]] = {
    "OPER": Entry(oper, least=2),
    "KILL": Entry(kill, least=2),
    "REHASH": Entry(rehash),
    "WALLOPS": Entry(wallops, least=1),
}
