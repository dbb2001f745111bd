"""NickServ: people's accounts, as IRC users have told it for thirty years. SASL and REGISTER are the better way."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from hubbub.core.account_answers import LoggedIn, LoggedOut, Registered
from hubbub.core.account_requests import ChangePassword, DeleteAccount, LogIn, LogOut, Register
from hubbub.core.answers import Answer
from hubbub.core.kinds import Refusal
from hubbub.core.names import find_key
from hubbub.core.people_answers import PersonFound
from hubbub.core.queries import FindPerson
from hubbub.gateways.irc import coming_in, identity
from hubbub.gateways.irc.services import Service, Wish
from hubbub.gateways.irc.talk import Question, Step, Steps, Talk
from hubbub.service.secret_codes import hash_token
from hubbub.wire.slash.accounts import split_code

TWO: Final = 2

NOBODY, A_GUEST, LOGGED_IN = "0", "1", "3"
"""What STATUS answers; 2 is for networks that know people by their addresses."""


def _identify(talk: Talk, rest: str) -> Steps | None:
    """Log in: [NAME] PASSWORD, where the password may have spaces."""
    name, _, password = rest.partition(" ")
    if not rest:
        return None
    if hash_token(rest) is not None:
        return (Question(LogIn(talk.nick, rest), partial(_logged_in, talk)),)
    if not password or find_key(name) not in talk.settings.house.directory.names:
        name, password = talk.nick, rest
    return (Question(LogIn(name, password.strip()), partial(_logged_in, talk)),)


def _logged_in(talk: Talk, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, LoggedIn):
        yield from identity.logged_in(talk, talk.require_person().id, has_become=True)
        yield NICKSERV.say(talk, f"You are logged in as {answer.name}.")
    else:
        yield from _refused(talk, answer)


def _register(talk: Talk, rest: str) -> Steps | None:
    """Open an account: PASSWORD [INVITATION] [EMAIL]. Addresses are not kept here, and so not read."""
    words = rest.split(" ")
    if len(words) > 1 and "@" in words[-1]:
        rest = " ".join(words[:-1]).strip()
    return (Question(Register(*split_code(rest)), partial(_registered, talk)),) if rest else None


def _registered(talk: Talk, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Registered):
        yield from identity.logged_in(talk, talk.require_person().id)
        yield NICKSERV.say(talk, f"{answer.name} is your account now. Your nick and your channels stay yours.")
    else:
        yield from _refused(talk, answer)


def _ghost(talk: Talk, rest: str) -> Steps | None:
    """Be who has the name, beside the others: nobody has to be sent away for that."""
    return _identify(talk, rest) if " " in rest else None


def _info(talk: Talk, rest: str) -> Steps | None:
    return (Question(FindPerson(rest or talk.nick), partial(_found, talk)),)


def _found(talk: Talk, answer: Answer) -> Iterator[Step]:
    if not isinstance(answer, PersonFound):
        yield from _refused(talk, answer)
        return
    account = "has an account" if answer.has_account else "has no account"
    yield NICKSERV.say(talk, f"{answer.name} {account}, and is {'here' if answer.is_present else 'not here'}.")
    if answer.about:
        yield NICKSERV.say(talk, f"About {answer.name}: {answer.about}")


def _status(talk: Talk, rest: str) -> Steps | None:
    return (Question(FindPerson(rest or talk.nick), partial(_status_found, talk, rest or talk.nick)),)


def _status_found(talk: Talk, name: str, answer: Answer) -> Iterator[Step]:
    status = NOBODY
    if isinstance(answer, PersonFound) and answer.is_present:
        status = LOGGED_IN if answer.has_account else A_GUEST
    yield NICKSERV.say(talk, f"STATUS {name} {status}")


def _set(talk: Talk, rest: str) -> Steps | None:
    """Take another password: PASSWORD OLD NEW, each one word."""
    words = rest.split()
    if len(words) != TWO + 1 or words[0].upper() != "PASSWORD":
        return None
    done = partial(_done, talk, "You log in with the new password from now on.")
    return (Question(ChangePassword(words[1], words[2]), done),)


def _log_out(talk: Talk, rest: str) -> Steps | None:
    return None if rest else (Question(LogOut(), partial(_logged_out, talk)),)


def _logged_out(talk: Talk, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, LoggedOut):
        yield from identity.logged_out(talk)
        yield NICKSERV.say(talk, f"You are a guest now, called {answer.name}.")
    else:
        yield from _refused(talk, answer)


def _drop(talk: Talk, rest: str) -> Steps | None:
    return (Question(DeleteAccount(rest), partial(_done, talk, "Your account is gone.")),) if rest else None


def _done(talk: Talk, sentence: str, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, Refusal):
        yield from _refused(talk, answer)
    else:
        yield NICKSERV.say(talk, sentence)


def _refused(talk: Talk, answer: Answer) -> Iterator[bytes]:
    if isinstance(answer, Refusal):
        yield NICKSERV.say(talk, coming_in.in_words(answer))


IDENTIFY: Final = Wish(_identify, "[NAME] PASSWORD", "log in to your account")
GHOST: Final = Wish(
    _ghost, "NAME PASSWORD", "be who has that name: you may be connected as often as you like, and send nobody away"
)

NICKSERV: Final = Service(
    "NickServ",
    {
        "IDENTIFY": IDENTIFY,
        "LOGIN": IDENTIFY,
        "REGISTER": Wish(_register, "PASSWORD [INVITATION]", "open an account that keeps the nick you have"),
        "INFO": Wish(_info, "[NICK]", "tell whether somebody has an account, and is here"),
        "STATUS": Wish(_status, "[NICK]", "the same for programs: 3 logged in, 1 a guest, 0 not here"),
        "SET": Wish(_set, "PASSWORD OLD NEW", "log in with another password from now on"),
        "LOGOUT": Wish(_log_out, "", "be a guest again"),
        "GHOST": GHOST,
        "REGAIN": GHOST,
        "RECOVER": GHOST,
        "RELEASE": GHOST,
        "DROP": Wish(_drop, "PASSWORD", "give your account and your name up for good"),
    },
    "NickServ sees to accounts. Whoever has one keeps his nick, his channels and what he has missed.",
)
