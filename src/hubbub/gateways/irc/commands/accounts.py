"""REGISTER and VERIFY: opening an account. https://ircv3.net/specs/extensions/account-registration (draft)."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from hubbub.core.account_answers import Registered
from hubbub.core.account_requests import Register
from hubbub.core.answers import Answer
from hubbub.core.kinds import Refusal, Refused
from hubbub.gateways.conversation import Prove
from hubbub.gateways.irc import coming_in, identity
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.talk import NAMELESS, Awaiting, Question, Step, Steps, Talk, is_same_name
from hubbub.service.entrance import Proven, Registering
from hubbub.service.password_rules import prepare_password
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.standard_replies import ReplyKind
from hubbub.wire.slash.accounts import split_code

OWN_NICK: Final = "*"
"""Stands for the nick that one has, and for no address."""

NAME_CODES: Final = {"name_reserved": "ACCOUNT_EXISTS", "name_taken": "ACCOUNT_EXISTS"}
"""Names of accounts that exist, and of people who are here: neither can be had."""

CODES: Final[Mapping[str, str]] = {
    **NAME_CODES,
    "look_alike": "BAD_ACCOUNT_NAME",
    "bad_name": "BAD_ACCOUNT_NAME",
    "already_registered": "ALREADY_AUTHENTICATED",
    "too_fast": "TEMPORARILY_UNAVAILABLE",
    "try_again": "TEMPORARILY_UNAVAILABLE",
}
"""The specification's codes for our refusals; others have their own."""


def register(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Open an account under the nick one has, also before one is in. An address would not be used, and is not kept."""
    wanted, _, password = message.params[:3]
    nick = talk.wanted_nick
    if nick == NAMELESS:
        yield _fail(talk, "REGISTER", "NEED_NICK", NAMELESS, "Say first which nick you want: NICK ann")
    elif wanted != OWN_NICK and not is_same_name(wanted, nick):
        yield _fail(talk, "REGISTER", "ACCOUNT_NAME_MUST_BE_NICK", wanted, "Accounts are called as their people are")
    elif talk.is_welcome:
        yield Question(Register(*split_code(password)), partial(_registered, talk, nick, password))
    elif talk.registration.proven is not None:
        yield _fail(talk, "REGISTER", "ALREADY_AUTHENTICATED", nick, "You have an account already")
    else:
        opening = Registering(nick, Register(*split_code(password)))
        yield Awaiting(partial(Prove, opening), partial(_opened, talk, nick, password))


def _registered(talk: Talk, nick: str, password: str, answer: Answer) -> Steps:
    if isinstance(answer, Registered):
        return _succeeded(talk, Proven(talk.require_person().id))
    return _refused(talk, nick, password, answer) if isinstance(answer, Refusal) else ()


def _opened(talk: Talk, nick: str, password: str, outcome: Proven | Refusal) -> Steps:
    if isinstance(outcome, Refusal):
        return _refused(talk, nick, password, outcome)
    talk.registration.proven = outcome
    return _succeeded(talk, outcome)


def _succeeded(talk: Talk, proven: Proven) -> Iterator[bytes]:
    """Say so: "the client is assumed to be authenticated to the account as if it used SASL"."""
    name = talk.settings.names.account(proven.account)
    yield talk.line("REGISTER", "SUCCESS", name, text="That account is yours")
    yield from identity.logged_in(talk, proven.account)


def _refused(talk: Talk, nick: str, password: str, refusal: Refusal) -> Iterator[bytes]:
    code = _password_code(password) if refusal.code == "bad_password" else CODES.get(refusal.code, refusal.code.upper())
    yield _fail(talk, "REGISTER", code, nick, coming_in.in_words(refusal))


def _password_code(password: str) -> str:
    try:
        prepare_password(password)
    except Refused:
        return "UNACCEPTABLE_PASSWORD"
    return "WEAK_PASSWORD"


def verify(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Say that there is nothing to verify: accounts are open at once."""
    name = message.params[0]
    is_known = talk.registration.proven is not None if talk.person is None else talk.is_logged_in
    code = "ALREADY_AUTHENTICATED" if is_known else "INVALID_CODE"
    yield _fail(talk, "VERIFY", code, name, "No account waits for a code here")


def _fail(talk: Talk, command: str, code: str, name: str, text: str) -> bytes:
    """Return the answer in the form that the specification asks for, whatever the client has switched on."""
    return talk.reply(ReplyKind.FAIL, command, code, name, text=text)


COMMANDS: Final[Mapping[str, Entry]] = {
    "REGISTER": Entry(register, least=3, is_early=True),
    "VERIFY": Entry(verify, least=2, is_early=True),
}
