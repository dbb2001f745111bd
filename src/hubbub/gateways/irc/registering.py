"""Registering: from what a client says of itself to somebody who is in."""

from collections.abc import Iterator

from hubbub.core.account_requests import LogIn
from hubbub.core.kinds import Refusal, RefusalCode
from hubbub.gateways.conversation import Introduce
from hubbub.gateways.irc.talk import Step, Talk, as_parameter
from hubbub.wire.irc.numerics import Numeric

TAKEN = frozenset[RefusalCode]({"name_taken", "name_reserved", "look_alike", "already_registered"})


def try_to_come_in(talk: Talk) -> Iterator[Step]:
    """Come in, if everything is said that has to be."""
    registration = talk.registration
    if registration.is_complete:
        registration.is_pending = True
        proof = LogIn("", registration.password) if registration.password else None
        yield Introduce(registration.nick, proof)


def turned_away(talk: Talk, refusal: Refusal) -> Iterator[Step]:
    """Say why the client may not come in as it wants; it may choose another nick."""
    registration = talk.registration
    registration.is_pending = False
    wanted = as_parameter(registration.nick)
    if refusal.code in TAKEN:
        hint = f" How about {refusal.suggestion}?" if refusal.suggestion else ""
        yield talk.numeric(Numeric.ERR_NICKNAMEINUSE, wanted, text=refusal.sentence + hint)
        registration.nick = ""
    elif refusal.code == "bad_name":
        yield talk.numeric(Numeric.ERR_ERRONEUSNICKNAME, wanted, text=refusal.sentence)
        registration.nick = ""
    elif refusal.code == "wrong_password":
        registration.password = ""
        yield talk.numeric(Numeric.ERR_PASSWDMISMATCH, text=refusal.sentence)
    else:
        registration.nick = ""
        yield talk.refuse("NICK", refusal)
