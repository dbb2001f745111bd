"""Traits, decided: who may note something about whom, and who learns of it."""

from hubbub.core.decisions.audit import audited
from hubbub.core.decisions.governing import require_governed
from hubbub.core.decisions.presence import to_roommates
from hubbub.core.features.traits import SetTrait, TraitSet, decide_trait
from hubbub.core.permissions import Act
from hubbub.core.room import RoomKind
from hubbub.core.scene import Decision, Scene
from hubbub.core.signals import Portraying


def set_trait(scene: Scene, command: SetTrait) -> Decision:
    """Let someone note something about himself, or an owner about his channel; what is so already is told nobody."""
    return _portray_room(scene, command) if command.subject else _portray_oneself(scene, command)


def _portray_oneself(scene: Scene, command: SetTrait) -> Decision:
    person, room = scene.person, scene.house.require_room(RoomKind.PERSONAL, scene.person.id)
    value = decide_trait(room, command)
    if room.traits.get(command.key) == value:
        return Decision()
    signal = Portraying(person.name, command.key, value)
    event = TraitSet(person.id, person.name, command.key, value)
    return Decision(((room, event),), signals=to_roommates(scene, signal), elsewhere=signal)


def _portray_room(scene: Scene, command: SetTrait) -> Decision:
    person, room = scene.person, require_governed(scene, command.subject, Act.CHANGE_SETTINGS)
    value = decide_trait(room, command)
    if room.traits.get(command.key) == value:
        return Decision()
    signal = Portraying(room.name, command.key, value)
    event = TraitSet(person.id, person.name, command.key, value)
    audit = audited(scene, Act.CHANGE_SETTINGS, f"{command.key} {'-' if value is None else value}", room)
    told = tuple((member, signal) for member in room.members if member != person.id)
    return Decision(((room, event), audit), signals=told, elsewhere=signal)
