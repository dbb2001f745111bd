"""Speaking: in a room, to some people, or to everyone."""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec.structs import replace

from hubbub.core.bans import Ban
from hubbub.core.catalog import AnyEvent
from hubbub.core.decisions.calling import with_calls
from hubbub.core.decisions.senders import accept_in_answering, knock, limit_on, refuse
from hubbub.core.durations import describe_duration
from hubbub.core.features.messages import (
    Broadcast,
    Say,
    Tell,
    decide_broadcast,
    decide_confide,
    decide_say,
    decide_tell,
)
from hubbub.core.files import FileId, FileView, no_such_file
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refused, RoomId
from hubbub.core.limits import Limits
from hubbub.core.message_answers import Outcome, Told
from hubbub.core.permissions import Act, hears, may, require_seen
from hubbub.core.roles import RoomRole
from hubbub.core.room import HOUSE_KEY, Mute, Room, RoomKind
from hubbub.core.scene import DONE, Decision, Scene
from hubbub.core.senders import WhyRefused, explain_refusal
from hubbub.core.signals import AnySignal, Hiding
from hubbub.core.terms import Term, is_over, time_left
from hubbub.core.texts import in_brackets, with_article
from hubbub.core.visitors import find_silence, visitor_from


def say(scene: Scene, command: Say) -> Decision:
    """Let someone speak in a room he is in."""
    person = scene.person
    room = scene.house.require_channel(command.room)
    if person.id not in room.members:
        require_seen(scene.house, room, person.id)
    elif room.settings.restricts_speech or room.mutes or room.silences:
        require_voice(scene, room)
        require_slowness(scene, room)
    if command.to is not RoomRole.MEMBER:
        return _confide(scene, room, command)
    said = decide_say(room, person.id, person.name, command, scene.limits)
    if command.files:
        said = replace(said, files=shown_files(scene, command.files))
    warnings = warn_of_refusers(scene, room)
    if "@" in said.text or scene.house.keywords.people:
        # Most of what is said calls nobody, and is not asked any further.
        said, uncalled = with_calls(scene, room, said)
        warnings += uncalled
    return Decision(((room, said),), DONE, warnings)


def _confide(scene: Scene, room: Room, command: Say) -> Decision:
    """Let a member speak to those of a room who have a role, whether he has it or not: so they can be asked for help.

    Raises `Refused` with `nobody` where none of the others has it.
    """
    person = scene.person
    confided = decide_confide(room, person.id, person.name, command, scene.limits)
    if not any(one != person.id and hears(scene.house, room, one, confided) for one in room.members):
        raise Refused("nobody", f"Nobody else in {room.name} is {with_article(command.to)} or more.")
    return Decision(((room, confided),), DONE, warn_of_refusers(scene, room))


def tell(scene: Scene, command: Tell) -> Decision:
    """Let someone speak to people, each of them alone, and say what became of it for each."""
    person = scene.person
    asked = people_asked(command, scene.house)
    if not asked:
        raise Refused("nobody", "Say whom the message is for.")
    require_few(command.recipients, scene.limits)
    said = decide_tell(person.id, person.name, command, scene.limits)
    said = replace(said, files=shown_files(scene, command.files))
    told = [_tell_one(scene, name, recipient) for name, recipient in asked]
    events: list[tuple[Room, AnyEvent]] = [
        (room, with_calls(scene, room, said)[0]) for _, room in told if room is not None
    ]
    knocks = []
    for (_, recipient), (outcome, _) in zip(asked, told, strict=True):
        if recipient is not None and outcome.is_knocking:
            knocks.append(knock(scene, recipient))
        elif recipient is not None and outcome.status != "refused":
            events += accept_in_answering(scene, recipient)
    return Decision(tuple(events), Told(said.text, tuple(outcome for outcome, _ in told)), tuple(knocks))


def shown_files(scene: Scene, wanted: Sequence[FileId]) -> tuple[FileView, ...]:
    """Return the files that are to stand with a message, each once. Raises `Refused` with `no_such_file`."""
    found = {view.id: view for view in scene.files}
    if not all(one in found for one in wanted):
        raise no_such_file()
    return tuple(found[one] for one in dict.fromkeys(wanted))


def broadcast(scene: Scene, command: Broadcast) -> Decision:
    """Let someone speak to everyone on the server."""
    person = scene.person
    room = scene.house.find_room(RoomKind.HOUSE, HOUSE_KEY)
    if room is None:
        raise LookupError(HOUSE_KEY)
    announced = decide_broadcast(person.id, person.name, command, scene.limits)
    return Decision(((room, announced),), DONE, warn_of_refusers(scene, room))


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


