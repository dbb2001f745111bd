"""Coming in: from what a client says of itself to somebody who is in, or may not be."""

from collections.abc import Iterator
from typing import Final

from hubbub.core.account_requests import LogIn
from hubbub.core.kinds import Refusal, RefusalCode
from hubbub.core.names import find_key
from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import CloseNow, Introduce
from hubbub.gateways.irc import sasl
from hubbub.gateways.irc.talk import Step, Talk, as_parameter
from hubbub.service.entrance import Credential
from hubbub.service.secret_codes import hash_token
from hubbub.wire.irc.numerics import Numeric

TAKEN = frozenset[RefusalCode]({"name_taken", "name_reserved", "look_alike", "already_registered"})

LOG_IN: Final = "If it is yours, log in: by SASL, with PASS before NICK, or with another nick and /msg NickServ HELP"
"""What may help somebody whose nick is an account's."""


def try_to_come_in(talk: Talk) -> Iterator[Step]:
    """Come in, if everything is said that has to be."""
    registration = talk.registration
    if not registration.is_complete:
        return
    if talk.attempt is not None:
        # "the server SHOULD abort it and send a 906 numeric, then register the client without authentication"
        yield from sasl.abort(talk)
    registration.is_pending = True
    yield Introduce(registration.nick, _credential(talk))


def _credential(talk: Talk) -> Credential | None:
    """Return how the client shows whose account it has; None for a guest.

    PASS may hold a token, the password of the account that has the nick, or an account and its password: NAME:PASSWORD.
    """
    registration = talk.registration
    password = registration.password
    if registration.proven is not None or not password:
        return registration.proven
    if hash_token(password) is not None:
        return LogIn("", password)
    name, colon, rest = password.partition(":")
    if colon and find_key(name) in talk.settings.house.directory.names:
        return LogIn(name, rest)
    return LogIn(registration.nick, password)


def turned_away(talk: Talk, refusal: Refusal) -> Iterator[Step]:
    """Say why the client may not come in as it wants; it may choose another nick, unless nobody wants it here."""
    registration = talk.registration
    registration.is_pending = False
    nick, registration.nick = registration.nick, ""
    match refusal.code:
        case "bad_name" | "name_taken" | "name_reserved" | "look_alike" | "already_registered":
            yield from bad_nick(talk, nick, refusal)
        case "wrong_password" | "too_fast" | "disabled" | "needs_encryption":
            registration.password, registration.proven = "", None
            yield talk.numeric(Numeric.ERR_PASSWDMISMATCH, text=in_words(refusal))
        case "needs_account":
            yield talk.fail("*", "ACCOUNT_REQUIRED", text=in_words(refusal))
        case "banned":
            yield talk.numeric(Numeric.ERR_YOUREBANNEDCREEP, text=refusal.sentence)
            yield CloseNow(Closing.DISMISSED)
        case _:
            yield talk.refuse("NICK", refusal)


def bad_nick(talk: Talk, wanted: str, refusal: Refusal) -> Iterator[Step]:
    """Say why somebody may not be called so, with a name that would do."""
    number = Numeric.ERR_NICKNAMEINUSE if refusal.code in TAKEN else Numeric.ERR_ERRONEUSNICKNAME
    hint = f" How about {refusal.suggestion}?" if refusal.suggestion else ""
    yield talk.numeric(number, as_parameter(wanted), text=refusal.sentence + hint)
    if refusal.code == "name_reserved" and not talk.is_welcome:
        yield talk.notice(LOG_IN)


def in_words(refusal: Refusal) -> str:
    """Return why somebody may not log in, without what only other clients can do."""
    match refusal.code:
        case "needs_encryption":
            return "Others on the way could read your password: connect by TLS, or log in with SCRAM-SHA-256"
        case "needs_account":
            return "Only people with an account may come in here: log in by SASL, or with PASS before NICK"
        case _:
            return refusal.sentence
