"""Settings: letting something else hold in a channel, and calling it something else."""

from typing import Final

from hubbub.core.decisions.audit import audited
from hubbub.core.decisions.governing import governed, require_governed, unchanged
from hubbub.core.features.membership import REASON_LIMIT
from hubbub.core.features.settings import ChangeSettings, RenameRoom, RetentionSet, RoomRenamed, SettingsChanged
from hubbub.core.kinds import Refused
from hubbub.core.names import parse_room_name
from hubbub.core.permissions import Act, require_may
from hubbub.core.room import HOUSE_KEY, LOBBY, Room, RoomKind
from hubbub.core.room_settings import KEY_LIMIT, MOST, Change, Retention
from hubbub.core.scene import Decision, Scene
from hubbub.core.texts import clean_line

PACE: Final = frozenset({"is_moderated", "slow_seconds", "speakers_have_accounts"})
"""Settings that are a moderator's."""

LOBBY_KEEPS: Final = frozenset({"member_limit", "key", "is_archived", "is_hidden", "accounts_only"})
"""What the room into which everybody comes cannot have; nor can it be private."""


def change_settings(scene: Scene, command: ChangeSettings) -> Decision:
    """Let an owner change what holds in a channel, and a moderator who may speak there and how often."""
    room = require_governed(scene, command.room, Act.CHANGE_PACE)
    change = command.change
    fields = change.fields
    if not fields.keys() <= PACE:
        require_may(scene.house, room, scene.person.id, Act.CHANGE_SETTINGS)
    _require_sense(room, change)
    settings, change = change.onto(room.settings), change.beyond(room.settings)
    if settings == room.settings:
        return unchanged(room)
    beside = [audited(scene, Act.CHANGE_SETTINGS, _describe(change), room)]
    kept = Retention(settings.keep_days, settings.keep_messages)
    if kept != Retention(room.settings.keep_days, room.settings.keep_messages):
        house_room = scene.house.require_room(RoomKind.HOUSE, HOUSE_KEY)
        beside.append((house_room, RetentionSet(scene.person.id, scene.person.name, room.id, kept)))
    access_before = None if change.access is None else room.settings.access
    event = SettingsChanged(scene.person.id, scene.person.name, change, access_before)
    return governed(scene, room, (event,), *beside)


def rename_room(scene: Scene, command: RenameRoom) -> Decision:
    """Let an owner call a channel something else. The store has the last word on whether the name is free."""
    room = require_governed(scene, command.room, Act.RENAME)
    name = parse_room_name(command.new_name)
    if room.key == LOBBY:
        raise Refused("not_allowed", f"{LOBBY} is where everybody comes in, and is always called so.")
    if name.shown == room.name:
        return unchanged(room)
    other = scene.house.channels.get(name.key)
    if other is not None and other is not room:
        raise room_name_taken(name.shown)
    reason = clean_line(command.reason, REASON_LIMIT)
    event = RoomRenamed(scene.person.id, scene.person.name, room.name, name.shown, name.key, reason)
    return governed(scene, room, (event,), audited(scene, Act.RENAME, name.shown, room, reason))


def room_name_taken(name: str) -> Refused:
    """Return the refusal of a name that another room has."""
    return Refused("name_taken", f"There is a room {name} already. Choose another name.")


def room_renamed(name: str, present: str) -> Refused:
    """Return the refusal of a name that a room had not long ago; it suggests what the room is called now."""
    return Refused("room_renamed", f"{name} is called {present} now. Come in with /join {present}.", suggestion=present)


def _describe(change: Change) -> str:
    """Return what is changed, and into what, for the audit; a key is nobody's business there."""
    return ", ".join(field if field == "key" else f"{field} {value}" for field, value in change.fields.items())


def _require_sense(room: Room, change: Change) -> None:
    """Raise `Refused` with `bad_setting` for what cannot hold."""
    for field, value in change.fields.items():
        if why := why_unfit(room.key, field, value):
            raise Refused("bad_setting", why)


def why_unfit(room_key: str, field: str, value: object) -> str:
    """Return why a setting of a room cannot be that; empty where it can."""
    if field == "is_group":
        return "A room is a group from its beginning, or never. Begin one with the people in it."
    if room_key == LOBBY and (value == "private" if field == "access" else field in LOBBY_KEEPS and bool(value)):
        return f"{LOBBY} is where everybody comes in: it stays open to all."
    most = MOST.get(field)
    if most is not None and isinstance(value, int) and not 0 <= value <= most:
        return f"That must be a number from 0 to {most}."
    if field == "key" and isinstance(value, str) and not _can_be_key(value):
        return f"A key has up to {KEY_LIMIT} characters, and no spaces."
    return ""


def _can_be_key(key: str) -> bool:
    return not key or (len(key) <= KEY_LIMIT and " " not in key and key.isprintable())