def how_refused(
    house: House, sender: Person, recipient: Person, now_ms: int
) -> WhyRefused | Literal["silently"] | None:
    """Return how somebody refuses to hear another alone: by a block, by his privacy, or by whom he lets write to him.

    None where he hears him.
    """
    block = house.find_block(recipient.id, sender.id, now_ms)
    if block is not None:
        return "silently" if block.silent else "refused_by_recipient"
    account = house.account_of(recipient.id)
    if account is not None and account.privacy != "anyone" and recipient.id != sender.id:
        shares = any(recipient.id in room.members for room in sender.channels.values())
        if not shares or account.privacy != "roommates":
            return "refused_by_recipient"
    return limit_on(house, sender, recipient)


def require_heard(scene: Scene, other: Person) -> bool:
    """Return whether somebody hears the asker; he does not, and leaves him in the belief, by a silent block.

    Raises `Refused` with `refused_by_recipient`, `accounts_only` or `asks_first`.
    """
    refusal = how_refused(scene.house, scene.person, other, scene.now_ms)
    if refusal is None or refusal == "silently":
        return refusal is None
    raise Refused(refusal, explain_refusal(refusal, other.name))


def require_voice(scene: Scene, room: Room) -> None:
    """Raise `Refused` with `archived`, `muted`, `needs_voice` or `needs_account` for whoever may not speak there."""
    require_unmuted(scene, room)
    settings, house, person = room.settings, scene.house, scene.person.id
    few = settings.is_moderated or settings.access == "announcement"
    if not (few or settings.speakers_have_accounts) or may(house, room, person, Act.SPEAK_WHERE_FEW_DO):
        return
    if few:
        raise Refused("needs_voice", f"Only speakers may speak in {room.name}. Ask a moderator to make you one.")
    if house.account_of(person) is None:
        raise Refused("needs_account", f"In {room.name} guests only listen. Open an account: /register PASSWORD")


def require_unmuted(scene: Scene, room: Room) -> None:
    """Raise `Refused` with `archived` or `muted` for a member who may not even show what he thinks there."""
    if room.settings.is_archived:
        raise Refused("archived", f"{room.name} is archived: it is only there to be read.")
    mute = room.mutes.get(scene.person.id)
    if mute is not None and not is_over(mute.term, scene.now_ms):
        raise _muted(room, mute, scene.now_ms)
    if room.silences and not may(scene.house, room, scene.person.id, Act.SPEAK_WHERE_FEW_DO):
        visitor = visitor_from(scene.house, scene.person.id, scene.person.key, scene.address)
        silence = find_silence(room, visitor, scene.now_ms)
        if silence is not None:
            raise _muted(room, silence, scene.now_ms)


def is_muted(scene: Scene, room: Room) -> bool:
    """Return whether somebody may not even show what he thinks there."""
    try:
        require_unmuted(scene, room)
    except Refused:
        return True
    return False


def muted_among(scene: Scene, rooms: Iterable[Room]) -> frozenset[RoomId]:
    """Return in which of these rooms somebody is muted, who is still here."""
    return frozenset(room.id for room in rooms if is_muted(scene, room))


def _muted(room: Room, mute: Mute | Ban, now_ms: int) -> Refused:
    left = 0.0 if mute.term is None else mute.term.seconds_left(now_ms)
    sentence = f"You are muted in {room.name} by {mute.name}{time_left(mute.term, now_ms)}{in_brackets(mute.reason)}."
    return Refused("muted", sentence, retry_seconds=left)


def require_slowness(scene: Scene, room: Room) -> None:
    """Raise `Refused` with `slow_mode` for a member who spoke a moment ago."""
    slow_ms, last_ms = room.settings.slow_seconds * 1_000, room.spoken.get(scene.person.id)
    if not slow_ms or last_ms is None:
        return
    pause = Term(last_ms, last_ms + slow_ms)
    if pause.is_over(scene.now_ms) or may(scene.house, room, scene.person.id, Act.SPEAK_FAST):
        return
    left = pause.seconds_left(scene.now_ms)
    length = describe_duration(room.settings.slow_seconds)
    sentence = f"{room.name} is slow: one message in {length}. Wait another {describe_duration(left)}."
    raise Refused("slow_mode", sentence, retry_seconds=left)


def _tell_one(scene: Scene, asked: str, recipient: Person | None) -> tuple[Outcome, Room | None]:
    """Return what becomes of a message for one recipient, and the room it is said in, if it is."""
    if recipient is None:
        return Outcome(asked, "unknown"), None
    refusal = how_refused(scene.house, scene.person, recipient, scene.now_ms)
    if refusal is not None and refusal != "silently":
        return refuse(scene, recipient, refusal), None
    room = None if refusal else scene.house.direct_room(scene.person.id, recipient.id)
    status: Literal["delivered", "waiting"] = "delivered" if recipient.is_present else "waiting"
    return Outcome(recipient.name, status, recipient.away), room


def warn_of_refusers(scene: Scene, room: Room) -> tuple[tuple[PersonId, AnySignal], ...]:
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
            and (block := house.find_block(other, person.id, scene.now_ms)) is not None
            and not block.silent
        )
    )
    return ((person.id, Hiding(room.name, names)),) if names else ()
