"""The directory watch: what follows when an account has changed, whoever changed it, here or elsewhere."""

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import Any, Final

from hubbub.core.catalog import Record
from hubbub.core.decisions.ejection import require_welcome
from hubbub.core.directory import Directory, Holder
from hubbub.core.features.accounts import AccountClosed, AccountDisabled, AccountOpened, AccountRenamed
from hubbub.core.features.ejection import Ejected, ServerBanned
from hubbub.core.features.membership import SILENTLY, Departure
from hubbub.core.features.renaming import Rename
from hubbub.core.house import House
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.names import suggest_name
from hubbub.core.texts import in_brackets
from hubbub.core.visitors import visitor_of
from hubbub.service.identities import tell_account
from hubbub.service.levels import Levels
from hubbub.service.notebook import Notebook
from hubbub.service.ports import Clock, StoreUnavailable
from hubbub.service.presence import Presence
from hubbub.service.requests import Requests
from hubbub.service.retrying import Retrying
from hubbub.service.sessions import Applicant, Session, Sessions
from hubbub.service.shelf import Shelf
from hubbub.service.vault import Vault

GONE: Final = "Your account is deleted. Connect again to come in as a guest."
DISABLED: Final = "Your account was disabled. Ask an administrator of this server."


class DirectoryWatch:
    """Sends away who has no account any more, forgets its secrets, and gives names to those they belong to."""

    def __init__(  # noqa: PLR0913 - whom it tells
        self,
        house: House,
        sessions: Sessions,
        presence: Presence,
        requests: Requests,
        vault: Vault,
        notebook: Notebook,
        levels: Levels,
        shelf: Shelf,
        clock: Clock,
        retrying: Retrying,
    ) -> None:
        self._house = house
        self._sessions = sessions
        self._presence = presence
        self._requests = requests
        self._vault = vault
        self._notebook = notebook
        self._levels = levels
        self._shelf = shelf
        self._clock = clock
        self._retrying = retrying
        self._tasks: set[asyncio.Task[None]] = set()

    def notice(self, record: Record, directory: Directory) -> None:
        """Do what follows from a record that has come to this directory."""
        match record.event:
            case AccountOpened(author=account, key=key):
                self._make_way(account, key, directory)
                self._presence.know(account)
                if account in directory.accounts and (person := self._house.people.get(account)) is not None:
                    tell_account(self._house, self._sessions, person)
                    self._retrying.start(partial(self._levels.hand_over, person))
            case AccountRenamed(author=account, key=key):
                self._make_way(account, key, directory)
            case AccountClosed():
                self._dismiss(record.event.account, GONE)
                self._forget_secrets(record.event.account)
            case Ejected() as event:
                self._eject(event)
            case ServerBanned() as event:
                self._dismiss_banned(Departure(event.reason, event.name))
            case AccountDisabled():
                self._dismiss(record.event.account, DISABLED)
            case _:
                pass

    def _dismiss(self, account: PersonId, sentence: str, departure: Departure = SILENTLY) -> None:
        for session in list(self._sessions.of(account)):
            session.dismiss(sentence, departure)

    def _eject(self, event: Ejected) -> None:
        bearer = self._house.find_person(event.key)
        if bearer is not None:
            sentence = f"{event.name} has sent you off this server.{in_brackets(event.reason)}"
            self._dismiss(bearer.id, sentence, Departure(event.reason, event.name))

    def _dismiss_banned(self, departure: Departure) -> None:
        """Send everybody away whom a ban concerns, by who he is, what he is called, or where he comes from."""
        now_ms = self._clock.time_ms()
        for person in list(self._house.people.values()):
            try:
                require_welcome(self._house, visitor_of(self._house, person.id, person.name), now_ms)
            except Refused as refused:
                self._dismiss(person.id, refused.refusal.sentence, departure)

    def _make_way(self, account: PersonId, key: str, directory: Directory) -> None:
        """Have a guest called something else whose name has become an account's elsewhere."""
        if directory.names.get(key) != Holder(account):
            return  # it came too late, and changed nothing
        bearer = self._house.find_person(key)
        if bearer is None or bearer.id == account:
            return
        for session in self._sessions.of(bearer.id)[:1]:
            self._spawn(self._rename(session))

    async def _rename(self, session: Session) -> None:
        now_ms = self._clock.time_ms()
        name = suggest_name(session.person.name, lambda key: self._house.is_free(key, now_ms))
        try:
            # As nobody's wish, so that the guest hears of it as the others do.
            await self._requests.perform(Applicant(session.person, session.peer), Rename(name))
        except (Refused, StoreUnavailable):
            session.dismiss("Your name belongs to an account now. Connect again under another one.")

    def _forget_secrets(self, account: PersonId) -> None:
        """Have deleted what an account was proved by, what it had noted for itself, and files that it never showed."""
        self._retrying.start(partial(self._vault.delete_credentials, account))
        self._retrying.start(partial(self._vault.delete_tokens, account))
        self._retrying.start(partial(self._vault.delete_ssh_keys, account))
        self._retrying.start(partial(self._notebook.forget, account))
        self._retrying.start(partial(self._shelf.forget, account))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
