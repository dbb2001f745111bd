"""Accounts: how people open them, change their passwords, claim the server, and give their accounts up."""

from collections.abc import Awaitable
from functools import partial
from typing import Protocol

import structlog

from hubbub.core.access import Access
from hubbub.core.account_answers import Registered
from hubbub.core.account_requests import ChangePassword, Claim, DeleteAccount, Register
from hubbub.core.answers import Answer
from hubbub.core.catalog import AnyCommand
from hubbub.core.codes import hash_code
from hubbub.core.decisions.naming import require_free
from hubbub.core.features.accounts import ClaimServer, CloseAccount, OpenAccount
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.message_answers import Done
from hubbub.core.names import parse_name
from hubbub.core.roles import ServerRole
from hubbub.service.guard import Guard
from hubbub.service.password_rules import require_password
from hubbub.service.passwords import Passwords
from hubbub.service.peers import Peer
from hubbub.service.people import new_person_id
from hubbub.service.ports import Clock, StoreUnavailable
from hubbub.service.proofs import Proofs, RequireSafe
from hubbub.service.retrying import Retrying
from hubbub.service.revoking import Revoking
from hubbub.service.sessions import Applicant, Asker, Session
from hubbub.service.vault import Code, Vault

log = structlog.get_logger(__name__)


class Perform(Protocol):
    """How a command is carried out."""

    def __call__(self, asker: Asker, command: AnyCommand) -> Awaitable[Answer]:
        """Return what came of it; raises `Refused` and `StoreUnavailable`."""


class Accounts:
    """Does what takes a secret and a record: first the secret is put away, then the record says so."""

    def __init__(  # noqa: PLR0913 - the parts it joins, and nothing else
        self,
        house: House,
        vault: Vault,
        passwords: Passwords,
        proofs: Proofs,
        guard: Guard,
        clock: Clock,
        access: Access,
        require_safe: RequireSafe,
        perform: Perform,
        retrying: Retrying,
        revoking: Revoking,
    ) -> None:
        self._house = house
        self._vault = vault
        self._passwords = passwords
        self._proofs = proofs
        self._guard = guard
        self._clock = clock
        self.access = access
        self._require_safe = require_safe
        self._perform = perform
        self._retrying = retrying
        self._revoking = revoking

    async def open(self, name: str, asked: Register, peer: Peer) -> PersonId:
        """Open an account for somebody who is not in yet, and return it. Raises `Refused` and `StoreUnavailable`."""
        wanted = parse_name(name)
        require_free(self._house, None, wanted, self._clock.time_ms())
        newcomer = Person(new_person_id(), wanted.shown, wanted.key)
        # Nobody else may come in under the name while its password is being hashed.
        self._house.claim(wanted, newcomer.id)
        try:
            await self._open(Applicant(newcomer, peer), asked)
        finally:
            self._house.release(wanted.key, newcomer.id)
        return newcomer.id

    async def register(self, session: Session, asked: Register) -> Answer:
        """Open an account for a guest under the name he has. Raises `Refused` and `StoreUnavailable`."""
        person = session.person
        if self._house.account_of(person.id) is not None:
            raise Refused("already_registered", f"You have an account already, '{person.name}'.")
        await self._open(session, asked)
        return Registered(person.name)

    async def change_password(self, session: Session, asked: ChangePassword) -> Answer:
        """Let somebody log in with another password, who knows the old one."""
        person = session.person
        self.require_account(person)
        await self._proofs.require_password(person, asked.old, session.peer)
        require_password(asked.new, person.name)
        credentials = await self._passwords.hash(asked.new)
        # Whoever deleted it meanwhile leaves no secret behind.
        self.require_account(person)
        await self._vault.save_credentials(person.id, credentials)
        # Whoever knew the old one may have logged in with a browser, and would stay.
        await self._revoking.log_out_browsers(person.id, session)
        log.info("account.password_changed", name=person.name, peer=session.peer.place)
        return Done()

    async def delete(self, session: Session, asked: DeleteAccount) -> Answer:
        """Close an account for somebody who knows its password; all its connections are ended."""
        person = session.person
        self.require_account(person)
        await self._proofs.require_password(person, asked.password, session.peer)
        await self._perform(session, CloseAccount())
        log.info("account.closed", name=person.name, peer=session.peer.place)
        return Done()

    async def claim(self, session: Session, asked: Claim) -> Answer:
        """Make somebody the owner of the server who has the code that it printed."""
        person = session.person
        self.require_account(person)
        self._require_safe(session.peer)
        code = await self._redeem(asked.code, session)
        try:
            _require_claim(code)
            return await self._perform(session, ClaimServer())
        except (Refused, StoreUnavailable):
            await self._give_back(code)
            raise

    async def _open(self, asker: Asker, asked: Register) -> None:
        person, peer = asker.person, asker.peer
        self._require_safe(peer)
        require_password(asked.password, person.name)
        self.access.require_registration(invited=bool(asked.code))
        self._require_few_registrations(peer)
        code = await self._redeem(asked.code, asker) if asked.code else None
        try:
            _require_no_device(code)
            await self._vault.save_credentials(person.id, await self._passwords.hash(asked.password))
            role = ServerRole.OWNER if code is not None and code.role == "owner" else ServerRole.MEMBER
            await self._perform(asker, OpenAccount(role))
            self._require_kept(person)
        except (Refused, StoreUnavailable):
            await self._undo_opening(person.id, code)
            raise
        log.info("account.opened", name=person.name, peer=peer.place)

    def _require_kept(self, person: Person) -> None:
        """Raise `Refused` where the record is kept, and void: another one, by another program, came before it."""
        if self._house.account_of(person.id) is None:
            raise Refused("name_taken", f"Username '{person.name}' has just been taken.")

    async def _undo_opening(self, account: PersonId, code: Code | None) -> None:
        await self._retrying.do(partial(self._vault.delete_credentials, account))
        if code is not None:
            await self._give_back(code)

    async def _give_back(self, code: Code) -> None:
        await self._retrying.do(partial(self._vault.give_back_code, code.secret_hash))

    async def _redeem(self, text: str, asker: Asker) -> Code:
        """Use up one use of a code. Raises `Refused` with `bad_code`, and slows down whoever guesses."""
        secret = hash_code(text)
        # Codes are guessed by addresses, not at anybody.
        with self._proofs.attempt("", asker.peer) as attempt:
            code = None if secret is None else await self._vault.redeem_code(secret, self._clock.time_ms())
            if code is not None:
                return code
            attempt.fail()
            raise Refused(
                "bad_code", "That code is not known here, is used up, or has expired. Check it, or ask for another."
            )

    def require_account(self, person: Person) -> None:
        """Raise `Refused` with `not_registered` for a guest."""
        if self._house.account_of(person.id) is None:
            raise Refused("not_registered", "That needs an account. Open one with /register PASSWORD.")

    def _require_few_registrations(self, peer: Peer) -> None:
        seconds = self._guard.register(peer.group)
        if seconds:
            minutes = max(1, round(seconds / 60))
            raise Refused(
                "too_fast",
                f"Many accounts were opened from your address. Try again in {minutes} minutes.",
                retry_seconds=seconds,
            )


def _require_no_device(code: Code | None) -> None:
    if code is not None and code.role == "device":
        raise Refused("bad_code", "That code opens no account: it logs in whoever made it.")


def _require_claim(code: Code) -> None:
    if code.role != "owner":
        raise Refused("bad_code", "That code opens an account. The one that claims the server is printed at its start.")
