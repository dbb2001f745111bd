"""Whom an archive speaks of: somebody with an account here, or somebody who is only a name."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from hubbub.core.directory import Directory
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.names import find_key, parse_name, suggest_name
from hubbub.wire.transfer.things import Person

STAND_IN: Final = "import:"
"""How the id of somebody begins who has no account here, and never can: the service makes none like it."""


class ImportPeople:
    """Finds out who is who. Somebody of one source is always the same person here."""

    def __init__(
        self,
        source: str,
        known: Mapping[str, str],
        directory: Directory,
        mapped: Mapping[str, str],
        *,
        match_names: bool,
    ) -> None:
        """Take people as accounts that are mapped, by their id or name there, or with `match_names` called alike.

        `known` is what people are called in the archive. Raises `Refused` for an account that does not exist.
        """
        self._source = source
        self._known = known
        self._match_names = match_names
        self._directory = directory
        self._found: dict[Person, PersonId] = {}
        self._accounts = {account.key: person for person, account in directory.accounts.items()}
        self._mapped = {there: self._require_account(name) for there, name in mapped.items()}

    def find(self, person: Person) -> PersonId:
        """Return who it is here."""
        found = self._found.get(person)
        if found is None:
            found = self._found[person] = self._find(person)
        return found

    def _find(self, person: Person) -> PersonId:
        name = self._known.get(person.id, person.name)
        account = self._mapped.get(person.id) or self._mapped.get(name)
        if account is None and self._match_names:
            account = self._accounts.get(find_key(name))
        return account or self._stand_in(person.id or person.name)

    def find_account(self, person: Person) -> PersonId | None:
        """Return whose account he has, or None."""
        found = self.find(person)
        return None if found.startswith(STAND_IN) else found

    def called(self, account: PersonId) -> str:
        """Return what somebody with an account is called here."""
        return self._directory.accounts[account].name

    def _require_account(self, name: str) -> PersonId:
        account = self._accounts.get(find_key(name))
        if account is None:
            raise Refused("unknown_person", f"There is no account '{name}'. hubbub admin list shows all.")
        return account

    def _stand_in(self, person: str) -> PersonId:
        # A digest, for what stands in an archive may be of any length and of any characters.
        digest = hashlib.sha256(f"{self._source}\0{person}".encode(errors="replace"))
        return PersonId(STAND_IN + digest.hexdigest()[:16])


@lru_cache(10_000)
def fit_name(name: str) -> str:
    """Return the name as every protocol here can show it, the nearest one that it can."""
    try:
        return parse_name(name).shown
    except Refused:
        return suggest_name(name, lambda _: True)
