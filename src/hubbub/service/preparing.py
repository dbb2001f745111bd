"""Preparing: the rooms that a command needs are loaded before it is decided, and who they concern hears them."""

from hubbub.core.catalog import AnyCommand, RoomCommand
from hubbub.core.decisions.settings import room_name_taken, room_renamed
from hubbub.core.features.membership import Join
from hubbub.core.features.settings import RenameRoom
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId
from hubbub.core.names import parse_room_name
from hubbub.core.permissions import is_visible
from hubbub.core.room import RoomKind, direct_people
from hubbub.service.ports import Clock
from hubbub.service.room_needs import RoomAddress, rooms_needed
from hubbub.service.rooms import LiveRoom, Rooms
from hubbub.service.sessions import Sessions


class Preparing:
    """Loads what is needed."""

    def __init__(self, house: House, rooms: Rooms, sessions: Sessions, clock: Clock) -> None:
        self._house = house
        self._rooms = rooms
        self._sessions = sessions
        self._clock = clock

    def missing_rooms(self, person: Person, command: AnyCommand) -> list[RoomAddress]:
        """Return what is not loaded of what a command needs."""
        needed = rooms_needed(self._house, person, command, self._clock.time_ms())
        return [room for room in needed if self._house.find_room(room[0], room[1]) is None]

    async def load_rooms(self, person: Person, command: AnyCommand) -> None:
        """Load all that it needs. Raises `Refused` and `StoreUnavailable`."""
        if isinstance(command, RoomCommand):
            await self._rooms.open_existing(RoomKind.CHANNEL, parse_room_name(command.room).key)
        if isinstance(command, RenameRoom):
            await self._require_free(command)
        elif isinstance(command, Join):
            await self._require_present(person, command)
        # Again and again: while some rooms are loaded, people come, go and change whom they block.
        while missing := self.missing_rooms(person, command):
            for kind, key, name in missing:
                live = await self._rooms.open(kind, key, name)
                if kind is not RoomKind.CHANNEL:
                    self.attach_concerned(live)

    async def load_partners(self, person: Person, live: LiveRoom) -> None:
        """Know whom somebody refuses to hear who has an account, is not here, and talks with this person."""
        for other in direct_people(live.settled.kind, live.settled.key):
            if other != person.id and other not in self._house.people and self._house.account_of(other) is not None:
                await self._rooms.open(RoomKind.PERSONAL, other, "")

    async def _require_free(self, command: RenameRoom) -> None:
        """Raise `Refused` where another channel has the name: loaded or not, and also where nobody is in it."""
        name = parse_room_name(command.new_name)
        room = self._house.require_channel(command.room)
        other = await self._rooms.find(RoomKind.CHANNEL, name.key)
        if other is not None and other != room.id:
            raise room_name_taken(name.shown)

    async def _require_present(self, person: Person, command: Join) -> None:
        """Raise `Refused` where a channel was called so until lately of which somebody may know, and none is now.

        Of others he is told nothing, and the name is free. https://ircv3.net/specs/extensions/channel-rename
        """
        name = parse_room_name(command.room)
        former = self._house.former_names.find(name.key, self._clock.time_ms())
        if former is None or await self._rooms.find(RoomKind.CHANNEL, name.key) is not None:
            return
        live = await self._rooms.open_by_id(former)
        if live is not None and is_visible(self._house, live.ahead, person.id):
            raise room_renamed(name.shown, live.ahead.name)

    def attach_concerned(self, live: LiveRoom) -> None:
        """Let those listen whom a room concerns; a channel is listened to by joining it."""
        for person in live.settled.key.split():
            for listener in self._sessions.of(PersonId(person)):
                listener.attach(live)

    def detach_concerned(self, live: LiveRoom) -> None:
        """Let nobody listen to a room any more that is being dropped."""
        for person in live.settled.key.split():
            for listener in self._sessions.of(PersonId(person)):
                listener.detach(live)
                if live.settled.kind is RoomKind.DIRECT:
                    listener.note_shown(live.id)
