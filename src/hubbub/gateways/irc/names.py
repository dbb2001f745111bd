"""Names: what people, rooms and the server are called in IRC lines."""

from typing import Final

from hubbub.core.bans import USER
from hubbub.core.catalog import AnyEvent
from hubbub.core.house import House
from hubbub.core.kinds import PersonId
from hubbub.core.roles import RoomRole

SEEN_LIMIT: Final = 20_000
"""How many people's hosts are kept at hand, some 150 bytes each."""

PREFIXES: Final = {
    RoomRole.OWNER: "~",
    RoomRole.DEPUTY: "&",
    RoomRole.MODERATOR: "@",
    RoomRole.ASSISTANT: "%",
    RoomRole.SPEAKER: "+",
}
"""What stands before the name of somebody who is more than a member, from the highest role to the lowest."""

RANKS: Final = {
    RoomRole.OWNER: "q",
    RoomRole.DEPUTY: "a",
    RoomRole.MODERATOR: "o",
    RoomRole.ASSISTANT: "h",
    RoomRole.SPEAKER: "v",
}
"""The mode that gives somebody such a role, in the same order."""


class Names:
    """Who stands at the beginning of a line."""

    __slots__ = ("_house", "_seen", "moves", "server")

    def __init__(self, house: House, server: str) -> None:
        self._house = house
        self.server = server
        """What the server is called; there is a full stop in it, by which clients know it from a person."""
        self._seen: dict[PersonId, tuple[str, str]] = {}
        """At which address, and so at which host, guests were seen; who leaves is heard to do so from there."""
        self.moves = 0
        """How often it was noticed that somebody has another host than before."""

    def source(self, person: PersonId, name: str) -> str:
        """Return `nick!user@host` of somebody who is called so."""
        return f"{name}!{USER}@{self.host(person)}"

    def named(self, name: str) -> str:
        """Return `nick!user@host` of whoever is called so, or the mere name where nobody is any more."""
        person = self._house.find_named(name)
        return name if person is None else self.source(person.id, person.name)

    def host(self, person: PersonId) -> str:
        """Return the host that others see somebody at."""
        house = self._house
        present = house.people.get(person)
        seen = self._seen.get(person)
        if present is None:
            return house.host_of(person) if seen is None else seen[1]
        place = "account" if house.account_of(person) is not None else present.addresses[0] if present.addresses else ""
        if seen is None or seen[0] != place:
            self.moves += seen is not None
            if len(self._seen) >= SEEN_LIMIT:
                del self._seen[next(iter(self._seen))]
            seen = self._seen[person] = (place, house.host_of(person))
        return seen[1]

    def author(self, event: AnyEvent) -> str:
        """Return who did something, called as he was then."""
        return self.source(event.author, nick_of(event))

    def account(self, person: PersonId) -> str:
        """Return what somebody's account is called; empty where he has none."""
        account = self._house.account_of(person)
        return "" if account is None else account.name

    def is_bot(self, person: PersonId) -> bool:
        """Return whether somebody who is here says that he is a program."""
        present = self._house.people.get(person)
        return present is not None and present.is_bot


def nick_of(event: AnyEvent) -> str:
    """Return what whoever did something was called then; what stands for a deleted account is no nick as it is."""
    return event.name.replace(" ", "_")
