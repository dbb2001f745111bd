"""The entrance: lets people in who prove that they have an account, or open one."""

import msgspec

from hubbub.core.account_answers import LoggedIn
from hubbub.core.account_requests import LogIn, Register
from hubbub.core.kinds import PersonId, Refused
from hubbub.service.accounts import Accounts
from hubbub.service.levels import Levels
from hubbub.service.outbox import Outbox
from hubbub.service.passes import Passes
from hubbub.service.peers import Peer
from hubbub.service.people import People
from hubbub.service.ports import StoreUnavailable
from hubbub.service.proofs import Proofs
from hubbub.service.reading import Reading
from hubbub.service.recognising import Recognising
from hubbub.service.scram_proofs import Exchange, ScramProofs
from hubbub.service.scribe import TRY_AGAIN
from hubbub.service.secret_codes import hash_token
from hubbub.service.sessions import Listener, Session
from hubbub.service.ssh_keys import SshKeys
from hubbub.service.taking_along import TakingAlong
from hubbub.service.unread import Unread
from hubbub.service.whereabouts import Whereabouts


class ComeAgain(msgspec.Struct, frozen=True):
    """Be a guest who is still here, perhaps on a connection that is lost."""

    key: str
    """His pass."""

    def __repr__(self) -> str:
        """Show nothing of it."""
        return f"<{type(self).__name__}>"


class ScramProof(msgspec.Struct):
    """Log in with the second half of an exchange."""

    exchange: Exchange
    message: str
    answer: str = ""
    """The server's own proof, once the client's was right."""

    def __repr__(self) -> str:
        """Show nothing of it."""
        return f"<{type(self).__name__}>"


class Proven(msgspec.Struct, frozen=True):
    """Somebody has proved before whose account he has; only `Entrance.prove` says so."""

    account: PersonId
    secret_hash: bytes | None = None
    """The fingerprint of the key that he has shown; who comes by one that is removed goes."""


class SshKeyProof(msgspec.Struct, frozen=True):
    """Log in by an SSH key, whose private half somebody has proved to have."""

    data: bytes
    """Its public half, as it stands in SSH's own messages."""


class Registering(msgspec.Struct, frozen=True):
    """Somebody opens an account before he comes in."""

    name: str
    asked: Register


class CertificateProof(msgspec.Struct, frozen=True):
    """Log in by the certificate that was shown when the connection was encrypted."""

    name: str = ""
    """Who is meant; empty for whomever it names."""


Proof = LogIn | ScramProof | Registering | CertificateProof
"""How somebody shows that he has an account, and comes in with it later, or not."""

Credential = Proof | Register | ComeAgain | Proven
"""How somebody shows who he is."""


