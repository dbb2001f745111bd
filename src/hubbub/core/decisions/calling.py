"""Calling: whom something that is said calls, by name, by a keyword or all together."""

from collections.abc import Collection
from typing import Final, TypeVar

import msgspec
from msgspec.structs import replace

from hubbub.core.features.annotating import Edited
from hubbub.core.features.messages import Said
from hubbub.core.house import House
from hubbub.core.kinds import PersonId
from hubbub.core.mentions import CALLS_ALL, read_calls
from hubbub.core.permissions import Act, may
from hubbub.core.room import Room, RoomKind, direct_people
from hubbub.core.scene import Scene
from hubbub.core.signals import AnySignal, Uncalled


class Calls(msgspec.Struct, frozen=True):
    """Who is called."""

    people: tuple[PersonId, ...] = ()
    all: bool = False
    is_refused: bool = False
    """Whether everybody was to be called by somebody who may not do that."""


NOBODY: Final = Calls()

Calling = TypeVar("Calling", Said, Edited)


def with_calls(scene: Scene, room: Room, event: Calling) -> tuple[Calling, tuple[tuple[PersonId, AnySignal], ...]]:
    """Return what is said with whom it calls, and what the speaker is told if he calls everybody and may not."""
    calls = find_calls(scene, room, event.text)
    if calls is NOBODY:
        return event, ()
    told = ((scene.person.id, Uncalled(room.name)),) if calls.is_refused else ()
    return replace(event, mentions=calls.people, calls_all=calls.all), told


def find_calls(scene: Scene, room: Room, text: str) -> Calls:
    """Return whom the asker calls who says this in a room; himself never. Costs next to nothing where nobody is."""
    house, author = scene.house, scene.person.id
    if "@" not in text and not house.keywords.people:
        return NOBODY
    those_in = room.members if room.kind is RoomKind.CHANNEL else direct_people(room.kind, room.key)
    named, wants_all = _read(house, those_in, text) if "@" in text else ([], False)
    keyed = house.keywords.find(text, those_in) if house.keywords.people else set()
    people = dict.fromkeys((*named, *sorted(keyed)))
    people.pop(author, None)
    calls_all = wants_all and room.kind is RoomKind.CHANNEL
    is_allowed = calls_all and may(house, room, author, Act.CALL_ALL)
    return Calls(tuple(people), is_allowed, calls_all and not is_allowed)


def _read(house: House, those_in: Collection[PersonId], text: str) -> tuple[list[PersonId], bool]:
    """Return those who are named, and whether everybody is."""
    named, wants_all = list[PersonId](), False
    for forms in read_calls(text):
        if any(form.casefold() == CALLS_ALL for form in forms):
            wants_all = True
            continue
        found = (person.id for form in forms if (person := house.find_named(form)) is not None)
        called = next((person for person in found if person in those_in), None)
        if called is not None:
            named.append(called)
    return named, wants_all
