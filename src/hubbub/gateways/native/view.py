"""The place as one person is told of it."""

from collections.abc import Mapping
from typing import Final

from hubbub.core.conversations import conversation_name
from hubbub.core.house import Person
from hubbub.core.room import Room, RoomKind
from hubbub.core.room_answers import Entered
from hubbub.gateways.native.settings import NativeSettings
from hubbub.wire.native import HeardKind, RoomState, You

_KINDS: Final[Mapping[RoomKind, HeardKind]] = {
    RoomKind.CHANNEL: "channel",
    RoomKind.DIRECT: "direct",
    RoomKind.HOUSE: "house",
    RoomKind.PERSONAL: "personal",
}
"""Nobody hears any others."""


class View:
    """What one person sees, and what it is called for him."""

    __slots__ = ("_settings", "person")

    def __init__(self, settings: NativeSettings, person: Person) -> None:
        self._settings = settings
        self.person = person

    def you(self) -> You:
        """Return who he is."""
        person, house = self.person, self._settings.house
        has_account = house.account_of(person.id) is not None
        return You(person.id, person.name, has_account, house.role_of(person.id) if has_account else "")

    def room(self, room: Room, entered: Entered | None = None) -> RoomState:
        """Return a room, with what is in it where that is given."""
        name, kind = self.name_of(room), _KINDS[room.kind]
        if entered is None:
            return RoomState(room.id, name, kind, room.seq)
        settings = room.settings
        return RoomState(
            room.id,
            name,
            kind,
            entered.seq,
            entered.topic,
            entered.member_count,
            entered.some_members,
            entered.recent,
            # It may be about to change, which is heard then.
            access=settings.access,
            is_archived=settings.is_archived,
            is_group=settings.is_group,
        )

    def entered_room(self, room: Room) -> RoomState:
        """Return a room that he hears from now on, as it is at this very moment."""
        shows_much = room.kind in {RoomKind.CHANNEL, RoomKind.DIRECT}
        return self.room(room, self._settings.look_into(self.person, room.id) if shows_much else None)

    def name_of(self, room: Room) -> str:
        """Return what a room is called for him: a conversation, as the other is."""
        if room.kind is RoomKind.DIRECT:
            return conversation_name(self._settings.house, self.person.id, room.key)
        return room.name