class Entrance:
    """Joins what it takes to come in as somebody in particular."""

    def __init__(  # noqa: PLR0913 - the parts it joins, and nothing else
        self,
        proofs: Proofs,
        scram: ScramProofs,
        recognising: Recognising,
        accounts: Accounts,
        people: People,
        reading: Reading,
        unread: Unread,
        whereabouts: Whereabouts,
        levels: Levels,
        taking_along: TakingAlong,
        passes: Passes,
        ssh_keys: SshKeys,
    ) -> None:
        self._whereabouts = whereabouts
        self._passes = passes
        self._ssh_keys = ssh_keys
        self._proofs = proofs
        self._scram = scram
        self._recognising = recognising
        self._accounts = accounts
        self._people = people
        self._reading = reading
        self._unread = unread
        self._levels = levels
        self._taking_along = taking_along

    def knows_account(self, name: str) -> bool:
        """Return whether a name belongs to an account."""
        return self._proofs.find_account(name) is not None

    async def knows_ssh_key(self, data: bytes) -> bool:
        """Return whether an SSH key lets somebody in; no, while that cannot be known."""
        try:
            return await self._ssh_keys.knows(data)
        except StoreUnavailable:
            return False

    async def begin_scram(self, message: str) -> Exchange:
        """Return what a client has to prove that wants to log in without sending its password. Raises `Refused`."""
        try:
            return await self._scram.begin(message)
        except StoreUnavailable:
            raise Refused.again(TRY_AGAIN) from None

    async def enter(
        self, name: str, proof: Credential, outbox: Outbox, listener: Listener, peer: Peer
    ) -> tuple[Session, LoggedIn]:
        """Return a session, and what it is to be told before anything it hears: nothing is waited for in between.

        Raises `Refused`.
        """
        if isinstance(proof, ComeAgain):
            return self._come_again(proof, outbox, listener, peer)
        try:
            account = await self._require_account(name, proof, peer)
            waiting = await self._reading.load_waiting(account)
            unread = await self._unread.find(account)
            spots = await self._whereabouts.find_all(account)
            levels = await self._levels.load(account)
            session = await self._people.enter_account(account, outbox, listener, peer)
        except StoreUnavailable:
            raise Refused.again(TRY_AGAIN) from None
        if isinstance(proof, LogIn):
            session.secret_hash = hash_token(proof.password)
        elif isinstance(proof, Proven):
            session.secret_hash = proof.secret_hash
        answer = self._reading.logged_in(session.person, waiting, unread, spots, levels)
        session.note_told(answer.waiting)
        return session, answer

    async def prove(self, proof: Proof | SshKeyProof, peer: Peer) -> Proven:
        """Return that somebody has proved whose account he has; he is not in by that. Raises `Refused`."""
        try:
            if isinstance(proof, SshKeyProof):
                key = await self._ssh_keys.recognise(proof.data)
                return Proven(key.account, key.fingerprint)
            return Proven(await self._require_account("", proof, peer))
        except StoreUnavailable:
            raise Refused.again(TRY_AGAIN) from None

    async def become(self, session: Session, account: PersonId) -> LoggedIn:
        """Let a session be somebody else's, who has proved whose account he has; return what it is to be told first.

        Raises `Refused`, and `StoreUnavailable`, and then nothing has changed.
        """
        if account == session.person.id:
            raise Refused("already_registered", f"You are logged in already, as '{session.person.name}'.")
        waiting = await self._reading.load_waiting(account)
        unread = await self._unread.find(account)
        spots = await self._whereabouts.find_all(account)
        levels = await self._levels.load(account)
        excluded = await self._taking_along.take(session, account)
        await self._people.become(session, account)
        # Nothing is waited for in between: what is told now comes before anything that is heard.
        for signal in excluded:
            session.notice(signal)
        answer = self._reading.logged_in(session.person, waiting, unread, spots, levels)
        session.note_told(answer.waiting)
        return answer

    async def _require_account(self, name: str, proof: Proof | Register | Proven, peer: Peer) -> PersonId:
        if isinstance(proof, Proven):
            return proof.account
        if isinstance(proof, Registering):
            return await self._accounts.open(proof.name, proof.asked, peer)
        if isinstance(proof, Register):
            return await self._accounts.open(name, proof, peer)
        if isinstance(proof, CertificateProof):
            return self._proofs.recognise_certified(proof.name, peer)
        if isinstance(proof, ScramProof):
            account, proof.answer = await self._scram.finish(proof.exchange, proof.message, peer)
            return account
        if not proof.name and hash_token(proof.password) is not None:
            # Nobody guesses one, so nobody has to wait who shows a wrong one.
            return await self._recognising.require_account(proof.password, peer)
        return await self._proofs.prove(proof, peer)

    def _come_again(self, proof: ComeAgain, outbox: Outbox, listener: Listener, peer: Peer) -> tuple[Session, LoggedIn]:
        person = self._passes.find(proof.key)
        session = None if person is None else self._people.come_again(person, outbox, listener, peer)
        if session is None:
            raise Refused("bad_code", "That key is not known here any more. Say hello with a name.")
        levels = self._levels.of_guest(session.person)
        return session, self._reading.logged_in(session.person, None, levels=levels)
