"""Passes: what a guest shows to be the same guest again, on another connection or over HTTP, as long as he is here."""

import secrets

from hubbub.core.house import House
from hubbub.core.kinds import PersonId

PASS_BYTES = 32
"""Random bytes of a pass: nobody guesses it, so it is looked up as it is."""


class Passes:
    """Who has which pass. They are kept in memory only: a guest does not outlive the server."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._by_person: dict[PersonId, str] = {}
        self._people: dict[str, PersonId] = {}

    def issue(self, person: PersonId) -> str:
        """Return somebody's pass, making it the first time."""
        known = self._by_person.get(person)
        if known is None:
            known = self._by_person[person] = secrets.token_urlsafe(PASS_BYTES)
            self._people[known] = person
        return known

    def find(self, text: str) -> PersonId | None:
        """Return whose pass that is, if it is one: whoever has opened an account since proves that it is his."""
        person = self._people.get(text)
        return None if person is None or self._house.account_of(person) is not None else person

    def is_issued(self, person: PersonId) -> bool:
        """Return whether somebody has a pass."""
        return person in self._by_person

    def revoke(self, person: PersonId) -> None:
        """Let his pass be worth nothing any more; harmless if he has none."""
        known = self._by_person.pop(person, None)
        if known is not None:
            del self._people[known]
