"""Levels: of what somebody is told in which room. With an account it is kept for good, a guest's while he is here."""

from collections.abc import Mapping
from typing import Final
from weakref import WeakKeyDictionary

from hubbub.core.attention_answers import LevelFound, LevelList
from hubbub.core.attention_requests import FindLevel, SetLevel
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refused, RoomId
from hubbub.core.levels import Level
from hubbub.service.notebook import Notebook
from hubbub.service.whereabouts import Whereabouts

LEVELS_LIMIT: Final = 500
"""Of how many rooms and conversations one person may say it: all of it is told to him whenever he comes in."""


class Levels:
    """Keeps and shows levels. What is asked of it may raise `Refused` and `StoreUnavailable`."""

    def __init__(self, house: House, notebook: Notebook, whereabouts: Whereabouts) -> None:
        self._house = house
        self._notebook = notebook
        self._whereabouts = whereabouts
        self._guests: WeakKeyDictionary[Person, dict[RoomId, Level]] = WeakKeyDictionary()

    async def set(self, person: Person, asked: SetLevel) -> LevelFound:
        """Keep of what somebody is told in a room or conversation of his."""
        spot = await self._whereabouts.find(person, asked.room)
        known = await self._all(person)
        if spot.room not in known and asked.level != "default" and len(known) >= LEVELS_LIMIT:
            raise Refused(
                "list_full", f"You have chosen for {LEVELS_LIMIT} rooms, and that is the most. Let one be as usual."
            )
        # Also of somebody who has just got his account: what he says now is not to be written over.
        self._guests.get(person, {}).pop(spot.room, None)
        if self._house.account_of(person.id) is not None:
            await self._notebook.save_level(person.id, spot.room, asked.level)
        elif asked.level != "default":
            self._guests.setdefault(person, {})[spot.room] = asked.level
        return LevelFound(spot.name, asked.level, spot.room)

    async def find(self, person: Person, asked: FindLevel) -> LevelFound:
        """Return of what he is told there."""
        spot = await self._whereabouts.find(person, asked.room)
        return LevelFound(spot.name, (await self._all(person)).get(spot.room, "default"), spot.room)

    async def find_all(self, person: Person) -> LevelList:
        """Return where he has said anything; also where he is not any more, for it holds again when he returns."""
        levels = await self._all(person)
        found = [
            LevelFound(await self._whereabouts.name(person.id, room), level, room) for room, level in levels.items()
        ]
        return LevelList(tuple(sorted(found, key=lambda one: (one.room.casefold(), one.id))))

    async def load(self, account: PersonId) -> Mapping[RoomId, Level]:
        """Return what holds for somebody with an account, here or not."""
        levels = await self._notebook.load_levels(account)
        person = self._house.people.get(account)
        return levels if person is None else levels | self.of_guest(person)

    def of_guest(self, person: Person) -> dict[RoomId, Level]:
        """Return what holds for a guest, or is not handed over yet."""
        return self._guests.get(person, {}).copy()

    async def hand_over(self, person: Person) -> None:
        """Keep for good what somebody has said as a guest, who has an account now; harmless when repeated."""
        for room, level in self.of_guest(person).items():
            await self._notebook.save_level(person.id, room, level)
            self._guests[person].pop(room, None)

    async def _all(self, person: Person) -> Mapping[RoomId, Level]:
        is_guest = self._house.account_of(person.id) is None
        return self.of_guest(person) if is_guest else await self.load(person.id)
