"""SASL: how a client proves whose account it has, step by step.

https://ircv3.net/specs/extensions/sasl-3.1 and sasl-3.2; PLAIN: RFC 4616; SCRAM-SHA-256: RFC 5802 and RFC 7677;
EXTERNAL: RFC 4422 appendix A.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

from hubbub.core.account_answers import LoggedIn
from hubbub.core.account_requests import LogIn
from hubbub.core.kinds import Refusal
from hubbub.gateways.conversation import Become, BeginScram, Prove
from hubbub.gateways.irc import identity
from hubbub.gateways.irc.offering import EXTERNAL, PLAIN, SCRAM_SHA_256
from hubbub.gateways.irc.talk import Awaiting, Step, Steps, Talk
from hubbub.service.entrance import CertificateProof, Proven, ScramProof
from hubbub.service.scram_proofs import Exchange
from hubbub.wire.irc.authentication import BadSasl, SaslReader, TooLong, parse_plain, split_message
from hubbub.wire.irc.message import encode_line
from hubbub.wire.irc.numerics import Numeric

Take = Callable[[Talk, bytes], Steps]
"""What is done with a client's next message."""


class Attempt:
    """One try of one client, which is over with its success, its failure, or when the client wants no more."""

    __slots__ = ("_reader", "take")

    def __init__(self, take: Take) -> None:
        self._reader = SaslReader()
        self.take = take

    def receive(self, talk: Talk, piece: str) -> Steps:
        """Take a piece of a message."""
        try:
            message = self._reader.receive(piece)
            return () if message is None else self.take(talk, message)
        except TooLong:
            return _failed(talk, "That message is too long", Numeric.ERR_SASLTOOLONG)
        except BadSasl as error:
            return _failed(talk, str(error))


def begin(talk: Talk, mechanism: str) -> Iterator[Step]:
    """Begin, as the client wants: in each of our mechanisms it speaks first."""
    known = talk.settings.offering.mechanisms(talk.peer)
    if mechanism.upper() not in known:
        yield talk.numeric(Numeric.RPL_SASLMECHS, ",".join(known), text="are the mechanisms that are known here")
        yield from _failed(talk, "That mechanism is not known here")
        return
    talk.attempt = Attempt(MECHANISMS[mechanism.upper()])
    yield encode_line("AUTHENTICATE", "+")


def abort(talk: Talk) -> Iterator[Step]:
    """Try no more."""
    return _failed(talk, "You have stopped logging in", Numeric.ERR_SASLABORTED)


def _failed(talk: Talk, why: str, number: Numeric = Numeric.ERR_SASLFAIL) -> Iterator[bytes]:
    talk.attempt = None
    yield talk.numeric(number, text=why)


def _refused(talk: Talk, refusal: Refusal) -> Iterator[bytes]:
    locked = refusal.code in {"disabled", "banned"}
    return _failed(talk, refusal.sentence, Numeric.ERR_NICKLOCKED if locked else Numeric.ERR_SASLFAIL)


def _plain(talk: Talk, message: bytes) -> Steps:
    name, password = parse_plain(message)
    return (Awaiting(partial(Prove, LogIn(name, password)), partial(_proved, talk)),)


def _proved(talk: Talk, outcome: Proven | Refusal) -> Steps:
    return _refused(talk, outcome) if isinstance(outcome, Refusal) else _succeeded(talk, outcome)


def _external(talk: Talk, message: bytes) -> Steps:
    return (Awaiting(partial(Prove, CertificateProof(_decode(message))), partial(_proved, talk)),)


def _scram(talk: Talk, message: bytes) -> Steps:
    return (Awaiting(partial(BeginScram, _decode(message)), partial(_challenged, talk)),)


def _challenged(talk: Talk, outcome: Exchange | Refusal) -> Steps:
    if isinstance(outcome, Refusal):
        return _refused(talk, outcome)
    return _send(talk, outcome.challenge, partial(_take_proof, outcome))


def _take_proof(exchange: Exchange, talk: Talk, message: bytes) -> Steps:
    proof = ScramProof(exchange, _decode(message))
    return (Awaiting(partial(Prove, proof), partial(_scram_proved, talk, proof)),)


def _scram_proved(talk: Talk, proof: ScramProof, outcome: Proven | Refusal) -> Steps:
    """Prove to the client that we know its password, too; it may want no more then."""
    if isinstance(outcome, Refusal):
        return _refused(talk, outcome)
    return _send(talk, proof.answer, lambda talk, _: _succeeded(talk, outcome))


def _send(talk: Talk, text: str, take: Take) -> Steps:
    if talk.attempt is not None:
        talk.attempt.take = take
    return [encode_line("AUTHENTICATE", piece) for piece in split_message(text.encode())]


def _decode(message: bytes) -> str:
    try:
        return message.decode()
    except UnicodeDecodeError:
        raise BadSasl("That is no UTF-8") from None


def _succeeded(talk: Talk, proven: Proven) -> Steps:
    """Be that person: when everything else is said, or at once where the client is in."""
    talk.attempt = None
    if not talk.is_welcome:
        talk.registration.proven = proven
    elif talk.require_person().id != proven.account:
        return (Awaiting(partial(Become, proven), partial(_became, talk)),)
    return _tell_success(talk, proven)


def _became(talk: Talk, outcome: LoggedIn | Refusal) -> Steps:
    if isinstance(outcome, Refusal):
        return _refused(talk, outcome)
    return _tell_success(talk, Proven(talk.require_person().id), has_become=True)


def _tell_success(talk: Talk, proven: Proven, *, has_become: bool = False) -> Iterator[bytes]:
    yield from identity.logged_in(talk, proven.account, has_become=has_become)
    yield talk.numeric(Numeric.RPL_SASLSUCCESS, text="You have logged in by SASL")


MECHANISMS: Final[Mapping[str, Take]] = {PLAIN: _plain, SCRAM_SHA_256: _scram, EXTERNAL: _external}
"""What is done with the first message of each."""
