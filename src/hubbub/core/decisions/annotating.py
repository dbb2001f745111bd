"""Annotating: who may answer, edit, delete, react to and pin what was said."""

import unicodedata
from types import UnionType
from typing import Final, assert_never

from msgspec.structs import replace

from hubbub.core.catalog import AnyEvent, MessageCommand, Record, addressed
from hubbub.core.conversations import partner
from hubbub.core.decisions.audit import audited
from hubbub.core.decisions.calling import with_calls
from hubbub.core.decisions.senders import accept_in_answering, knock, refuse
from hubbub.core.decisions.speaking import (
    how_refused,
    require_heard,
    require_slowness,
    require_unmuted,
    require_voice,
    shown_files,
    warn_of_refusers,
)
from hubbub.core.features.annotating import (
    PINS_LIMIT,
    Delete,
    Deleted,
    Edit,
    Edited,
    PinMessage,
    Pinned,
    React,
    Reacted,
    Reply,
    UnpinMessage,
    Unpinned,
    Unreact,
    Unreacted,
)
from hubbub.core.features.membership import REASON_LIMIT
from hubbub.core.features.messages import Confided, Said, clean_spoken, clean_text
from hubbub.core.house import Person
from hubbub.core.kinds import Refused, Seq
from hubbub.core.message_answers import Outcome, Told
from hubbub.core.nonces import require_nonce
from hubbub.core.notes import (
    EDITS_LIMIT,
    NO_NOTE,
    REACTIONS_LIMIT,
    REACTORS_LIMIT,
    VERSIONS_BYTES,
    Note,
    no_such_message,
)
from hubbub.core.permissions import Act, hears, hidden_until, require_above, require_may
from hubbub.core.revising import thread_of
from hubbub.core.room import Room, RoomKind
from hubbub.core.scene import Decision, Scene
from hubbub.core.texts import clean_line, remove_controls

REACTION_LENGTH: Final = 32
"""Longest reaction, in characters: families of emoji have up to eleven, a short word fits as well."""


_UNSEEN: Final = frozenset({"Cf", "Mn", "Me", "Cn", "Co"})
"""Categories of what nobody sees by itself: joiners, directions, variants, marks, and what is no character at all."""


def annotate(scene: Scene, command: MessageCommand) -> Decision:
    """Return what comes of a command about a message; `scene.message` is how it looks now."""
    room, message = _require_message(
        scene, Said | Confided | Reacted if isinstance(command, Delete) else Said | Confided
    )
    if isinstance(message.event, Confided) and not isinstance(command, Delete):
        # Whatever else is done with one, everybody is shown.
        raise Refused("not_allowed", f"That is not for everybody in {room.name}: it can be deleted, and nothing else.")
    return _annotate(scene, command, room, message)


def _annotate(scene: Scene, command: MessageCommand, room: Room, message: Record) -> Decision:
    match command:
        case Reply():
            return _reply(scene, command, room, message)
        case Edit():
            return _edit(scene, command, room, message)
        case Delete():
            return _delete(scene, command, room, message)
        case React():
            return _react(scene, command, room, message)
        case Unreact():
            return _unreact(scene, command, room, message)
        case PinMessage():
            return _pin(scene, room, message)
        case UnpinMessage():
            return _unpin(scene, room, message)
        case _:
            assert_never(command)


def _require_message(scene: Scene, kinds: type | UnionType) -> tuple[Room, Record]:
    """Return what is asked about and its room; raises `Refused` where there is none that the asker may read."""
    message = scene.message
    room = None if message is None else scene.house.rooms.get(message.room)
    hidden = None if room is None else hidden_until(room, scene.person.id)
    if room is None or hidden is None or message is None or message.seq <= hidden:
        raise no_such_message()
    if not hears(scene.house, room, scene.person.id, message.event):
        raise no_such_message()
    if not isinstance(message.event, kinds):
        raise Refused("no_such_message", "That message was deleted.")
    return room, message


