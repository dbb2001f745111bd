"""Speaking: in a room, to some people, or to everyone."""

from hubbub.core.features.messages import Broadcast, Say, Tell, decide_broadcast, decide_say, decide_tell
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.limits import Limits
from hubbub.core.queries import Outcome, Told
from hubbub.core.room import HOUSE_KEY, Room, RoomKind
from hubbub.core.scene import DONE, Decision, Scene
from hubbub.core.signals import AnySignal, Hiding


def say(scene: Scene, command: Say) -> Decision:
    """Let someone speak in a room he is in."""
    person = scene.person
    room = scene.house.require_channel(command.room)
    said = decide_say(room, person.id, person.name, command, scene.limits)
    return Decision(((room, said),), DONE, _warn_of_refusers(scene, room))


def tell(scene: Scene, command: Tell) -> Decision:
    """Let someone speak to people, each of them alone, and say what became of it for each."""
    person = scene.person
    asked = people_asked(command, scene.house)
    if not asked:
        raise Refused("nobody", "Say whom the message is for.")
    require_few(command.recipients, scene.limits)
    said = decide_tell(person.id, person.name, command, scene.limits)
    told = [_tell_one(scene, name, recipient) for name, recipient in asked]
    events = tuple((room, said) for _, room in told if room is not None)
    return Decision(events, Told(said.text, tuple(outcome for outcome, _ in told)))


def broadcast(scene: Scene, command: Broadcast) -> Decision:
    """Let someone speak to everyone on the server."""
    person = scene.person
    room = scene.house.find_room(RoomKind.HOUSE, HOUSE_KEY)
    if room is None:
        raise LookupError(HOUSE_KEY)
    announced = decide_broadcast(person.id, person.name, command, scene.limits)
    return Decision(((room, announced),), DONE, _warn_of_refusers(scene, room))


def people_asked(command: Tell, house: House) -> list[tuple[str, Person | None]]:
    """Return each person the message is for, once, as he was asked for, with None where there is nobody."""
    found: dict[str, tuple[str, Person | None]] = {}
    for asked in command.recipients:
        person = house.find_named(asked)
        found.setdefault(person.key if person else asked, (asked, person))
    return list(found.values())


def require_few(names: tuple[str, ...], limits: Limits) -> None:
    """Raise `Refused` with `too_many_recipients` for more names than one command may hold."""
    if limits.recipients and len(names) > limits.recipients:
        raise Refused(
            "too_many_recipients",
            f"Those are {len(names)} names, and {limits.recipients} are the most at once. Use a room.",
        )


def _tell_one(scene: Scene, asked: str, recipient: Person | None) -> tuple[Outcome, Room | None]:
    """Return what becomes of a message for one recipient, and the room it is said in, if it is."""
    if recipient is None:
        return Outcome(asked, "unknown"), None
    block = scene.house.find_block(recipient.id, scene.person.id)
    if block is not None and not block.silent:
        return Outcome(recipient.name, "refused"), None
    room = None if block is not None else scene.house.direct_room(scene.person.id, recipient.id)
    return Outcome(recipient.name, "delivered", recipient.away), room


def _warn_of_refusers(scene: Scene, room: Room) -> tuple[tuple[PersonId, AnySignal], ...]:
    """Tell the speaker, once a room, who does not see him there; silent blocks stay silent."""
    house, person = scene.house, scene.person
    refusers = house.refusers_of(person.id)
    if not refusers or room.id in person.warned:
        return ()
    names = tuple(
        sorted(
            refuser.name
            for other in refusers
            if (refuser := house.people.get(other)) is not None
            and (room.kind is RoomKind.HOUSE or other in room.members)
            and (block := house.find_block(other, person.id)) is not None
            and not block.silent
        )
    )
    return ((person.id, Hiding(room.name, names)),) if names else ()
