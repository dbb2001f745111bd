"""Account listing: who has an account, for those who look after the server."""

from heapq import nsmallest

from hubbub.core.directory import Account
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId
from hubbub.core.names import find_pattern_key
from hubbub.core.people_answers import ACCOUNTS_LISTED, AccountList, AccountView
from hubbub.core.permissions import require_administrator
from hubbub.core.queries import ListAccounts
from hubbub.core.room import RoomKind
from hubbub.service.rooms import Rooms


class AccountListing:
    """Lists accounts, page by page."""

    def __init__(self, house: House, rooms: Rooms) -> None:
        self._house = house
        self._rooms = rooms

    async def answer(self, person: Person, query: ListAccounts) -> AccountList:
        """Return the accounts whose names begin so. Raises `Refused` with `not_allowed`, and `StoreUnavailable`."""
        require_administrator(self._house, person.id)
        accounts = self._house.directory.accounts
        prefix = find_pattern_key(query.prefix.strip())
        found = [(account.key, one) for one, account in accounts.items() if account.key.startswith(prefix)]
        end = query.skip + ACCOUNTS_LISTED
        # What is listed is taken before anything is awaited: who closes his account meanwhile is listed once more.
        page = [(one, accounts[one]) for _, one in nsmallest(end, found)[query.skip :]]
        listed = tuple([await self._view(one, account) for one, account in page])
        return AccountList(listed, max(0, len(found) - end))

    async def _view(self, one: PersonId, account: Account) -> AccountView:
        present, last_seen_ms = self._house.people.get(one), None
        if present is None and account.shows_last_seen:
            personal = (await self._rooms.open(RoomKind.PERSONAL, one, "")).settled
            last_seen_ms = personal.gone_ms or None
        return AccountView(
            account.name,
            account.role,
            account.opened_ms,
            account.is_disabled,
            present is not None,
            None if present is None else present.away,
            last_seen_ms,
        )
