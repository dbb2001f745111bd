"""The entrance: lets people in who prove that they have an account, or open one."""

from hubbub.core.account_requests import LogIn, Register
from hubbub.core.answers import LoggedIn
from hubbub.core.kinds import Refused
from hubbub.service.accounts import Accounts
from hubbub.service.outbox import Outbox
from hubbub.service.peers import Peer
from hubbub.service.people import People
from hubbub.service.ports import StoreUnavailable
from hubbub.service.proofs import Proofs
from hubbub.service.reading import Reading
from hubbub.service.scribe import TRY_AGAIN
from hubbub.service.sessions import Listener, Session
from hubbub.service.unread import Unread


class Entrance:
    """Joins what it takes to come in with an account."""

    def __init__(self, proofs: Proofs, accounts: Accounts, people: People, reading: Reading, unread: Unread) -> None:
        self._proofs = proofs
        self._accounts = accounts
        self._people = people
        self._reading = reading
        self._unread = unread

    async def enter(
        self, name: str, proof: LogIn | Register, outbox: Outbox, listener: Listener, peer: Peer
    ) -> tuple[Session, LoggedIn]:
        """Return a session, and what it is to be told before anything it hears: nothing is waited for in between.

        Raises `Refused`.
        """
        try:
            if isinstance(proof, Register):
                account = await self._accounts.open(name, proof, peer)
            else:
                account = await self._proofs.prove(proof, peer)
            waiting = await self._reading.load_waiting(account)
            unread = await self._unread.find(account)
            session = await self._people.enter_account(account, outbox, listener, peer)
        except StoreUnavailable:
            raise Refused.again(TRY_AGAIN) from None
        return session, self._reading.logged_in(session.person, waiting, unread)