def _reply(scene: Scene, command: Reply, room: Room, message: Record) -> Decision:
    text = clean_spoken(command, scene.limits)
    person, files = scene.person, shown_files(scene, command.files)
    nonce, thread = require_nonce(command.nonce), thread_of(message)
    said = Said(person.id, person.name, text, command.manner, message.seq, thread, nonce=nonce, files=files)
    said, uncalled = with_calls(scene, room, said)
    if room.kind is RoomKind.CHANNEL:
        _require_voice(scene, room)
        require_slowness(scene, room)
        return Decision(((room, said),), signals=(*warn_of_refusers(scene, room), *uncalled))
    return _reply_alone(scene, room, said)


def _reply_alone(scene: Scene, room: Room, said: Said) -> Decision:
    """Answer one person, unless he does not hear the sender, who is told what became of it as always."""
    other = _partner(scene, room)
    if other is None:
        return Decision(answer=Told(said.text, (Outcome("nobody", "unknown"),)))
    refusal = how_refused(scene.house, scene.person, other, scene.now_ms)
    if refusal is not None and refusal != "silently":
        outcome = refuse(scene, other, refusal)
        return Decision((), Told(said.text, (outcome,)), (knock(scene, other),) if outcome.is_knocking else ())
    outcome = Outcome(other.name, "delivered" if other.is_present else "waiting", other.away)
    events = () if refusal else ((room, said), *accept_in_answering(scene, other))
    return Decision(events, Told(said.text, (outcome,)))


def _edit(scene: Scene, command: Edit, room: Room, message: Record) -> Decision:
    said = _said(message)
    if said.author != scene.person.id:
        writer = scene.house.directory.signed(said.author, said.name)
        raise Refused("not_allowed", f"That is what {writer} said: only he can change it. Answer it with /reply.")
    text = clean_text(command.text, scene.limits)
    if text == said.text:
        raise Refused("unchanged", "That is what it says already.")
    _require_editable(_note(message))
    if room.kind is RoomKind.CHANNEL:
        _require_voice(scene, room)
    edited, uncalled = with_calls(scene, room, Edited(scene.person.id, scene.person.name, message.seq, text))
    decision = _unless_refused(scene, room, edited)
    return replace(decision, signals=(*decision.signals, *uncalled)) if uncalled else decision


def _require_editable(note: Note) -> None:
    if len(note.edits) >= EDITS_LIMIT:
        raise Refused("list_full", f"It was edited {EDITS_LIMIT} times, and that is the most. Write another one.")
    if sum(len(version.text.encode()) for version in note.versions) >= VERSIONS_BYTES:
        raise Refused(
            "list_full", "It was edited so often that no more of its versions can be kept. Write another one."
        )


def _delete(scene: Scene, command: Delete, room: Room, message: Record) -> Decision:
    if isinstance(message.event, Reacted):
        return _take_back(scene, room, message, message.event)
    said, person = message.event, scene.person
    thread = said.thread if isinstance(said, Said) else Seq(0)
    reason = clean_line(command.reason, REASON_LIMIT)
    writer = scene.house.directory.signed(said.author, said.name)
    deleted = Deleted(person.id, person.name, message.seq, said.author, writer, thread, reason, addressed(said))
    if said.author == person.id:
        return Decision(((room, deleted),))
    if room.kind is not RoomKind.CHANNEL:
        raise Refused("not_allowed", f"That is what {writer} said: only he can delete it.")
    require_may(scene.house, room, person.id, Act.DELETE_MESSAGES)
    require_above(scene.house, room, person.id, said.author, writer)
    return Decision(((room, deleted), audited(scene, Act.DELETE_MESSAGES, writer, room, reason)))


def _react(scene: Scene, command: React, room: Room, message: Record) -> Decision:
    reaction, note, person = clean_reaction(command.reaction), _note(message), scene.person
    if person.id in note.reactions.get(reaction, {}):
        raise Refused("unchanged", f"You have reacted with {reaction} already.")
    if reaction not in note.reactions and len(note.reactions) >= REACTIONS_LIMIT:
        raise Refused("list_full", f"It has {REACTIONS_LIMIT} different reactions, the most. Join one of them.")
    if sum(map(len, note.reactions.values())) >= REACTORS_LIMIT:
        raise Refused("list_full", f"It has {REACTORS_LIMIT} reactions, and that is the most.")
    if room.kind is RoomKind.CHANNEL:
        require_unmuted(scene, room)
    reacted = Reacted(person.id, person.name, message.seq, reaction)
    return _unless_refused(scene, room, reacted)


