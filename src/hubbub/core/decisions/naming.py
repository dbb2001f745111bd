"""Naming: what people are called."""

from hubbub.core.features.renaming import Rename, Renamed
from hubbub.core.house import House
from hubbub.core.kinds import Refused
from hubbub.core.names import Name, parse_name, suggest_name
from hubbub.core.queries import Called
from hubbub.core.scene import Decision, Scene


def rename(scene: Scene, command: Rename) -> Decision:
    """Let someone be called something else, in every room he is in."""
    person = scene.person
    name = parse_name(command.name)
    if name.key != person.key and not scene.house.is_free_for(person.id, name.key, scene.now_ms):
        raise name_taken(scene.house, name, scene.now_ms)
    if name.shown == person.name:
        return Decision(answer=Called(name.shown))
    renamed = Renamed(person.id, person.name, name.shown)
    return Decision(tuple((room, renamed) for room in person.channels.values()), Called(name.shown), claim=name)


def name_taken(house: House, name: Name, now_ms: int) -> Refused:
    """Return the refusal of a name that somebody else has, with one that is free."""
    suggestion = suggest_name(name.shown, lambda key: house.is_free(key, now_ms))
    return Refused("name_taken", f"Username '{name.shown}' is already taken.", suggestion=suggestion)
