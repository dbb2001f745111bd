"""Audit: what moderators and administrators do is written down together with what comes of it, or not done at all."""

from msgspec.structs import replace

from hubbub.core.catalog import AnyEvent
from hubbub.core.features.auditing import Audited
from hubbub.core.room import AUDIT_KEY, Room, RoomKind
from hubbub.core.scene import Scene


def audited(scene: Scene, act: str, target: str, room: Room | None, reason: str = "") -> tuple[Room, AnyEvent]:
    """Return what has to happen beside an act: the record of it. `room` is None for what concerns the server."""
    person = scene.person
    event = Audited(person.id, person.name, act, target, reason=reason)
    if room is not None:
        event = replace(event, room=room.id, room_name=room.name)
    return scene.house.require_room(RoomKind.AUDIT, AUDIT_KEY), event