def _unreact(scene: Scene, command: Unreact, room: Room, message: Record) -> Decision:
    reaction, person = clean_reaction(command.reaction), scene.person
    if person.id not in _note(message).reactions.get(reaction, {}):
        raise Refused("unchanged", f"You have not reacted with {reaction}.")
    return Decision(((room, Unreacted(person.id, person.name, message.seq, reaction)),))


def _take_back(scene: Scene, room: Room, reaction: Record, event: Reacted) -> Decision:
    """Take a reaction back that somebody wants deleted: only whose it is may, as with `Unreact`."""
    person = scene.person
    if event.author != person.id:
        reactor = scene.house.directory.signed(event.author, event.name)
        raise Refused("not_allowed", f"That is a reaction of {reactor}: only he can take it back.")
    if person.id not in _note(reaction).reactions.get(event.reaction, {}):
        raise Refused("no_such_message", "You have taken that reaction back already.")
    return Decision(((room, Unreacted(person.id, person.name, event.message, event.reaction, reaction.seq)),))


def _pin(scene: Scene, room: Room, message: Record) -> Decision:
    _require_pinning(scene, room)
    if message.seq in room.pins:
        raise Refused("unchanged", "That is pinned already.")
    if len(room.pins) >= PINS_LIMIT:
        raise Refused("list_full", f"{PINS_LIMIT} messages are pinned, and that is the most. /unpin one of them first.")
    return _unless_refused(scene, room, Pinned(scene.person.id, scene.person.name, message.seq))


def _unpin(scene: Scene, room: Room, message: Record) -> Decision:
    _require_pinning(scene, room)
    if message.seq not in room.pins:
        raise Refused("unchanged", "That is not pinned.")
    return Decision(((room, Unpinned(scene.person.id, scene.person.name, message.seq)),))


def _require_pinning(scene: Scene, room: Room) -> None:
    """Raise `Refused` for whoever may not say what everybody finds: as with the topic, and locked with it."""
    if room.kind is RoomKind.CHANNEL:
        _require_voice(scene, room)
        if room.settings.is_topic_locked:
            require_may(scene.house, room, scene.person.id, Act.SET_LOCKED_TOPIC)


def clean_reaction(text: str) -> str:
    """Return a reaction as it is kept, so that the same one is always written alike.

    Raises `Refused` with `bad_reaction` for nothing, for more than a word and for what is too long.
    """
    reaction = unicodedata.normalize("NFC", remove_controls(text).strip())
    if len(reaction.split()) != 1 or all(unicodedata.category(character) in _UNSEEN for character in reaction):
        raise Refused("bad_reaction", "A reaction is an emoji or one short word: /react 👍")
    if len(reaction) > REACTION_LENGTH:
        raise Refused("bad_reaction", f"A reaction has at most {REACTION_LENGTH} characters. Say it with /reply.")
    return reaction


def _unless_refused(scene: Scene, room: Room, event: AnyEvent) -> Decision:
    """Let it happen; in a conversation of two only if the other one hears the asker.

    Raises `Refused` as `require_heard` does.
    """
    if room.kind is RoomKind.CHANNEL:
        return Decision(((room, event),), signals=warn_of_refusers(scene, room))
    other = _partner(scene, room)
    is_heard = other is None or require_heard(scene, other)
    return Decision(((room, event),) if is_heard else ())


def _require_voice(scene: Scene, room: Room) -> None:
    if room.settings.restricts_speech or room.mutes or room.silences:
        require_voice(scene, room)


def _partner(scene: Scene, room: Room) -> Person | None:
    """Return with whom somebody is in a conversation of two: himself, if he talks to himself; None for who is gone."""
    return scene.house.find_by_id(partner(scene.person.id, room.key))


def _said(message: Record) -> Said:
    if not isinstance(message.event, Said):
        raise TypeError(type(message.event).__name__)
    return message.event


def _note(message: Record) -> Note:
    return message.note or NO_NOTE
