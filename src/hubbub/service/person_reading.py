"""Reading about people: who somebody is, and whether he is there."""

from hubbub.core.house import House, Person
from hubbub.core.kinds import Refused
from hubbub.core.people_answers import AcceptedList, PersonFound, TraitList
from hubbub.core.permissions import require_visible
from hubbub.core.queries import FindPerson, ListTraits
from hubbub.core.room import RoomKind
from hubbub.service.rooms import Rooms


class PersonReading:
    """Looks people up."""

    def __init__(self, house: House, rooms: Rooms) -> None:
        self._house = house
        self._rooms = rooms

    def list_accepted(self, person: Person) -> AcceptedList:
        """Return who may write to somebody alone; those whom he has accepted are called as they are now."""
        account = self._house.account_of(person.id)
        shows = account is not None and account.shows_last_seen
        room = self._house.find_room(RoomKind.PERSONAL, person.id)
        if room is None:
            return AcceptedList("everyone", (), shows)
        found = ((self._house.find_by_id(one), name) for one, name in room.accepted.items())
        names = sorted((name if other is None else other.name for other, name in found), key=str.casefold)
        return AcceptedList(room.senders, tuple(names), shows)

    async def list_traits(self, person: Person, query: ListTraits) -> TraitList:
        """Return what is noted about a person, or about a channel that the asker may know of.

        Raises `Refused` with `unknown_person`, `no_such_room` or `bad_room_name`, and `StoreUnavailable`.
        """
        if query.subject.startswith("#"):
            room = require_visible(self._house, query.subject, person.id)
            live = self._rooms.get(room.id)
            kept = room if live is None else live.settled
            return TraitList(kept.name, dict(kept.traits))
        found = self._house.find_named(query.subject)
        if found is None:
            raise Refused("unknown_person", f"User '{query.subject}' not found.")
        if not found.is_present:
            await self._rooms.open(RoomKind.PERSONAL, found.id, "")
        return TraitList(found.name, dict(self._house.traits_of(found.id)))

    async def find(self, person: Person, query: FindPerson) -> PersonFound:
        """Return who is called so. Raises `Refused` with `unknown_person`, and `StoreUnavailable`."""
        found = self._house.find_named(query.name)
        if found is None:
            raise Refused("unknown_person", f"User '{query.name}' not found.")
        account = self._house.account_of(found.id)
        last_seen_ms, about, is_bot = None, found.about, found.is_bot
        if account is not None and not found.is_present:
            personal = (await self._rooms.open(RoomKind.PERSONAL, found.id, "")).settled
            last_seen_ms = personal.gone_ms or None if account.shows_last_seen else None
            about, is_bot = personal.about, personal.is_bot
        shared = sorted(room.name for room in person.channels.values() if found.id in room.members)
        return PersonFound(
            found.name,
            account is not None,
            found.is_present,
            found.away,
            last_seen_ms,
            tuple(shared),
            about,
            is_bot,
        )
