"""Settings: how a channel may be used, what it is called, and how long it keeps what is said."""

from hubbub.core.kinds import Command, Event, RoomId
from hubbub.core.room import Room, RoomKind
from hubbub.core.room_settings import Access, Change, Retention


class ChangeSettings(Command, frozen=True):
    """Let something else hold in a channel."""

    room: str
    change: Change


class RenameRoom(Command, frozen=True):
    """Call a channel something else."""

    room: str
    new_name: str
    reason: str = ""


class SettingsChanged(Event, frozen=True):
    """Something else holds in the room."""

    change: Change
    access_before: Access | None = None
    """What the access was that is changed; None where it is not, or an older version did not write it down."""


class RoomRenamed(Event, frozen=True):
    """The room is called something else. The store keeps this only where no other channel has the key."""

    old_name: str
    new_name: str
    key: str
    """The new name's comparison form."""
    reason: str = ""


class RetentionSet(Event, frozen=True):
    """A room keeps what is said for another time. Kept in the house's room, so that nobody has to load them all."""

    room: RoomId
    retention: Retention


def apply_settings_changed(room: Room, event: SettingsChanged) -> None:
    """Let the new settings hold."""
    room.settings = event.change.onto(room.settings)
    if room.settings.slow_seconds <= 0:
        room.spoken.clear()


def apply_room_renamed(room: Room, event: RoomRenamed) -> None:
    """Call the channel so; no other kind of room has a name to change."""
    if room.kind is RoomKind.CHANNEL:
        room.name, room.key = event.new_name, event.key


def apply_retention_set(room: Room, event: RetentionSet) -> None:
    """Note how long the other room keeps what is said there."""
    if event.retention == Retention():
        room.retention.pop(event.room, None)
    else:
        room.retention[event.room] = event.retention
