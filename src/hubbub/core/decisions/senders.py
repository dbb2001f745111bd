"""Senders, decided: whom one lets write to one alone, and what becomes of those whom one does not."""

from hubbub.core.catalog import AnyEvent
from hubbub.core.features.senders import (
    ACCEPTED_LIMIT,
    KNOCK_SECONDS,
    Accept,
    Accepted,
    LimitSenders,
    SendersLimited,
    Unaccept,
    Unaccepted,
)
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.message_answers import Outcome
from hubbub.core.people_answers import AcceptedChanged
from hubbub.core.room import Room, RoomKind
from hubbub.core.scene import Decision, Scene
from hubbub.core.senders import WhyRefused
from hubbub.core.signals import Accepting, AnySignal, Knocking


def limit_senders(scene: Scene, command: LimitSenders) -> Decision:
    """Let someone say who may write to him alone."""
    person, room = scene.person, scene.house.require_room(RoomKind.PERSONAL, scene.person.id)
    if room.senders == command.whom:
        return Decision()
    return Decision(((room, SendersLimited(person.id, person.name, command.whom)),))


def accept(scene: Scene, command: Accept) -> Decision:
    """Let someone accept people; those who knocked are told. Raises `Refused` with `nobody` or `list_full`."""
    person, room = scene.person, scene.house.require_room(RoomKind.PERSONAL, scene.person.id)
    asked = {name: scene.house.find_named(name) for name in command.names if name}
    if not asked:
        raise Refused("nobody", "Say whom you accept.")
    found = {other.id: other for other in asked.values() if other is not None}
    new = [other for other in found.values() if other.id not in room.accepted]
    if len(room.accepted) + len(new) > ACCEPTED_LIMIT:
        raise Refused("list_full", f"{ACCEPTED_LIMIT} people are the most that you can accept. /unaccept somebody.")
    answer = AcceptedChanged(
        tuple(other.name for other in new),
        tuple(name for name, other in asked.items() if other is None),
        tuple(other.name for other in found.values() if other.id in room.accepted),
    )
    events = tuple((room, Accepted(person.id, person.name, other.id, other.name)) for other in new)
    told = tuple((other.id, Accepting(person.name)) for other in new if person.id in other.knocked)
    return Decision(events, answer, told)


def unaccept(scene: Scene, command: Unaccept) -> Decision:
    """Let someone accept people no longer, meant by what they are called or were when he did."""
    person, room = scene.person, scene.house.require_room(RoomKind.PERSONAL, scene.person.id)
    asked = {name: _find_accepted(scene.house, room, name) for name in command.names if name}
    people = dict.fromkeys(one for one in asked.values() if one is not None)
    names = tuple(room.accepted[one] for one in people)
    events = tuple((room, Unaccepted(person.id, person.name, one)) for one in people)
    return Decision(events, AcceptedChanged(names, tuple(name for name, one in asked.items() if one is None)))


def limit_on(house: House, sender: Person, recipient: Person) -> WhyRefused | None:
    """Return why somebody may not write to another by what that one has said of senders; None where he may."""
    room = house.find_room(RoomKind.PERSONAL, recipient.id)
    if room is None or room.senders == "everyone" or sender.id == recipient.id or sender.id in room.accepted:
        return None
    if room.senders == "accepted":
        return "asks_first"
    return "accounts_only" if house.account_of(sender.id) is None else None


def refuse(scene: Scene, recipient: Person, why: WhyRefused) -> Outcome:
    """Return the outcome for a sender who is not heard; now and then, his recipient is told that he knocked."""
    last_ms = scene.person.knocked.get(recipient.id)
    is_due = last_ms is None or scene.now_ms >= last_ms + KNOCK_SECONDS * 1_000
    is_knocking = why == "asks_first" and recipient.is_present and is_due
    return Outcome(recipient.name, "refused", refusal=why, is_knocking=is_knocking)


def knock(scene: Scene, recipient: Person) -> tuple[PersonId, AnySignal]:
    """Return what tells somebody that another wants to write to him."""
    return recipient.id, Knocking(scene.person.name)


def accept_in_answering(scene: Scene, other: Person) -> tuple[tuple[Room, AnyEvent], ...]:
    """Return how somebody who is written to is accepted, if only those who are accepted may answer."""
    person, room = scene.person, scene.house.find_room(RoomKind.PERSONAL, scene.person.id)
    if room is None or room.senders != "accepted" or other.id in {person.id, *room.accepted}:
        return ()
    if len(room.accepted) >= ACCEPTED_LIMIT:
        return ()
    return ((room, Accepted(person.id, person.name, other.id, other.name)),)


def _find_accepted(house: House, room: Room, name: str) -> PersonId | None:
    person = house.find_named(name)
    if person is not None and person.id in room.accepted:
        return person.id
    return next((one for one, known in room.accepted.items() if known.casefold() == name.casefold()), None)
