"""The desk: where people see to their own accounts, one line a wish."""

from typing import assert_never

from hubbub.core.account_answers import LoggedOut
from hubbub.core.account_requests import (
    AddSshKey,
    AnyAccountRequest,
    ChangePassword,
    Claim,
    DeleteAccount,
    ListInvitations,
    ListSshKeys,
    ListTokens,
    LogIn,
    LogOut,
    MakeInvitation,
    MakeToken,
    Register,
    RemoveSshKey,
    RevokeInvitation,
    RevokeToken,
)
from hubbub.core.answers import Answer
from hubbub.service.accounts import Accounts
from hubbub.service.entrance import Entrance
from hubbub.service.keys import Keys
from hubbub.service.people import People
from hubbub.service.proofs import Proofs
from hubbub.service.sessions import Session
from hubbub.service.ssh_keys import SshKeys


class Desk:
    """Answers what is asked about accounts on a connection that is in."""

    def __init__(  # noqa: PLR0913 - the parts it joins, and nothing else
        self,
        proofs: Proofs,
        entrance: Entrance,
        accounts: Accounts,
        keys: Keys,
        ssh_keys: SshKeys,
        people: People,
    ) -> None:
        self._proofs = proofs
        self._entrance = entrance
        self._accounts = accounts
        self._keys = keys
        self._ssh_keys = ssh_keys
        self._people = people

    async def serve(self, session: Session, asked: AnyAccountRequest) -> Answer:  # noqa: C901 - a table
        """Return the answer. Raises `Refused` and `StoreUnavailable`."""
        match asked:
            case LogIn():
                return await self._log_in(session, asked)
            case LogOut():
                return self._log_out(session)
            case Register():
                return await self._accounts.register(session, asked)
            case ChangePassword():
                return await self._accounts.change_password(session, asked)
            case DeleteAccount():
                return await self._accounts.delete(session, asked)
            case Claim():
                return await self._accounts.claim(session, asked)
            case MakeToken():
                return await self._keys.make_token(session, asked)
            case ListTokens():
                return await self._keys.list_tokens(session)
            case RevokeToken():
                return await self._keys.revoke_token(session, asked)
            case AddSshKey():
                return await self._ssh_keys.add(session, asked)
            case ListSshKeys():
                return await self._ssh_keys.list_all(session)
            case RemoveSshKey():
                return await self._ssh_keys.remove(session, asked)
            case MakeInvitation():
                return await self._keys.make_invitation(session, asked)
            case ListInvitations():
                return await self._keys.list_invitations(session)
            case RevokeInvitation():
                return await self._keys.revoke_invitation(session, asked)
            case _:
                assert_never(asked)

    async def _log_in(self, session: Session, asked: LogIn) -> Answer:
        return await self._entrance.become(session, await self._proofs.prove(asked, session.peer))

    def _log_out(self, session: Session) -> Answer:
        self._accounts.require_account(session.person)
        self._people.become_guest(session)
        return LoggedOut(session.person.name)
