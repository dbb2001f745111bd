"""Accounts: how people open them, prove that they have them, and give them up."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

import structlog

from hubbub.core.access import Access
from hubbub.core.catalog import AnyCommand
from hubbub.core.decisions.naming import require_free
from hubbub.core.features.accounts import ClaimServer, CloseAccount, OpenAccount
from hubbub.core.house import House
from hubbub.core.kinds import PersonId, Refusal, Refused
from hubbub.core.names import find_key
from hubbub.core.queries import Answer, Done, Registered
from hubbub.core.roles import ServerRole
from hubbub.service.account_requests import ChangePassword, Claim, DeleteAccount, LogIn, Register
from hubbub.service.guard import Guard
from hubbub.service.passwords import Passwords, require_good_password
from hubbub.service.peers import Peer
from hubbub.service.ports import Clock, StoreUnavailable
from hubbub.service.scribe import RETRY_SECONDS
from hubbub.service.secret_codes import hash_secret, read_code, read_token
from hubbub.service.sessions import Session
from hubbub.service.vault import Code, Vault

TOKEN_USE_MS: Final = 60_000
"""How exactly it is known when a token was last used, in milliseconds: writing each use down would be a commit each."""

Perform = Callable[[Session, AnyCommand], Awaitable[Answer]]
"""Carries out a command as somebody, and returns what came of it."""

RequireSafe = Callable[[Peer], None]
"""Raises `Refused` with `needs_encryption` for a connection on which no password may be sent."""

log = structlog.get_logger(__name__)


class Accounts:
    """Proves who people are, and opens and closes their accounts."""

    def __init__(  # noqa: PLR0913 - the parts it joins, and nothing else
        self,
        house: House,
        vault: Vault,
        passwords: Passwords,
        guard: Guard,
        clock: Clock,
        access: Access,
        require_safe: RequireSafe,
    ) -> None:
        self._house = house
        self._vault = vault
        self._passwords = passwords
        self._guard = guard
        self._clock = clock
        self._access = access
        self._require_safe = require_safe

    async def prove(self, asked: LogIn, peer: Peer) -> PersonId:
        """Return whose account somebody has proved to be his, by its password or a token.

        Raises `Refused` with `wrong_password`, `too_fast`, `disabled` or `needs_encryption`. Nobody learns whether
        there is an account of that name, and it takes as long either way.
        """
        self._require_safe(peer)
        account = self._find(asked.name)
        if (token := read_token(asked.password)) is not None:
            return await self._prove_by_token(account, token, peer)
        self._require_patience(account, asked.name, peer)
        credentials = None if account is None else await self._vault.load_credentials(account)
        is_right = await self._passwords.verify(credentials, asked.password)
        return self._judge(account, asked.name, peer, is_right=is_right)

    async def register(self, session: Session, asked: Register, perform: Perform) -> Answer:
        """Open an account for a guest under the name he has. Raises `Refused`, and then nothing has changed."""
        person = session.person
        self._require_safe(session.peer)
        if self._house.account_of(person.id) is not None:
            raise Refused("already_registered", f"You have an account already, '{person.name}'.")
        require_good_password(asked.password, person.name)
        self._access.require_registration(invited=bool(asked.code))
        self._require_few_registrations(session.peer)
        code = await self._redeem(asked.code) if asked.code else None
        try:
            await self._vault.save_credentials(person.id, await self._passwords.hash(asked.password))
            role = ServerRole.OWNER if code is not None and code.role == "owner" else ServerRole.MEMBER
            answer = await perform(session, OpenAccount(role))
            if isinstance(answer, Refusal):
                raise Refused(**_fields(answer))
            # Somebody else's record may have come before this one.
            if self._house.account_of(person.id) is None:
                raise Refused("name_taken", f"Username '{person.name}' has just been taken.")
        except (Refused, StoreUnavailable):
            await self._undo_registration(person.id, code)
            raise
        log.info("account.opened", name=person.name, peer=session.peer.place)
        return Registered(person.name)

    async def change_password(self, session: Session, asked: ChangePassword) -> Answer:
        """Let somebody log in with another password, who knows the old one."""
        person = session.person
        await self._require_own(session, asked.old)
        require_good_password(asked.new, person.name)
        await self._vault.save_credentials(person.id, await self._passwords.hash(asked.new))
        log.info("account.password_changed", name=person.name, peer=session.peer.place)
        return Done()

    async def delete(self, session: Session, asked: DeleteAccount, perform: Perform) -> Answer:
        """Close an account whose password somebody knows."""
        await self._require_own(session, asked.password)
        person = session.person
        answer = await perform(session, CloseAccount())
        if not isinstance(answer, Refusal):
            log.info("account.closed", name=person.name, peer=session.peer.place)
        return answer

    async def claim(self, session: Session, asked: Claim, perform: Perform) -> Answer:
        """Make somebody the owner of the server who has the code that it printed."""
        self._require_safe(session.peer)
        self._require_patience(session.person.id, session.person.name, session.peer)
        if self._house.account_of(session.person.id) is None:
            raise Refused("not_registered", "Open an account first: /register PASSWORD. Then claim the server with it.")
        code = await self._redeem(asked.code, role="owner", session=session)
        try:
            answer = await perform(session, ClaimServer())
        except StoreUnavailable:
            await self._vault.give_back_code(code.secret_hash)
            raise
        if isinstance(answer, Refusal):
            await self._vault.give_back_code(code.secret_hash)
        return answer
