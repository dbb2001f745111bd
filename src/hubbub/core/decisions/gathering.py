"""Gathering: who comes into a group, and what it is called."""

from collections.abc import Iterable
from typing import Final, Literal

from hubbub.core.catalog import AnyEvent
from hubbub.core.decisions.membership import is_founding
from hubbub.core.decisions.speaking import how_refused, require_few
from hubbub.core.features.gathering import Gather
from hubbub.core.features.membership import Joined, require_member, require_room_left
from hubbub.core.features.settings import SettingsChanged
from hubbub.core.house import House, Person
from hubbub.core.kinds import RefusalCode, Refused
from hubbub.core.message_answers import Outcome
from hubbub.core.names import Name, room_name_like
from hubbub.core.permissions import require_visible
from hubbub.core.room import Room
from hubbub.core.room_answers import Gathered
from hubbub.core.room_settings import Change
from hubbub.core.scene import Decision, Scene
from hubbub.core.signals import Gathering

NAMES_TRIED: Final = 100
"""Rooms looked at for a group's name: so many groups can be called alike, because their names were cut off."""

_FOUNDED: Final = Change(access="private", is_group=True)


def gather(scene: Scene, command: Gather) -> Decision:
    """Let somebody bring people together; each of them is told, and everybody who does not want to be is left out.

    Raises `Refused` with `nobody` where there would be nobody else.
    """
    require_few(command.names, scene.limits)
    asked = people_to_gather(scene.house, scene.person, command)
    room = _find_group(scene, command)
    outcomes = [_outcome(scene, room, name, person) for name, person in asked]
    willing = [person for (_, person), one in zip(asked, outcomes, strict=True) if person and _is_in(one)]
    if not willing:
        raise Refused("nobody", "Nobody of those can be taken in. Say who is to be in the group, as in /group ann,bob")
    person = scene.person
    newcomers = [one for one in willing if one.id not in room.members]
    events = [*_founding(scene, room), *(Joined(one.id, one.name, by=person.name) for one in newcomers)]
    told = tuple((one.id, Gathering(room.name, person.name)) for one in newcomers)
    return Decision(tuple((room, event) for event in events), Gathered(room.name, tuple(outcomes)), told)


def people_to_gather(house: House, asker: Person, command: Gather) -> list[tuple[str, Person | None]]:
    """Return each of the others once, as he was asked for, with None where there is nobody called so."""
    found: dict[str, tuple[str, Person | None]] = {}
    for name in command.names:
        person = house.find_named(name)
        if person is None or person.id != asker.id:
            found.setdefault(person.key if person else name, (name, person))
    return list(found.values())


def group_name(house: House, asker: Person, command: Gather, now_ms: int) -> Name:
    """Return what the group of those who are willing is called, whether it is there or not.

    A room that is not loaded counts as theirs: then it has to be loaded, and this to be asked again.
    """
    asked = (one for _, one in people_to_gather(house, asker, command) if one is not None)
    others = [one for one in asked if how_refused(house, asker, one, now_ms) is None]
    wanted = {asker.id, *(person.id for person in others)}
    names = sorted({person.name for person in (asker, *others)}, key=str.casefold)
    for number in range(1, NAMES_TRIED + 1):
        name = room_name_like("+".join(names), "" if number == 1 else f"-{number}")
        room = house.channels.get(name.key)
        if room is None or not room.is_founded or (room.settings.is_group and room.members.keys() == wanted):
            return name
    raise Refused(
        "name_taken", f"There are {NAMES_TRIED} groups with such a name. Make a room of your own: /join #name"
    )


def _find_group(scene: Scene, command: Gather) -> Room:
    if not command.room:
        return scene.house.require_channel(group_name(scene.house, scene.person, command, scene.now_ms).key)
    room = require_visible(scene.house, command.room, scene.person.id)
    require_member(room, scene.person.id)
    if not room.settings.is_group:
        raise Refused(
            "not_allowed", f"{room.name} is no group: people come in by themselves. /invite tells them of it."
        )
    return room


def _founding(scene: Scene, room: Room) -> Iterable[AnyEvent]:
    """Return how the asker comes into a group that is new, and what holds there."""
    person = scene.person
    if person.id in room.members:
        return
    require_room_left(len(person.channels), scene.limits.rooms_per_person)
    yield Joined(person.id, person.name, founding=is_founding(room))
    yield SettingsChanged(person.id, person.name, _FOUNDED, room.settings.access)


def _outcome(scene: Scene, room: Room, asked: str, person: Person | None) -> Outcome:
    if person is None:
        return Outcome(asked, "unknown")
    if person.id not in room.members and (why := _why_not(scene, person)) is not None:
        return Outcome(person.name, "refused", refusal=why)
    status: Literal["delivered", "waiting"] = "delivered" if person.is_present else "waiting"
    return Outcome(person.name, status, person.away)


def _why_not(scene: Scene, person: Person) -> RefusalCode | None:
    """Return why somebody cannot be taken in: he does not hear the asker, or is in too many rooms; None if he can."""
    refusal = how_refused(scene.house, scene.person, person, scene.now_ms)
    if refusal is not None:
        # Here a silent block cannot be kept from the asker: he sees who is in.
        return "refused_by_recipient" if refusal == "silently" else refusal
    most = scene.limits.rooms_per_person
    return "too_many_rooms" if most and len(person.channels) >= most else None


def _is_in(outcome: Outcome) -> bool:
    return outcome.status in {"delivered", "waiting"}
